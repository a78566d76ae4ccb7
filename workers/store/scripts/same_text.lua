-- Note of which text a listed report is. Answers the id, the outlet's key and the place of each listed report of that
-- text, one after the other; nothing when it is not there (any more) or in no list.
-- KEYS: record, reports, reports of the text   ARGV: id, name of the text, outlet's key, seconds to keep it
if redis.call('HGET', KEYS[1], 'status') ~= 'done' or not redis.call('ZSCORE', KEYS[2], ARGV[1]) then
    return {}
end
redis.call('HSET', KEYS[1], 'text', ARGV[2])
redis.call('HSET', KEYS[3], ARGV[1], ARGV[3])
redis.call('EXPIRE', KEYS[3], ARGV[4])
local known, found = redis.call('HGETALL', KEYS[3]), {}
for at = 1, #known, 2 do
    local place = redis.call('ZSCORE', KEYS[2], known[at])
    if place then
        for _, value in ipairs({known[at], known[at + 1], place}) do
            found[#found + 1] = value
        end
    else
        redis.call('HDEL', KEYS[3], known[at])
    end
end
return found
