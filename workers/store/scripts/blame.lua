-- Say that an article was the end of the attempt to read it, and let it be taken up again. Answers its attempts.
-- KEYS: record, lease   ARGV: what happened
local status = redis.call('HGET', KEYS[1], 'status')
if status ~= 'queued' and status ~= 'running' then
    return 0
end
redis.call('HSET', KEYS[1], 'trouble', ARGV[1])
redis.call('DEL', KEYS[2])
return redis.call('HINCRBY', KEYS[1], 'attempts', 1)
