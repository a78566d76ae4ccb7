-- Keep what was learnt in a room, or what a category finds elsewhere; a field with an empty value goes.
-- Answers 1, or 0 where there is no such room, or somebody else was faster.
-- KEYS: room, rooms, what was learnt, work, erase
-- ARGV: id, time when the room goes, now, what the work is called, by when it must be heard of again or '' (it is over),
--       field that must hold what follows or '', what it must hold, field, value …
if redis.call('EXISTS', KEYS[1]) == 0 then
    return 0
end
if ARGV[6] ~= '' and (redis.call('HGET', KEYS[3], ARGV[6]) or '') ~= ARGV[7] then
    return 0
end
local gone = 0
for at = 8, #ARGV, 2 do
    if ARGV[at + 1] == '' then
        gone = gone + redis.call('HDEL', KEYS[3], ARGV[at])
    else
        redis.call('HSET', KEYS[3], ARGV[at], ARGV[at + 1])
    end
end
if ARGV[5] == '' then
    redis.call('ZREM', KEYS[4], ARGV[4])
else
    redis.call('ZADD', KEYS[4], ARGV[5], ARGV[4])
end
if gone > 0 then
    redis.call('ZADD', KEYS[5], ARGV[3], ARGV[1])
end
redis.call('ZADD', KEYS[2], ARGV[2], ARGV[1])
return 1
