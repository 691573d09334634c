-- Sends the bodies of a file, one per line, in a mixed order, and prints what it measured.
--
-- Every request is put together beforehand: the load generator shares the processor with what it
-- measures.
local requests = {}
local turn = 0

function init(args)
    local headers = { ["Content-Type"] = "application/json" }
    if args[2] then
        headers["Authorization"] = "Bearer " .. args[2]
    end
    for body in io.lines(args[1]) do
        requests[#requests + 1] = wrk.format("POST", "/graphql", headers, body)
    end
end

function request()
    turn = turn + 1
    return requests[turn * 7919 % #requests + 1]
end

function done(summary, latency)
    local failed = summary.errors
    io.write(string.format(
        "measured %d %d %d %d %d\n",
        summary.requests, summary.duration,
        latency:percentile(50), latency:percentile(99),
        failed.connect + failed.read + failed.write + failed.status + failed.timeout
    ))
end
