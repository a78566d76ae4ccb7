-- Take an article up. Answers "begun", "held" (another process has it), "settled", "gone" or "exhausted".
-- Remembers how far its lane has come: what waits before that mark was passed over, so its task was lost.
-- KEYS: record, waiting, running, unsent, lease, marks
-- ARGV: id, owner, now, seconds of the lease, attempts allowed, starts allowed
local status = redis.call('HGET', KEYS[1], 'status')
if not status then
    for _, list in ipairs({KEYS[2], KEYS[3], KEYS[4]}) do
        redis.call('ZREM', list, ARGV[1])
    end
    return 'gone'
end
if status == 'done' or status == 'failed' then
    return 'settled'
end
local holder = redis.call('GET', KEYS[5])
if holder == ARGV[2] then
    return 'begun' -- the answer to this very question was lost on its way
end
if holder then
    return 'held'
end
if tonumber(redis.call('HGET', KEYS[1], 'attempts') or '0') >= tonumber(ARGV[5])
    or redis.call('HINCRBY', KEYS[1], 'starts', 1) > tonumber(ARGV[6]) then
    return 'exhausted'
end
redis.call('HSET', KEYS[1], 'status', 'running')
local place = redis.call('ZSCORE', KEYS[2], ARGV[1])
if place then
    local lane = redis.call('HGET', KEYS[1], 'lane') or 'articles'
    if tonumber(place) > tonumber(redis.call('HGET', KEYS[6], lane) or '0') then
        redis.call('HSET', KEYS[6], lane, place)
    end
end
redis.call('ZREM', KEYS[2], ARGV[1])
redis.call('ZREM', KEYS[4], ARGV[1])
redis.call('ZADD', KEYS[3], ARGV[3], ARGV[1])
redis.call('SET', KEYS[5], ARGV[2], 'EX', ARGV[4])
return 'begun'
