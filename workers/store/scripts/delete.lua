-- Forget an article: its record, its places in the lists and every comparison that quotes it. Answers 1 if it was there.
-- KEYS: record, waiting, running, unsent, lease, reports, compared, listed (“key field” of each hash that names it),
--       erase, sent-again, aside
-- ARGV: id, prefix of comparison keys, now
local found = redis.call('DEL', KEYS[1])
for _, list in ipairs({KEYS[2], KEYS[3], KEYS[4], KEYS[6], KEYS[11]}) do
    redis.call('ZREM', list, ARGV[1])
end
for _, comparison in ipairs(redis.call('SMEMBERS', KEYS[7])) do
    redis.call('DEL', ARGV[2] .. comparison)
end
for _, place in ipairs(redis.call('SMEMBERS', KEYS[8])) do
    local hash, field = string.match(place, '^(%S+) (%S+)$')
    redis.call('HDEL', hash, field)
end
redis.call('DEL', KEYS[5], KEYS[7], KEYS[8], KEYS[10])
if found == 1 then
    redis.call('ZADD', KEYS[9], ARGV[3], ARGV[1])
end
return found
