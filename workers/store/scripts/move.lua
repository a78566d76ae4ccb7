-- Move a report that is alone in its story into another story. Answers 1, or 0 when one of them is no more as it was.
-- KEYS: record, stories, its story, the other story   ARGV: id, name of its story, name of the other one
if redis.call('HGET', KEYS[1], 'story') ~= ARGV[2] or redis.call('ZCARD', KEYS[3]) ~= 1
    or redis.call('EXISTS', KEYS[4]) == 0 then
    return 0
end
local place = redis.call('ZSCORE', KEYS[3], ARGV[1])
if not place then
    return 0
end
redis.call('ZADD', KEYS[4], place, ARGV[1])
redis.call('HSET', KEYS[1], 'story', ARGV[3])
redis.call('ZREM', KEYS[3], ARGV[1])
redis.call('ZADD', KEYS[2], redis.call('ZREVRANGE', KEYS[4], 0, 0, 'WITHSCORES')[2], ARGV[3])
return 1
