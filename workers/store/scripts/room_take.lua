-- Take an article or a person into a room. Answers its name (a1, p1 …), or "gone", "ended", "full" or "known".
-- KEYS: room, rooms   ARGV: id, kind, record, most, time when the room goes, field that must be new, field that leads here
if redis.call('EXISTS', KEYS[1]) == 0 then
    return 'gone'
end
if redis.call('HEXISTS', KEYS[1], 'ended') == 1 then
    return 'ended'
end
if tonumber(redis.call('HGET', KEYS[1], 'here:' .. ARGV[2]) or '0') >= tonumber(ARGV[4]) then
    return 'full'
end
if redis.call('HEXISTS', KEYS[1], ARGV[6]) == 1 then
    return 'known'
end
local name = string.sub(ARGV[2], 1, 1) .. redis.call('HINCRBY', KEYS[1], 'last:' .. ARGV[2], 1)
redis.call('HINCRBY', KEYS[1], 'here:' .. ARGV[2], 1)
redis.call('HSET', KEYS[1], ARGV[2] .. ':' .. name, ARGV[3], ARGV[6], name)
if ARGV[7] ~= '' then
    redis.call('HSET', KEYS[1], ARGV[7], name)
end
redis.call('ZADD', KEYS[2], ARGV[5], ARGV[1])
return name
