-- Have an errand done in its turn, unless it waits or goes on already. Answers 1, or 0.
-- KEYS: outbound, held, slow, sequence, fetched   ARGV: errand, what its lane adds to its place
if redis.call('ZSCORE', KEYS[1], ARGV[1]) or redis.call('ZSCORE', KEYS[2], ARGV[1]) then
    return 0
end
local place = redis.call('INCR', KEYS[4]) + tonumber(ARGV[2])
redis.call('ZADD', KEYS[1], place, ARGV[1])
return 1
