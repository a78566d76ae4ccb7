-- Keep lines of a batch that were read; those up to the number noted before are there already. Answers 1, or 0.
-- KEYS: record, lines, errors
-- ARGV: last number, lines with errors, articles, then number and article of each, then number and text of each error
local last = tonumber(ARGV[1])
if redis.call('HGET', KEYS[1], 'status') ~= 'received'
    or tonumber(redis.call('HGET', KEYS[1], 'read') or '0') >= last then
    return 0
end
local articles = tonumber(ARGV[3])
for at = 4, 3 + 2 * articles, 2 do
    redis.call('HSET', KEYS[2], ARGV[at], ARGV[at + 1])
end
for at = 4 + 2 * articles, #ARGV, 2 do
    redis.call('ZADD', KEYS[3], ARGV[at], ARGV[at + 1])
end
redis.call('HSET', KEYS[1], 'read', last, 'tries', 0)
redis.call('HINCRBY', KEYS[1], 'lines', articles + tonumber(ARGV[2]))
redis.call('HINCRBY', KEYS[1], 'refused', ARGV[2])
return 1
