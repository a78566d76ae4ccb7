-- Keep what is new of a feed that is watched still. Answers 1, or 0 when it was removed.
-- KEYS: record, feeds   ARGV: id, record, time of the next look
if redis.call('EXISTS', KEYS[1]) == 0 then
    return 0
end
redis.call('SET', KEYS[1], ARGV[2])
redis.call('ZADD', KEYS[2], ARGV[3], ARGV[1])
return 1
