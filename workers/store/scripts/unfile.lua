-- Begins the scripts that take a report out of the index: its place goes from under each of its keys, and an empty
-- block with the last one. `index` names the blocks; each is at that name, a colon and its own.
local function unfile(index, block, keys, place)
    local name, packed = index .. ':' .. block, struct.pack('>I2', place - block)
    for at = 1, #keys, 4 do
        local field = string.sub(keys, at, at + 3)
        local places = redis.call('HGET', name, field) or ''
        local from = string.find(places, packed, 1, true)
        while from and from % 2 ~= 1 do
            from = string.find(places, packed, from + 1, true)
        end
        if from and #places == 2 then
            redis.call('HDEL', name, field)
        elseif from then
            redis.call('HSET', name, field, string.sub(places, 1, from - 1) .. string.sub(places, from + 2))
        end
    end
    if redis.call('EXISTS', name) == 1 and redis.call('HINCRBY', name, 'count', -1) < 1 then
        redis.call('DEL', name)
        redis.call('ZREM', index, block)
    end
end

