-- Change fields of a room, a field with an empty value goes; what was said goes where it is about an article that goes.
-- Answers 1, or 0 where there is no such room.
-- KEYS: room, rooms, what is said in it, erase
-- ARGV: id, time when the room goes, now, kind whose number falls by one or '', article that goes or '', field, value …
if redis.call('EXISTS', KEYS[1]) == 0 then
    return 0
end
for at = 6, #ARGV, 2 do
    if ARGV[at + 1] == '' then
        redis.call('HDEL', KEYS[1], ARGV[at])
    else
        redis.call('HSET', KEYS[1], ARGV[at], ARGV[at + 1])
    end
end
if ARGV[4] ~= '' then
    redis.call('HINCRBY', KEYS[1], 'here:' .. ARGV[4], -1)
    redis.call('ZADD', KEYS[4], ARGV[3], ARGV[1])
end
if ARGV[5] ~= '' then
    for _, field in ipairs(redis.call('HKEYS', KEYS[3])) do
        if string.match(field, '^%l+:([^:]+)') == ARGV[5] then
            redis.call('HINCRBY', KEYS[1], 'bytes', -redis.call('HSTRLEN', KEYS[3], field))
            redis.call('HDEL', KEYS[3], field)
        end
    end
end
redis.call('ZADD', KEYS[2], ARGV[2], ARGV[1])
return 1
