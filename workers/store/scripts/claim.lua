-- Claim an article once. Answers "claimed", "full", the status it has already, or "promoted" when it waited in the
-- bulk lane and is wanted sooner now. Of the waiting ones the bulk lane comes last, by 10^12.
-- KEYS: record, waiting, running, unsent, sequence   ARGV: id, article, now, longest queue, lane, then fields
local status = redis.call('HGET', KEYS[1], 'status')
if status == 'queued' and ARGV[5] == 'articles' and redis.call('HGET', KEYS[1], 'lane') == 'bulk' then
    redis.call('HSET', KEYS[1], 'lane', ARGV[5])
    redis.call('ZADD', KEYS[2], redis.call('INCR', KEYS[5]), ARGV[1])
    redis.call('ZADD', KEYS[4], ARGV[3], ARGV[1])
    return 'promoted'
end
if status and status ~= 'failed' then
    return status
end
if redis.call('ZCARD', KEYS[2]) >= tonumber(ARGV[4]) then
    return 'full'
end
redis.call('DEL', KEYS[1])
redis.call('HSET', KEYS[1], 'status', 'queued', 'article', ARGV[2], 'submitted', ARGV[3], 'attempts', 0,
    'lane', ARGV[5], unpack(ARGV, 6))
local place = redis.call('INCR', KEYS[5]) + (ARGV[5] == 'bulk' and 1e12 or 0)
redis.call('ZADD', KEYS[2], place, ARGV[1])
redis.call('ZADD', KEYS[4], ARGV[3], ARGV[1])
return 'claimed'
