-- Make a room. Answers 1, or 0 where there are as many as may be.
-- KEYS: room, rooms   ARGV: id, time when it goes, most, field, value …
if redis.call('ZCARD', KEYS[2]) >= tonumber(ARGV[3]) then
    return 0
end
redis.call('HSET', KEYS[1], unpack(ARGV, 4))
redis.call('ZADD', KEYS[2], ARGV[2], ARGV[1])
return 1
