-- Begin the next errand whose host has a place free. Answers it, or "".
-- Those whose holder is dead wait again; hosts that took long lately come last, one errand at a time.
-- KEYS: outbound, held, slow, sequence, fetched
-- ARGV: now, seconds until its holder counts as dead, places of a host, places of all slow hosts, pages fetched ahead,
--       prefix of records, what bulk adds to a place,
--       seconds that a feed has on top, to be read
local now = tonumber(ARGV[1])
for _, errand in ipairs(redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', now)) do
    redis.call('ZADD', KEYS[1], redis.call('INCR', KEYS[4]), errand)
    redis.call('ZREM', KEYS[2], errand)
end

local is_slow, busy, slow_busy = {}, {}, 0
local function slow(host)
    if is_slow[host] == nil then
        is_slow[host] = tonumber(redis.call('ZSCORE', KEYS[3], host) or 0) > now
    end
    return is_slow[host]
end
local function split(errand)
    return string.match(errand, '^(%S+) (%S+) (.*)$')
end
for _, errand in ipairs(redis.call('ZRANGE', KEYS[2], 0, -1)) do
    local _, _, host = split(errand)
    busy[host] = (busy[host] or 0) + 1
    slow_busy = slow_busy + (slow(host) and 1 or 0)
end

if redis.call('ZCARD', KEYS[5]) >= tonumber(ARGV[5]) then -- those among them that ended or were deleted make room
    for _, id in ipairs(redis.call('ZRANGE', KEYS[5], 0, -1)) do
        if redis.call('HGET', ARGV[6] .. id, 'status') ~= 'queued' then
            redis.call('ZREM', KEYS[5], id)
        end
    end
end
local fetched = redis.call('ZCARD', KEYS[5])
local function is_ahead(kind, place) -- single ones are not held up by those of batches
    return kind == 'link' and fetched >= tonumber(ARGV[5]) * (place >= tonumber(ARGV[7]) and 1 or 10)
end

local chosen, last
for from = 0, 1800, 200 do
    local some = redis.call('ZRANGE', KEYS[1], from, from + 199, 'WITHSCORES')
    for at = 1, #some, 2 do
        local errand = some[at]
        local kind, _, host = split(errand)
        if not is_ahead(kind, tonumber(some[at + 1])) then
            if slow(host) then
                last = last or (not busy[host] and slow_busy < tonumber(ARGV[4]) and errand)
            elseif (busy[host] or 0) < tonumber(ARGV[3]) then
                chosen = errand
                break
            end
        end
    end
    if chosen or #some < 400 then
        break
    end
end
chosen = chosen or last
if not chosen then
    return ''
end
local seconds = tonumber(ARGV[2]) + (string.sub(chosen, 1, 5) == 'feed ' and tonumber(ARGV[8]) or 0)
redis.call('ZADD', KEYS[2], now + seconds, chosen)
redis.call('ZREM', KEYS[1], chosen)
return chosen
