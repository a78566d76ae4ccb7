-- Forget an article: its record, its places in the lists and every comparison that quotes it. Answers 1 if it was there.
-- KEYS: record, waiting, running, unsent, lease, reports, compared   ARGV: id, prefix of comparison keys
local found = redis.call('DEL', KEYS[1])
for _, list in ipairs({KEYS[2], KEYS[3], KEYS[4], KEYS[6]}) do
    redis.call('ZREM', list, ARGV[1])
end
for _, comparison in ipairs(redis.call('SMEMBERS', KEYS[7])) do
    redis.call('DEL', ARGV[2] .. comparison)
end
redis.call('DEL', KEYS[5], KEYS[7])
return found
