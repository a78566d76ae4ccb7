-- Note which article a line becomes, and beside the article where it is listed. Answers its id, and 1, or 0 if that was
-- noted before.
-- KEYS: articles of the batch
-- ARGV: number, article, place, seconds to keep it, 1 if the id was made by chance, prefix of places where one is listed
local before = redis.call('HGET', KEYS[1], ARGV[1])
local article = before and ARGV[5] == '1' and before or ARGV[2]
redis.call('HSET', KEYS[1], ARGV[1], article)
redis.call('SADD', ARGV[6] .. article, ARGV[3])
redis.call('EXPIRE', ARGV[6] .. article, ARGV[4])
return {article, before == article and 0 or 1}
