-- Note that a report is what stood at an address. Answers the reports that stood there next before and after, or "".
-- KEYS: record, reports, versions   ARGV: id, address, hash of its wording, when it was fetched, seconds to keep it
local status, listed = unpack(redis.call('HMGET', KEYS[1], 'status', 'listed'))
local place = redis.call('ZSCORE', KEYS[2], ARGV[1])
if status ~= 'done' or listed == '0' or not place then
    return {'', ''}
end
redis.call('HSET', KEYS[1], 'address', ARGV[2], 'wording', ARGV[3], 'seen', ARGV[4])
redis.call('ZADD', KEYS[3], place, ARGV[1])
redis.call('EXPIRE', KEYS[3], ARGV[5])
return {
    redis.call('ZREVRANGEBYSCORE', KEYS[3], '(' .. place, '-inf', 'LIMIT', 0, 1)[1] or '',
    redis.call('ZRANGEBYSCORE', KEYS[3], '(' .. place, '+inf', 'LIMIT', 0, 1)[1] or '',
}
