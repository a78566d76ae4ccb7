-- Take a judgement back: drop the line that begins so. Answers "withdrawn", "unknown" or "not yours".
-- KEYS: record   ARGV: how the line begins, how it begins where it is the asker's own
local kept, answer = {}, 'unknown'
for line in string.gmatch(redis.call('HGET', KEYS[1], 'judgements') or '', '[^\n]+') do
    if string.sub(line, 1, #ARGV[2]) == ARGV[2] then
        answer = 'withdrawn'
    else
        kept[#kept + 1] = line .. '\n'
        answer = string.sub(line, 1, #ARGV[1]) == ARGV[1] and 'not yours' or answer
    end
end
if answer == 'withdrawn' then
    redis.call('HSET', KEYS[1], 'judgements', table.concat(kept))
end
return answer
