-- Keep a judgement, as one more line in the record of a report. Answers "kept", "full" or "gone".
-- KEYS: record   ARGV: line, most lines
if redis.call('HGET', KEYS[1], 'status') ~= 'done' then
    return 'gone'
end
local lines = redis.call('HGET', KEYS[1], 'judgements') or ''
local _, count = string.gsub(lines, '\n', '\n')
if count >= tonumber(ARGV[2]) then
    return 'full'
end
redis.call('HSET', KEYS[1], 'judgements', lines .. ARGV[1] .. '\n')
return 'kept'
