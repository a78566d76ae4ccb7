-- Take a judgement back: move the line that begins so out of the record, to where it can be had again for a while.
-- Answers "withdrawn", "unknown" or "not yours".
-- KEYS: record, taken back   ARGV: how the line begins, how it begins where it is the asker's own, id, seconds to keep it
local kept, taken, answer = {}, nil, 'unknown'
for line in string.gmatch(redis.call('HGET', KEYS[1], 'judgements') or '', '[^\n]+') do
    if string.sub(line, 1, #ARGV[2]) == ARGV[2] then
        taken, answer = line, 'withdrawn'
    else
        kept[#kept + 1] = line .. '\n'
        answer = string.sub(line, 1, #ARGV[1]) == ARGV[1] and 'not yours' or answer
    end
end
if taken then
    redis.call('HSET', KEYS[1], 'judgements', table.concat(kept))
    redis.call('HSET', KEYS[2], ARGV[3], taken)
    redis.call('EXPIRE', KEYS[2], ARGV[4])
end
return answer
