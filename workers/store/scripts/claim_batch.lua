-- Make an upload a batch, once. A batch that was cancelled or refused is taken up anew. Answers "claimed" or "known".
-- KEYS: record, upload, batches, body, lines, articles, open, errors   ARGV: id, now, then field and value pairs
local status = redis.call('HGET', KEYS[1], 'status')
if status and status ~= 'cancelled' and status ~= 'refused' then
    redis.call('DEL', KEYS[2])
    return 'known'
end
redis.call('DEL', KEYS[1], KEYS[4], KEYS[5], KEYS[6], KEYS[7], KEYS[8])
redis.call('HSET', KEYS[1], 'status', 'received', unpack(ARGV, 3))
if redis.call('EXISTS', KEYS[2]) == 1 then
    redis.call('RENAME', KEYS[2], KEYS[4])
    redis.call('PERSIST', KEYS[4])
end
redis.call('ZADD', KEYS[3], ARGV[2], ARGV[1])
return 'claimed'
