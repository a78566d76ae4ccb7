-- Every line of a batch was read: its articles may be queued, its file goes.
-- KEYS: record, body
if redis.call('HGET', KEYS[1], 'status') == 'received' then
    redis.call('HSET', KEYS[1], 'status', 'reading', 'unpacked', 1)
end
redis.call('DEL', KEYS[2])
return 1
