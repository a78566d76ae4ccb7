-- Claim an article once. Answers "claimed", "full", the status it has already, or "promoted" when it waited in the
-- bulk lane and is wanted sooner now. Of the waiting ones the bulk lane comes last, by their place.
-- What has to be fetched first waits for that as an errand: it is "queued" then, and there is nothing to send.
-- KEYS: record, waiting, running, unsent, sequence, aside, outbound, held, outbound sequence
-- ARGV: id, article, now, longest queue, lane, what bulk adds to a place, its errand or "", then fields
local status = redis.call('HGET', KEYS[1], 'status')
if status == 'queued' and ARGV[5] == 'articles' and redis.call('HGET', KEYS[1], 'lane') == 'bulk' then
    redis.call('HSET', KEYS[1], 'lane', ARGV[5])
    redis.call('ZADD', KEYS[2], redis.call('INCR', KEYS[5]), ARGV[1])
    if redis.call('HEXISTS', KEYS[1], 'outside') == 1 then
        redis.call('ZADD', KEYS[7], 'XX', redis.call('INCR', KEYS[9]), ARGV[7])
        return 'queued'
    end
    redis.call('ZADD', KEYS[4], ARGV[3], ARGV[1])
    return 'promoted'
end
if status == 'queued' or status == 'running' or status == 'done' then
    return status
end
if redis.call('ZCARD', KEYS[2]) >= tonumber(ARGV[4]) then
    return 'full'
end
redis.call('HSET', KEYS[1], 'status', 'queued', 'article', ARGV[2], 'submitted', ARGV[3], 'attempts', 0,
    'lane', ARGV[5], unpack(ARGV, 8))
redis.call('HDEL', KEYS[1], 'reason', 'code', 'outside')
redis.call('PERSIST', KEYS[1])
redis.call('ZREM', KEYS[6], ARGV[1])
local added = ARGV[5] == 'bulk' and tonumber(ARGV[6]) or 0
redis.call('ZADD', KEYS[2], redis.call('INCR', KEYS[5]) + added, ARGV[1])
if ARGV[7] ~= '' then
    redis.call('HSET', KEYS[1], 'outside', 1)
    redis.call('ZADD', KEYS[7], redis.call('INCR', KEYS[9]) + added, ARGV[7])
    return 'queued'
end
redis.call('ZADD', KEYS[4], ARGV[3], ARGV[1])
return 'claimed'
