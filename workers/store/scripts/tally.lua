-- Count the articles of a batch that ended, each once.
-- KEYS: record, open, errors   ARGV: how many, then number and outcome of each, then number and text of each error
local ended = tonumber(ARGV[1])
if redis.call('EXISTS', KEYS[1]) == 0 then
    return 0
end
for at = 2, 1 + 2 * ended, 2 do
    if redis.call('ZREM', KEYS[2], ARGV[at]) == 1 then
        redis.call('HINCRBY', KEYS[1], ARGV[at + 1], 1)
    end
end
for at = 2 + 2 * ended, #ARGV, 2 do
    redis.call('ZADD', KEYS[3], ARGV[at], ARGV[at + 1])
end
return 1
