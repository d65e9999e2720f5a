-- For wrk: the same path again and again, with a parameter that counts up to the number given after `--`.
local count, variety = 0, 1

function init(arguments)
  variety = tonumber(arguments[1])
end

function request()
  count = (count + 1) % variety
  return wrk.format(nil, wrk.path .. "&n=" .. count)
end
