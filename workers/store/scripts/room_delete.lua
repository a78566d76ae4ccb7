-- Leave nothing of a room. Answers 1 if it was there.
-- KEYS: room, rooms, what is said in it, erase, tries, what was learnt, work   ARGV: id, now
local found = redis.call('DEL', KEYS[1])
redis.call('DEL', KEYS[3], KEYS[5], KEYS[6])
redis.call('ZREM', KEYS[2], ARGV[1])
for _, work in ipairs(redis.call('ZRANGE', KEYS[7], 0, -1)) do
    if string.sub(work, 1, #ARGV[1] + 1) == ARGV[1] .. ' ' then
        redis.call('ZREM', KEYS[7], work)
    end
end
if found == 1 then
    redis.call('ZADD', KEYS[4], ARGV[2], ARGV[1])
end
return found
