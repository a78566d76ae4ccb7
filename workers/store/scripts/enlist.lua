-- Make a report findable by those of the same event. Answers 1, or 0 when it is not there (any more) or in no list.
-- KEYS: record   ARGV: id, prefix of the index's keys, day (0: unknown), profile, seconds to keep a key, then terms
local status, listed = unpack(redis.call('HMGET', KEYS[1], 'status', 'listed'))
if status ~= 'done' or listed == '0' then
    return 0
end
redis.call('HSET', KEYS[1], 'profile', ARGV[4], 'terms', table.concat(ARGV, '\n', 6))
for at = 6, #ARGV do
    redis.call('ZADD', ARGV[2] .. ARGV[at], ARGV[3], ARGV[1])
    redis.call('EXPIRE', ARGV[2] .. ARGV[at], ARGV[5])
end
return 1
