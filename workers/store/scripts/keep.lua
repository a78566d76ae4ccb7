-- Keep a comparison that is still wanted. Answers 1, or 0 when one of its reports was deleted meanwhile, and it with it.
-- KEYS: comparison   ARGV: content
if redis.call('EXISTS', KEYS[1]) == 0 then
    return 0
end
redis.call('HSET', KEYS[1], 'content', ARGV[1])
return 1
