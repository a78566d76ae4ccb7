-- Keep what a report counts, and count it among those of its outlet, where it has one. Answers 1, or 0 when it is not there (any more) or in no list.
-- KEYS: record, reports, outlet, outlets, figures, months   ARGV: id, outlet's key or "", its name, counts or "", seconds to keep it
local status, listed = unpack(redis.call('HMGET', KEYS[1], 'status', 'listed'))
local place = redis.call('ZSCORE', KEYS[2], ARGV[1])
if status ~= 'done' or listed == '0' or not place then
    return 0
end
redis.call('HSET', KEYS[1], 'tally', ARGV[4])
if ARGV[2] == '' then
    return 1
end
redis.call('HSET', KEYS[1], 'outlet', ARGV[2])
redis.call('ZADD', KEYS[3], place, ARGV[1])
redis.call('EXPIRE', KEYS[3], ARGV[5])
redis.call('HSET', KEYS[4], ARGV[2], ARGV[3])
redis.call('DEL', KEYS[5], KEYS[6])
return 1
