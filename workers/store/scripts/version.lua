-- Note that a report is what stood at an address. Answers the report that stood there before, or "".
-- Of all versions only the newest stays in its story, so that none counts twice.
-- KEYS: record, reports, versions, stories
-- ARGV: id, address, hash of its wording, when it was fetched, seconds to keep it, prefix of all keys
local status, listed = unpack(redis.call('HMGET', KEYS[1], 'status', 'listed'))
local place = redis.call('ZSCORE', KEYS[2], ARGV[1])
if status ~= 'done' or listed == '0' or not place then
    return ''
end
redis.call('HSET', KEYS[1], 'address', ARGV[2], 'wording', ARGV[3], 'seen', ARGV[4])
redis.call('ZADD', KEYS[3], place, ARGV[1])
redis.call('EXPIRE', KEYS[3], ARGV[5])
local before = ''
local all = redis.call('ZRANGE', KEYS[3], 0, -1, 'WITHSCORES')
for at = 1, #all - 2, 2 do
    local story = redis.call('HGET', ARGV[6] .. 'article:' .. all[at], 'story')
    if story and redis.call('ZREM', ARGV[6] .. 'story:' .. story, all[at]) == 1
        and redis.call('ZCARD', ARGV[6] .. 'story:' .. story) < 2 then
        redis.call('ZREM', KEYS[4], story)
    end
end
for at = 1, #all, 2 do
    if tonumber(all[at + 1]) < tonumber(place) then
        before = all[at]
    end
end
return before
