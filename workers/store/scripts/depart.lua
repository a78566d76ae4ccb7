-- An article that was taken up has to be fetched first: it waits again, and its errand with it. Answers 1, or 0.
-- KEYS: record, waiting, running, lease, sequence, outbound, held, outbound sequence
-- ARGV: id, errand, what bulk adds to a place
if redis.call('HGET', KEYS[1], 'status') ~= 'running' then
    return 0
end
local added = redis.call('HGET', KEYS[1], 'lane') == 'bulk' and tonumber(ARGV[3]) or 0
redis.call('HSET', KEYS[1], 'status', 'queued', 'outside', 1)
redis.call('ZADD', KEYS[2], redis.call('INCR', KEYS[5]) + added, ARGV[1])
redis.call('ZREM', KEYS[3], ARGV[1])
redis.call('DEL', KEYS[4])
if not redis.call('ZSCORE', KEYS[7], ARGV[2]) then
    redis.call('ZADD', KEYS[6], redis.call('INCR', KEYS[8]) + added, ARGV[2])
end
return 1
