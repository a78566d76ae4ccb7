-- End an article once, as "done" with its report or as "failed" with its reason. Answers 1, or 0 when it has
-- ended already or was deleted meanwhile.
-- What failed keeps its article, so that it may be tried again, unless it was not to be retained.
-- KEYS: record, waiting, running, unsent, lease, sequence, reports, counts, erase, stages, aside
-- ARGV: id, status, seconds to keep it, seconds to keep it unread where it is not retained, now,
--       what each stage adds (JSON), then field and value pairs for the record
local status = redis.call('HGET', KEYS[1], 'status')
if status ~= 'queued' and status ~= 'running' then
    return 0
end
redis.call('HSET', KEYS[1], 'status', ARGV[2], unpack(ARGV, 7))
redis.call('HDEL', KEYS[1], 'attempts', 'starts', 'trouble', 'lane', 'outside')
local retained = redis.call('HGET', KEYS[1], 'retain') ~= '0'
if retained then
    redis.call('EXPIRE', KEYS[1], ARGV[3])
else
    redis.call('EXPIRE', KEYS[1], ARGV[4])
    redis.call('ZADD', KEYS[9], ARGV[5] + ARGV[4], ARGV[1])
end
redis.call('ZREM', KEYS[2], ARGV[1])
redis.call('ZREM', KEYS[3], ARGV[1])
redis.call('ZREM', KEYS[4], ARGV[1])
redis.call('DEL', KEYS[5])
for field, amount in pairs(cjson.decode(ARGV[6])) do
    redis.call('HINCRBYFLOAT', KEYS[10], field, amount)
end
if ARGV[2] == 'failed' and retained then
    redis.call('ZADD', KEYS[11], ARGV[5], ARGV[1])
else
    redis.call('HDEL', KEYS[1], 'article')
    redis.call('ZREM', KEYS[11], ARGV[1])
end
if ARGV[2] == 'done' and redis.call('HGET', KEYS[1], 'listed') ~= '0' then
    redis.call('ZADD', KEYS[7], redis.call('INCR', KEYS[6]), ARGV[1])
end
redis.call('HINCRBY', KEYS[8], ARGV[2], 1)
return 1
