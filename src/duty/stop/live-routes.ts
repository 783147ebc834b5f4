/**
 * Attempts as they happen: server-sent events (WHATWG HTML, 9.2), read from the table once a second, so that it does not
 * matter which process wrote them. Clause 2.4.
 */

import type { FastifyReply, FastifyRequest } from "fastify"
import { Refusal } from "../../base/refusal.ts"
import type { House } from "../../house.ts"
import type { Http } from "../../platform/http.ts"
import { supervising } from "./attempt-routes.ts"
import { attemptsSince, lastSeq } from "./attempt-sql.ts"
import { watchAttempts } from "./contract.ts"
import { readerOf } from "./reader.ts"
import { attemptView } from "./views.ts"

const pollMilliseconds = 700
const heartbeatMilliseconds = 15_000
/** Each asks the database once a second: beyond this many the next one is told to come later. */
const mostListeners = 300
/** A place is given out before its row is committed: this far back is looked at again. */
const overlap = 50n

export interface LiveAttempts {
  /** Ends every stream, so that the server can end. */
  close(): void
}

export function liveRoutes(http: Http, house: House): LiveAttempts {
  const listening = new Set<Stream>()
  http.on(watchAttempts, async ({ params, request, reply }) => {
    const actor = await house.door.actor(request, params.communityId, supervising)
    if (listening.size >= mostListeners) throw new Refusal("server.busy")
    const from = placeOf(request) ?? (await lastSeq(readerOf(house, actor), actor.communityId))
    const stream = new Stream(house, { request, reply, communityId: params.communityId, from })
    listening.add(stream)
    reply.raw.once("close", () => {
      stream.end()
      listening.delete(stream)
    })
    stream.start()
    return reply
  })
  return { close: () => listening.forEach((stream) => stream.end()) }
}

/** Where a browser that lost the stream goes on. */
function placeOf({ headers }: FastifyRequest): string | undefined {
  const last = headers["last-event-id"]
  return typeof last === "string" && /^\d{1,18}$/.test(last) ? last : undefined
}

interface Listening {
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  readonly communityId: string
  readonly from: string
}

class Stream {
  readonly #house: House
  readonly #listening: Listening
  readonly #sent = new Set<string>()
  #last: bigint
  #timer: NodeJS.Timeout | undefined
  #beat = 0
  #ended = false

  constructor(house: House, listening: Listening) {
    this.#house = house
    this.#listening = listening
    this.#last = BigInt(listening.from)
  }

  start(): void {
    const { reply } = this.#listening
    reply.hijack()
    reply.raw.writeHead(200, {
      "content-type": "text/event-stream; charset=utf-8",
      "cache-control": "no-store",
      "x-accel-buffering": "no",
      "x-content-type-options": "nosniff",
    })
    reply.raw.write("retry: 2000\n\n")
    this.#wait()
  }

  end(): void {
    this.#ended = true
    clearTimeout(this.#timer)
    this.#listening.reply.raw.end()
  }

  #wait(): void {
    if (this.#ended) return
    this.#timer = setTimeout(() => void this.#round(), pollMilliseconds)
  }

  /** Who may no longer see, sees no more: the door is asked each time. A stream that breaks is opened again by the browser. */
  async #round(): Promise<void> {
    try {
      await this.#tell()
      this.#wait()
    } catch {
      this.end()
    }
  }

  async #tell(): Promise<void> {
    const { request, reply, communityId, from } = this.#listening
    const actor = await this.#house.door.actor(request, communityId, supervising)
    const start = this.#last - overlap > BigInt(from) ? this.#last - overlap : BigInt(from)
    const rows = await attemptsSince(readerOf(this.#house, actor), communityId, {
      seq: start.toString(),
      limit: 200,
    })
    const fresh = rows.filter((row) => !this.#sent.has(row.seq))
    for (const row of fresh) {
      this.#sent.add(row.seq)
      if (BigInt(row.seq) > this.#last) this.#last = BigInt(row.seq)
      reply.raw.write(`id: ${row.seq}\nevent: attempt\ndata: ${JSON.stringify(attemptView(row))}\n\n`)
    }
    for (const seq of this.#sent) if (BigInt(seq) <= start) this.#sent.delete(seq)
    this.#beat = fresh.length > 0 ? 0 : this.#beat + pollMilliseconds
    if (this.#beat < heartbeatMilliseconds) return
    this.#beat = 0
    reply.raw.write(": still here\n\n")
  }
}
