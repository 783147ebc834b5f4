/**
 * Group commit: traces of concurrent looks become durable together, one INSERT and one WAL flush for all that wait.
 * Durable means: the promise of `append` resolves only after PostgreSQL has acknowledged the commit.
 * A rejected promise means nothing was released; the trace may or may not be there, which errs on the safe side.
 */

import type { ClientConfig } from "pg"
import type { Context } from "../platform/context.ts"
import { looks } from "../platform/crowd.ts"
import { Lane } from "../platform/lane.ts"
import type { Trace } from "./trace.ts"
import { insertTraces, traceColumns } from "./trace-sql.ts"

/** More than this many in one statement gain nothing and hold memory. */
const largestGroup = 512

interface Waiting {
  readonly trace: Trace
  readonly resolve: () => void
  readonly reject: (error: unknown) => void
}

export class TraceLane {
  readonly #lane: Lane
  #waiting: Waiting[] = []
  #flushing = false

  constructor(config: ClientConfig) {
    this.#lane = new Lane({ ...config, application_name: "hudun traces" }, { connections: 1 })
  }

  append(trace: Trace): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ trace, resolve, reject })
      this.#start()
    })
  }

  async close(): Promise<void> {
    await this.#lane.close()
  }

  #start(): void {
    if (this.#flushing) return
    this.#flushing = true
    // One turn of the event loop gathers whatever else is ready to be traced.
    setImmediate(() => void this.#flush())
  }

  async #flush(): Promise<void> {
    while (this.#waiting.length > 0) {
      await looks.gather(() => this.#waiting.length)
      const group = this.#waiting.splice(0, largestGroup)
      try {
        await this.#lane.read(contextOf(group), insertTraces, traceColumns(group.map(({ trace }) => trace)))
        for (const { resolve } of group) resolve()
      } catch (error) {
        for (const { reject } of group) reject(error)
      }
    }
    this.#flushing = false
  }
}

function contextOf(group: readonly Waiting[]): Context {
  const communities = [...new Set(group.map(({ trace }) => trace.communityId))].join(",")
  return { communities, buildings: "", classes: "", posts: "", actor: "" }
}
