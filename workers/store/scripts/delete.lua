-- after: unfile
-- Forget an article: its record, its places in lists, story, outlet and index, and every comparison that quotes it. Or
-- take it out of lists, story, outlet and index alone. Answers 1 if it was there.
-- KEYS: record, waiting, running, unsent, lease, reports, compared, listed (“key field” of each hash that names it),
--       erase, sent-again, aside, judgements taken back
-- ARGV: id, prefix of comparison keys, now, prefix of all keys, "all" or "lists"
local story, terms, outlet, text, block, keys, address =
    unpack(redis.call('HMGET', KEYS[1], 'story', 'terms', 'outlet', 'text', 'block', 'keys', 'address'))
local place = redis.call('ZSCORE', KEYS[6], ARGV[1])
local found = redis.call('EXISTS', KEYS[1])
if ARGV[5] == 'all' then
    redis.call('DEL', KEYS[1])
else
    redis.call('HDEL', KEYS[1], 'story', 'terms', 'profile', 'outlet', 'tally', 'text', 'block', 'keys')
end
for _, list in ipairs({KEYS[2], KEYS[3], KEYS[4], KEYS[6], KEYS[11]}) do
    redis.call('ZREM', list, ARGV[1])
end
if text then
    redis.call('HDEL', ARGV[4] .. 'text:' .. text, ARGV[1])
end
if ARGV[5] == 'all' then
    for _, comparison in ipairs(redis.call('SMEMBERS', KEYS[7])) do
        redis.call('DEL', ARGV[2] .. comparison)
    end
    for _, place in ipairs(redis.call('SMEMBERS', KEYS[8])) do
        local hash, field = string.match(place, '^(%S+) (%S+)$')
        redis.call('HDEL', hash, field)
        local errors, batches = string.gsub(hash, ':batch%-articles:', ':batch-errors:')
        if batches == 1 then
            redis.call('ZREMRANGEBYSCORE', errors, field, field)
            local lines = string.gsub(hash, ':batch%-articles:', ':batch-lines:')
            if redis.call('EXISTS', hash, lines) == 0 then -- the last one: what was wrong with others may quote them too
                redis.call('DEL', errors)
            end
        end
    end
end
for term in string.gmatch(terms or '', '[^\n]+') do
    redis.call('ZREM', ARGV[4] .. 'term:' .. term, ARGV[1])
end
if block and place then
    unfile(ARGV[4] .. 'search', block, keys, place)
end
if address and ARGV[5] == 'all' then -- what changed since this version quotes it
    local versions = ARGV[4] .. 'versions:' .. address
    local seen = redis.call('ZSCORE', versions, ARGV[1])
    local later = seen and redis.call('ZRANGEBYSCORE', versions, '(' .. seen, '+inf', 'LIMIT', 0, 1)[1]
    if later then
        redis.call('HDEL', ARGV[4] .. 'article:' .. later, 'reworded')
    end
    redis.call('ZREM', versions, ARGV[1])
end
if story then
    local members, stories = ARGV[4] .. 'story:' .. story, ARGV[4] .. 'stories'
    redis.call('ZREM', members, ARGV[1])
    if redis.call('ZCARD', members) > 1 then
        redis.call('ZADD', stories, redis.call('ZREVRANGE', members, 0, 0, 'WITHSCORES')[2], story)
    else
        redis.call('ZREM', stories, story)
    end
end
if outlet then
    redis.call('ZREM', ARGV[4] .. 'outlet:' .. outlet, ARGV[1])
    redis.call('DEL', ARGV[4] .. 'outlet-figures:' .. outlet, ARGV[4] .. 'outlet-months:' .. outlet)
    if redis.call('EXISTS', ARGV[4] .. 'outlet:' .. outlet) == 0 then
        redis.call('HDEL', ARGV[4] .. 'outlets', outlet)
    end
end
if ARGV[5] == 'lists' then
    return found
end
redis.call('DEL', KEYS[5], KEYS[7], KEYS[8], KEYS[10], KEYS[12])
if found == 1 then
    redis.call('ZADD', KEYS[9], ARGV[3], ARGV[1])
end
return found
