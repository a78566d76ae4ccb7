-- End a batch once. What waits for room is dropped; what is in the queue ends by itself and is counted until then.
-- KEYS: record, batches, body, lines, articles, open, errors   ARGV: id, status, now, seconds to keep it, reason
local status = redis.call('HGET', KEYS[1], 'status')
if not status then
    redis.call('ZREM', KEYS[2], ARGV[1])
    return 0
end
if redis.call('ZCARD', KEYS[6]) == 0 then
    redis.call('ZREM', KEYS[2], ARGV[1])
end
if status ~= 'received' and status ~= 'reading' then
    return 0
end
redis.call('HSET', KEYS[1], 'status', ARGV[2], 'ended', ARGV[3])
redis.call('HINCRBY', KEYS[1], 'cancelled', redis.call('HLEN', KEYS[4]))
if ARGV[5] ~= '' then
    redis.call('HSET', KEYS[1], 'reason', ARGV[5])
end
redis.call('DEL', KEYS[3], KEYS[4])
for _, name in ipairs({KEYS[1], KEYS[5], KEYS[6], KEYS[7]}) do
    redis.call('EXPIRE', name, ARGV[4])
end
return 1
