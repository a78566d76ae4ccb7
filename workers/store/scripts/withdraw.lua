-- Take a judgement back: drop the line that begins so. Answers 1 if it was there.
-- KEYS: record   ARGV: how the line begins
local kept, found = {}, 0
for line in string.gmatch(redis.call('HGET', KEYS[1], 'judgements') or '', '[^\n]+') do
    if string.sub(line, 1, #ARGV[1]) == ARGV[1] then
        found = 1
    else
        kept[#kept + 1] = line .. '\n'
    end
end
if found == 1 then
    redis.call('HSET', KEYS[1], 'judgements', table.concat(kept))
end
return found
