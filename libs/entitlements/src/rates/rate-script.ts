/**
 * The rule of `sliding-log.ts` for Redis, which runs a script as one step: nobody comes between looking and taking.
 *
 * A log is a list of the latest instants (ms), newest first, cut to the limit. KEYS: the logs. ARGV: the instant, 1
 * to take or 0 to look, then for each log its span in ms, its limit and its time to live in ms. Answers 1 or 0 for
 * granted, then for each log how many grants count and since when ('' for none).
 */
export const RATE_SCRIPT = `
local at, take = tonumber(ARGV[1]), ARGV[2] == '1'

local function instant(key, index)
  return tonumber(redis.call('LINDEX', key, index))
end

-- How many of the latest grants, at most the limit, came after the instant: they stand in order, so halving finds it.
local function counted(key, after, limit)
  local low, high = 0, math.min(limit, redis.call('LLEN', key))
  while low < high do
    local middle = math.floor((low + high) / 2)
    if instant(key, middle) > after then low = middle + 1 else high = middle end
  end
  return low
end

local function rate(place)
  local from = 3 * place
  return tonumber(ARGV[from]), tonumber(ARGV[from + 1]), ARGV[from + 2]
end

local fits = 1
for place, key in ipairs(KEYS) do
  local span, limit = rate(place)
  if counted(key, at - span, limit) >= limit then fits = 0 end
end

if take and fits == 1 then
  local taken = {}
  for place, key in ipairs(KEYS) do
    local _, limit, ttl = rate(place)
    if not taken[key] then
      taken[key] = true
      redis.call('LPUSH', key, string.format('%.0f', math.max(at, instant(key, 0) or at)))
      redis.call('LTRIM', key, 0, limit - 1)
      redis.call('PEXPIRE', key, ttl)
    end
  end
end

local answer = { fits }
for place, key in ipairs(KEYS) do
  local span, limit = rate(place)
  local used = counted(key, at - span, limit)
  table.insert(answer, used)
  table.insert(answer, used > 0 and redis.call('LINDEX', key, used - 1) or '')
end
return answer
`;
