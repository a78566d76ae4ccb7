-- Have an article that failed tried again, as if it had just come in. Answers 1, or 0 when there is nothing to try.
-- KEYS: record, waiting, unsent, sequence, aside   ARGV: id, now
if redis.call('HGET', KEYS[1], 'status') ~= 'failed' or redis.call('HEXISTS', KEYS[1], 'article') == 0 then
    redis.call('ZREM', KEYS[5], ARGV[1])
    return 0
end
redis.call('HSET', KEYS[1], 'status', 'queued', 'submitted', ARGV[2], 'attempts', 0, 'lane', 'articles')
redis.call('HDEL', KEYS[1], 'reason', 'code')
redis.call('PERSIST', KEYS[1])
redis.call('ZADD', KEYS[2], redis.call('INCR', KEYS[4]), ARGV[1])
redis.call('ZADD', KEYS[3], ARGV[2], ARGV[1])
redis.call('ZREM', KEYS[5], ARGV[1])
return 1
