-- Keep an entry in the place of the one that begins so, or, where the line is empty, take that one back.
-- Answers "kept", "gone" (room, article or person), "ended" or "full".
-- KEYS: room, rooms, what is said in it, and, where it must be there still, the article's report
-- ARGV: id, time when the room goes, field of the entries, how the old one begins, line, most, article, person or '',
--       most bytes of all that is said
if redis.call('HEXISTS', KEYS[1], ARGV[7]) == 0 or (ARGV[8] ~= '' and redis.call('HEXISTS', KEYS[1], ARGV[8]) == 0) then
    return 'gone'
end
if KEYS[4] and redis.call('EXISTS', KEYS[4]) == 0 then
    return 'gone'
end
if redis.call('HEXISTS', KEYS[1], 'ended') == 1 then
    return 'ended'
end
local kept, count, before = {}, 0, redis.call('HGET', KEYS[3], ARGV[3]) or ''
for line in string.gmatch(before, '[^\n]+') do
    if string.sub(line, 1, #ARGV[4]) ~= ARGV[4] then
        count = count + 1
        kept[count] = line
    end
end
if ARGV[5] ~= '' then
    local bytes = tonumber(redis.call('HGET', KEYS[1], 'bytes') or '0')
    if count >= tonumber(ARGV[6]) or bytes + #ARGV[5] > tonumber(ARGV[9]) then
        return 'full'
    end
    kept[count + 1] = ARGV[5]
end
local now = table.concat(kept, '\n')
redis.call('HSET', KEYS[3], ARGV[3], now)
redis.call('HSET', KEYS[1], 'coded', 1)
redis.call('HINCRBY', KEYS[1], 'bytes', #now - #before)
redis.call('ZADD', KEYS[2], ARGV[2], ARGV[1])
return 'kept'
