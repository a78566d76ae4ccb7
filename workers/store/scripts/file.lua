-- after: unfile
-- File a report under its keys, and no longer under others that it had. Answers 1, or 0 when it is not there (any
-- more), in no list, or filed so already.
-- A block takes reports for some time, and not more than some number: so it goes soon after the last of them. Its name
-- is the place that its two-byte places count from, somewhat below the first, for reports may come out of their order.
-- An old report that is filed today fits no block of today's reports, and opens one for its like.
-- KEYS: record, reports, blocks by the highest place that each has taken
-- ARGV: id, now, seconds that a block takes reports, most reports of one, the report's keys (four bytes each)
local status, listed, filed, keys = unpack(redis.call('HMGET', KEYS[1], 'status', 'listed', 'block', 'keys'))
local place = redis.call('ZSCORE', KEYS[2], ARGV[1])
if status ~= 'done' or listed == '0' or not place or keys == ARGV[5] then
    return 0
end
redis.call('HSET', KEYS[1], 'keys', ARGV[5])
if filed then
    unfile(KEYS[3], filed, keys, place)
end
local name
for _, other in ipairs(redis.call('ZREVRANGE', KEYS[3], 0, -1)) do
    if place - other >= 0 and place - other <= 65535 then
        local opened, count = unpack(redis.call('HMGET', KEYS[3] .. ':' .. other, 'opened', 'count'))
        if opened and opened + ARGV[3] >= tonumber(ARGV[2]) and tonumber(count) < tonumber(ARGV[4]) then
            name = other
            break
        end
    end
end
if not name then
    local base = math.max(0, place - 5000)
    while redis.call('ZSCORE', KEYS[3], base) do
        base = base + 1
    end
    name = string.format('%d', base)
    redis.call('HSET', KEYS[3] .. ':' .. name, 'opened', ARGV[2])
end
local block = KEYS[3] .. ':' .. name
redis.call('ZADD', KEYS[3], math.max(place, redis.call('ZSCORE', KEYS[3], name) or 0), name)
redis.call('HSET', KEYS[1], 'block', name)
redis.call('HINCRBY', block, 'count', 1)
local left = redis.call('TTL', KEYS[1])
if left > redis.call('TTL', block) then
    redis.call('EXPIRE', block, left)
end
local packed = struct.pack('>I2', place - name)
for at = 1, #ARGV[5], 4 do
    local field = string.sub(ARGV[5], at, at + 3)
    redis.call('HSET', block, field, (redis.call('HGET', block, field) or '') .. packed)
end
return 1
