/** The witness's process: HTTP in front of {@link judge}, and one file a log that is written before the answer. Clause 9.5. */

import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http"
import { type KnownLog, type OpenCheckpoint, openCheckpoint } from "./checkpoint.ts"
import { cosign } from "./cosignature.ts"
import type { Disk } from "./disk.ts"
import type { Ed25519Key } from "./ed25519.ts"
import { folderOf } from "./log-name.ts"
import { Malformed } from "./malformed.ts"
import { signatureLine } from "./note.ts"
import { judge, parseAddCheckpoint, type Verdict } from "./witness.ts"

export interface WitnessOptions {
  readonly name: string
  readonly key: Ed25519Key
  readonly logs: readonly KnownLog[]
  readonly disk: Disk
  /** Milliseconds since the epoch. */
  readonly clock: () => number
}

/** A checkpoint and 63 hashes take some thousand bytes. */
const largestBody = 65_536

export class Witness {
  readonly #options: WitnessOptions
  /** One request a log at a time: checking the old size and storing the new one must not be torn apart. */
  readonly #turns = new Map<string, Promise<unknown>>()

  constructor(options: WitnessOptions) {
    this.#options = options
  }

  server(): Server {
    return createServer((request, response) => {
      this.#serve(request, response).catch(() => {
        if (!response.headersSent) response.writeHead(500)
        response.end()
      })
    })
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method !== "POST" || request.url?.endsWith("/add-checkpoint") !== true) {
      response.writeHead(404).end()
      return
    }
    const body = await bodyOf(request)
    const { status, text, type } = await this.add(body)
    response.writeHead(status, { "content-type": type }).end(text)
  }

  /** The answer to a request, the new checkpoint stored before it. */
  async add(body: string): Promise<{ status: number; text: string; type: string }> {
    const plain = "text/plain; charset=utf-8"
    try {
      const asked = parseAddCheckpoint(body)
      const verdict = await this.#inTurn(asked.origin, () => this.#decide(asked.origin, body))
      if (verdict.status === 409) return { status: 409, text: `${verdict.size}\n`, type: "text/x.tlog.size" }
      if (verdict.status !== 200) return { status: verdict.status, text: "", type: plain }
      return { status: 200, text: this.#signed(verdict.checkpoint), type: plain }
    } catch (error) {
      if (error instanceof Malformed) return { status: 400, text: "", type: plain }
      throw error
    }
  }

  async #decide(origin: string, body: string): Promise<Verdict> {
    const { logs, disk } = this.#options
    const log = logs.find((known) => known.origin === origin)
    const path = `${folderOf(origin)}/checkpoint`
    const stored = log === undefined ? undefined : await disk.read(path)
    // A stored checkpoint that does not open is no reason to begin anew: it throws, and nothing is cosigned.
    const last =
      stored === undefined || log === undefined
        ? undefined
        : await openCheckpoint(new TextDecoder().decode(stored), log)
    const asked = parseAddCheckpoint(body)
    const verdict = await judge(asked, log, last)
    if (verdict.status === 200) await disk.replace({ path, bytes: new TextEncoder().encode(asked.note) })
    return verdict
  }

  #signed({ text }: OpenCheckpoint): string {
    const { name, key, clock } = this.#options
    return signatureLine(cosign(text, { name, key }, Math.floor(clock() / 1_000)))
  }

  async #inTurn<Result>(origin: string, work: () => Promise<Result>): Promise<Result> {
    const before = this.#turns.get(origin) ?? Promise.resolve()
    const turn = before.then(work, work)
    this.#turns.set(
      origin,
      turn.catch(() => undefined),
    )
    return turn
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of request) {
    if (!(chunk instanceof Uint8Array)) continue
    length += chunk.length
    if (length > largestBody) throw new Error("request is too large")
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString("utf8")
}
