-- Note which article a line becomes, and beside the article where it is listed. Answers 1, or 0 if that was noted before.
-- KEYS: articles of the batch, places where the article is listed   ARGV: number, article, place, seconds to keep it
local before = redis.call('HGET', KEYS[1], ARGV[1])
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
redis.call('SADD', KEYS[2], ARGV[3])
redis.call('EXPIRE', KEYS[2], ARGV[4])
return before == ARGV[2] and 0 or 1
