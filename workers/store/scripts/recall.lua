-- Take an article out of the queue again, if nobody but this batch wants it and no worker has it, and count it there
-- as cancelled. Answers 1, or 0.
-- KEYS: record, waiting, unsent, listed, articles of the batch, open, batch   ARGV: id
if redis.call('HGET', KEYS[1], 'status') ~= 'queued' or redis.call('HGET', KEYS[1], 'lane') ~= 'bulk' then
    return 0
end
local places = redis.call('SMEMBERS', KEYS[4])
for _, place in ipairs(places) do
    if string.sub(place, 1, #KEYS[5] + 1) ~= KEYS[5] .. ' ' then
        return 0
    end
end
for _, place in ipairs(places) do
    local number = string.sub(place, #KEYS[5] + 2)
    redis.call('HDEL', KEYS[5], number)
    if redis.call('ZREM', KEYS[6], number) == 1 then
        redis.call('HINCRBY', KEYS[7], 'cancelled', 1)
    end
end
redis.call('ZREM', KEYS[2], ARGV[1])
redis.call('ZREM', KEYS[3], ARGV[1])
redis.call('DEL', KEYS[1], KEYS[4])
return 1
