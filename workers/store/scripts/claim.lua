-- Claim an article once. Answers "claimed", "full", or the status it has already.
-- KEYS: record, waiting, running, unsent, sequence   ARGV: id, article, now, longest queue
local status = redis.call('HGET', KEYS[1], 'status')
if status and status ~= 'failed' then
    return status
end
if redis.call('ZCARD', KEYS[2]) >= tonumber(ARGV[4]) then
    return 'full'
end
redis.call('DEL', KEYS[1])
redis.call('HSET', KEYS[1], 'status', 'queued', 'article', ARGV[2], 'submitted', ARGV[3], 'attempts', 0)
redis.call('ZADD', KEYS[2], redis.call('INCR', KEYS[5]), ARGV[1])
redis.call('ZADD', KEYS[4], ARGV[3], ARGV[1])
return 'claimed'
