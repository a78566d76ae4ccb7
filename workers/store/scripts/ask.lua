-- Note a comparison that is wanted, for as long as each of its reports is kept. Answers 1, or 0 when one has no report.
-- KEYS: comparison, then record and compared set of each report   ARGV: comparison id, ids of the reports (JSON)
local shortest = -1
for at = 2, #KEYS, 2 do
    if redis.call('HGET', KEYS[at], 'status') ~= 'done' then
        return 0
    end
    local left = redis.call('PTTL', KEYS[at])
    if left >= 0 and (shortest < 0 or left < shortest) then
        shortest = left
    end
end
redis.call('HSETNX', KEYS[1], 'reports', ARGV[2])
if shortest >= 0 then
    redis.call('PEXPIRE', KEYS[1], shortest)
end
for at = 3, #KEYS, 2 do
    redis.call('SADD', KEYS[at], ARGV[1])
    local left = redis.call('PTTL', KEYS[at - 1])
    if left >= 0 then
        redis.call('PEXPIRE', KEYS[at], left)
    end
end
return 1
