-- File a report under its keys. Answers 1, or 0 when it is not there (any more), in no list, or filed already.
-- A block takes reports for some time, and not more than some number: so it goes soon after the last of them. Its name
-- is the place that its two-byte places count from, somewhat below the first, for reports may come out of their order.
-- KEYS: record, reports, blocks
-- ARGV: id, prefix of blocks, now, seconds that a block takes reports, most reports of one, seconds to keep it, the
--       report's keys (four bytes each)
local status, listed, filed = unpack(redis.call('HMGET', KEYS[1], 'status', 'listed', 'block'))
local place = redis.call('ZSCORE', KEYS[2], ARGV[1])
if status ~= 'done' or listed == '0' or filed or not place then
    return 0
end
local name, opened = unpack(redis.call('ZREVRANGE', KEYS[3], 0, 0, 'WITHSCORES'))
local block = name and ARGV[2] .. name
if not name or opened + ARGV[4] < tonumber(ARGV[3])
    or tonumber(redis.call('HGET', block, 'count') or ARGV[5]) >= tonumber(ARGV[5])
    or place - name < 0 or place - name > 65535 then
    local base = math.max(0, place - 5000)
    while redis.call('ZSCORE', KEYS[3], base) do
        base = base + 1
    end
    name = string.format('%d', base)
    block = ARGV[2] .. name
    redis.call('ZADD', KEYS[3], ARGV[3], name)
end
redis.call('HSET', KEYS[1], 'block', name, 'keys', ARGV[7])
redis.call('HINCRBY', block, 'count', 1)
redis.call('EXPIRE', block, ARGV[6])
local packed = struct.pack('>I2', place - name)
for at = 1, #ARGV[7], 4 do
    local field = string.sub(ARGV[7], at, at + 3)
    redis.call('HSET', block, field, (redis.call('HGET', block, field) or '') .. packed)
end
return 1
