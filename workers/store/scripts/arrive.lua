-- A page has come: its article waits to be read from now on. Answers its lane, or "" when nobody wants it any more.
-- KEYS: record, waiting, unsent, sequence, fetched   ARGV: id, the page, now, what bulk adds to a place
if redis.call('HGET', KEYS[1], 'status') ~= 'queued' or redis.call('HEXISTS', KEYS[1], 'outside') == 0 then
    return ''
end
local lane = redis.call('HGET', KEYS[1], 'lane') or 'articles'
redis.call('HSET', KEYS[1], 'article', ARGV[2])
redis.call('HDEL', KEYS[1], 'outside')
redis.call('ZADD', KEYS[2], redis.call('INCR', KEYS[4]) + (lane == 'bulk' and tonumber(ARGV[4]) or 0), ARGV[1])
redis.call('ZADD', KEYS[3], ARGV[3], ARGV[1])
redis.call('ZADD', KEYS[5], ARGV[3], ARGV[1])
return lane
