-- A line's article is in the queue: the line goes, its number is open until the article ends.
-- KEYS: lines, open   ARGV: number
if redis.call('HDEL', KEYS[1], ARGV[1]) == 1 then
    redis.call('ZADD', KEYS[2], ARGV[1], ARGV[1])
end
return 1
