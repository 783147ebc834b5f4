/** What the bench uses of autocannon 9.0.0, which brings no types. */
declare module "autocannon" {
  import type { EventEmitter } from "node:events"

  interface Asked {
    method: "GET" | "POST"
    path: string
    headers?: Record<string, string>
    body?: string
  }

  interface Client {
    setRequests(requests: Asked[]): void
  }

  interface Options {
    url: string
    connections: number
    duration: number
    /** Seconds until a request counts as failed. */
    timeout: number
    /** Milliseconds between looks at the clock. */
    sampleInt: number
    setupClient(client: Client): void
  }

  interface Outcome {
    "2xx": number
    non2xx: number
    errors: number
    timeouts: number
    statusCodeStats: Record<string, { count: number }>
  }

  interface Running extends EventEmitter, PromiseLike<Outcome> {
    on(
      event: "response",
      heard: (...response: [client: Client, status: number, bytes: number, milliseconds: number]) => void,
    ): this
    on(event: "start", heard: () => void): this
  }

  function autocannon(options: Options): Running
  export default autocannon
}
