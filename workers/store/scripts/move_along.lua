-- The clock was set back: move what lies ahead of it by the old time.
-- KEYS: sorted sets by time   ARGV: now, seconds
local moved = 0
for _, name in ipairs(KEYS) do
    for _, member in ipairs(redis.call('ZRANGEBYSCORE', name, '(' .. ARGV[1], '(inf')) do
        redis.call('ZINCRBY', name, -tonumber(ARGV[2]), member)
        moved = moved + 1
    end
end
return moved
