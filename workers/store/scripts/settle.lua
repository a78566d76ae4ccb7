-- End an article once, as "done" with its report or as "failed" with its reason. Answers 1, or 0 when it has
-- ended already or was deleted meanwhile.
-- KEYS: record, waiting, running, unsent, lease, sequence, reports, counts
-- ARGV: id, status, seconds to keep it, then field and value pairs for the record
local status = redis.call('HGET', KEYS[1], 'status')
if status ~= 'queued' and status ~= 'running' then
    return 0
end
redis.call('HDEL', KEYS[1], 'article', 'attempts', 'trouble', 'lane')
redis.call('HSET', KEYS[1], 'status', ARGV[2], unpack(ARGV, 4))
redis.call('EXPIRE', KEYS[1], ARGV[3])
redis.call('ZREM', KEYS[2], ARGV[1])
redis.call('ZREM', KEYS[3], ARGV[1])
redis.call('ZREM', KEYS[4], ARGV[1])
redis.call('DEL', KEYS[5])
if ARGV[2] == 'done' then
    redis.call('ZADD', KEYS[7], redis.call('INCR', KEYS[6]), ARGV[1])
end
redis.call('HINCRBY', KEYS[8], ARGV[2], 1)
return 1
