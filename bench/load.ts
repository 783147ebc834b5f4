/** One stretch of load on one server, by autocannon in this process; the servers are processes of their own. */

import autocannon from "autocannon"

export interface Request {
  readonly method: "GET" | "POST"
  readonly path: string
  readonly cookie?: string
  readonly body?: object
}

export interface Stretch {
  readonly port: number
  readonly connections: number
  readonly seconds: number
  /** The next request to send; asked in advance, a list for each connection. */
  readonly next: () => Request
}

export interface Figures {
  readonly requests: number
  readonly perSecond: number
  /** Milliseconds. */
  readonly p50: number
  readonly p99: number
}

const listEach = 250

/** Throws when a single request is answered with anything but 200. */
export async function load({ port, connections, seconds, next }: Stretch): Promise<Figures> {
  const times: number[] = []
  let begin = 0
  let end = 0
  const running = autocannon({
    url: `http://127.0.0.1:${port}`,
    connections,
    duration: seconds,
    timeout: 20,
    sampleInt: 50,
    setupClient: (client) => client.setRequests(Array.from({ length: listEach }, () => asked(next()))),
  })
  running.on("start", () => {
    begin = performance.now()
  })
  running.on("response", (...[, status, , milliseconds]) => {
    if (status !== 200) return
    times.push(milliseconds)
    end = performance.now()
  })
  const outcome = await running
  if (outcome.non2xx + outcome.errors + outcome.timeouts > 0 || outcome["2xx"] !== times.length)
    throw new Error(
      `not every answer was 200: ${JSON.stringify(outcome.statusCodeStats)}, errors ${outcome.errors}`,
    )
  times.sort((a, b) => a - b)
  return {
    requests: times.length,
    perSecond: (times.length * 1_000) / (end - begin),
    p50: times[Math.floor(times.length * 0.5)] ?? 0,
    p99: times[Math.floor(times.length * 0.99)] ?? 0,
  }
}

function asked({ method, path, cookie, body }: Request) {
  return {
    method,
    path,
    headers: {
      ...(cookie === undefined ? {} : { cookie: `hudun_session=${cookie}` }),
      ...(body === undefined ? {} : { "content-type": "application/json" }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  }
}

/** The same request by itself, for looking at the answer. */
export async function ask(port: number, { method, path, cookie, body }: Request): Promise<unknown> {
  const reply = await fetch(`http://127.0.0.1:${port}${path}`, {
    method,
    headers: {
      ...(cookie === undefined ? {} : { cookie: `hudun_session=${cookie}` }),
      ...(body === undefined ? {} : { "content-type": "application/json" }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  if (reply.status !== 200) throw new Error(`${method} ${path} was answered with ${reply.status}`)
  return reply.json()
}
