-- Take an article up. Answers "begun", "held" (another process has it), "settled", "gone" or "exhausted".
-- KEYS: record, waiting, running, unsent, lease   ARGV: id, owner, now, seconds of the lease, attempts allowed
local status = redis.call('HGET', KEYS[1], 'status')
if not status then
    return 'gone'
end
if status == 'done' or status == 'failed' then
    return 'settled'
end
if redis.call('EXISTS', KEYS[5]) == 1 then
    return 'held'
end
if tonumber(redis.call('HGET', KEYS[1], 'attempts') or '0') >= tonumber(ARGV[5]) then
    return 'exhausted'
end
redis.call('HINCRBY', KEYS[1], 'attempts', 1)
redis.call('HSET', KEYS[1], 'status', 'running')
redis.call('ZREM', KEYS[2], ARGV[1])
redis.call('ZREM', KEYS[4], ARGV[1])
redis.call('ZADD', KEYS[3], ARGV[3], ARGV[1])
redis.call('SET', KEYS[5], ARGV[2], 'EX', ARGV[4])
return 'begun'
