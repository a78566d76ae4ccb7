-- Keep a comparison as long as each of its reports is still there. Answers 1, or 0 when one was deleted meanwhile.
-- KEYS: comparison, then record and compared set of each report   ARGV: comparison id, content, seconds to keep it
for at = 2, #KEYS, 2 do
    if redis.call('HGET', KEYS[at], 'status') ~= 'done' then
        return 0
    end
end
redis.call('SET', KEYS[1], ARGV[2], 'EX', ARGV[3])
for at = 3, #KEYS, 2 do
    redis.call('SADD', KEYS[at], ARGV[1])
    redis.call('EXPIRE', KEYS[at], ARGV[3])
end
return 1
