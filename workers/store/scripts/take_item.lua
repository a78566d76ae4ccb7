-- Keep an item of a feed that was taken in; the oldest ones beyond those kept go, unless they are open.
-- KEYS: record, seen, items, order, open, reports, listed
-- ARGV: item, its record, now, 1 if it is open, place, seconds to keep it, items kept, its article
if redis.call('EXISTS', KEYS[1]) == 0 then
    return 0
end
redis.call('ZADD', KEYS[2], ARGV[3], ARGV[1])
redis.call('HSET', KEYS[3], ARGV[1], ARGV[2])
redis.call('ZADD', KEYS[4], ARGV[3], ARGV[1])
if ARGV[4] == '1' then
    redis.call('SADD', KEYS[5], ARGV[1])
    redis.call('HSET', KEYS[6], ARGV[8], ARGV[3])
    redis.call('EXPIRE', KEYS[6], ARGV[6])
    redis.call('SADD', KEYS[7], ARGV[5], KEYS[6] .. ' ' .. ARGV[8])
    redis.call('EXPIRE', KEYS[7], ARGV[6])
end
local over = redis.call('ZCARD', KEYS[4]) - tonumber(ARGV[7])
for _, old in ipairs(over > 0 and redis.call('ZRANGE', KEYS[4], 0, over - 1) or {}) do
    if redis.call('SISMEMBER', KEYS[5], old) == 0 then
        redis.call('ZREM', KEYS[4], old)
        redis.call('HDEL', KEYS[3], old)
    end
end
return 1
