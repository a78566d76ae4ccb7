-- Put a report into the story of another one, or into a new one, once. Answers the story; "" when the report is not
-- there (any more) or in no list. Two that choose each other at once meet in one story: who comes first takes both.
-- KEYS: record, reports, stories
-- ARGV: id, the other report or "", name for a new story, prefix of records, prefix of stories, seconds to keep it
local status, listed, story = unpack(redis.call('HMGET', KEYS[1], 'status', 'listed', 'story'))
local place = redis.call('ZSCORE', KEYS[2], ARGV[1])
if status ~= 'done' or listed == '0' or not place then
    return ''
end
if story then
    return story
end

local function join(record, id, score)
    redis.call('HSET', record, 'story', story)
    redis.call('ZADD', ARGV[5] .. story, score, id)
    redis.call('EXPIRE', ARGV[5] .. story, ARGV[6])
end

story = ARGV[3]
if ARGV[2] ~= '' then
    local other = ARGV[4] .. ARGV[2]
    local score = redis.call('ZSCORE', KEYS[2], ARGV[2])
    if score and redis.call('HGET', other, 'status') == 'done' then
        local theirs = redis.call('HGET', other, 'story')
        if theirs then
            story = theirs
        else
            join(other, ARGV[2], score)
        end
    end
end
join(KEYS[1], ARGV[1], place)
if redis.call('ZCARD', ARGV[5] .. story) > 1 then
    redis.call('ZADD', KEYS[3], redis.call('ZREVRANGE', ARGV[5] .. story, 0, 0, 'WITHSCORES')[2], story)
end
return story
