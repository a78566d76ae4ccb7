-- Watch a feed, once. Answers "added", "known" or "full".
-- KEYS: record, feeds   ARGV: id, record, time of the first look, most feeds
if redis.call('EXISTS', KEYS[1]) == 1 then
    return 'known'
end
if redis.call('ZCARD', KEYS[2]) >= tonumber(ARGV[4]) then
    return 'full'
end
redis.call('SET', KEYS[1], ARGV[2])
redis.call('ZADD', KEYS[2], ARGV[3], ARGV[1])
return 'added'
