/** Reads a roster file on a thread of its own, with capped memory and time. Clause 2.12. */

import type { Worker } from "node:worker_threads"
import { Refusal } from "../../base/refusal.ts"
import type { FromReader, ReadingOrder, ToReader } from "./sheet-message.ts"
import {
  fileTooLarge,
  type Row,
  type SheetLimits,
  type SheetSource,
  tookTooLong,
  unpacksTooLarge,
} from "./sheet-shape.ts"
import { isOutOfMemory, startThread } from "./thread.ts"

const megabytes = 512

/** A file being read. `close` ends the thread; reading after it is an error. */
export type OpenFile = SheetSource & AsyncDisposable & Readonly<{ close(): Promise<void> }>

/**
 * Opens the file on a new thread. `bytes` are moved to it: the caller's array is empty afterwards, unless it was a part of a
 * larger buffer. Rows come in chunks of about a thousand, one sheet at a time, the next chunk when it is asked for.
 * The thread counts its own time on the processor; here each answer is waited for that long at most, should it hang. Every path of the caller must end in `close()`.
 * @throws Refusal `import.*`; the reason of `signal` when it aborts.
 */
export async function readRows(
  bytes: Uint8Array,
  name: string,
  { limits, signal }: { limits: SheetLimits; signal?: AbortSignal },
): Promise<OpenFile> {
  signal?.throwIfAborted()
  if (bytes.length > limits.bytes) throw fileTooLarge(limits)
  const thread = new ReaderThread(ownBytes(bytes), name, { limits, ...(signal ? { signal } : {}) })
  try {
    const reply = await thread.ask({ ask: "sheets" })
    if (reply.answer !== "sheets") throw new Error("the sheet worker answered another question")
    return {
      sheets: reply.sheets,
      rows: (sheet) => threadRows(thread, sheet),
      close: () => thread.end(),
      [Symbol.asyncDispose]: () => thread.end(),
    }
  } catch (error) {
    await thread.end()
    throw error
  }
}

async function* threadRows(thread: ReaderThread, sheet: number): AsyncGenerator<Row[]> {
  let reply = await thread.ask({ ask: "rows", sheet })
  while (reply.answer === "rows") {
    yield reply.rows
    reply = await thread.ask({ ask: "more" })
  }
}

/** A view into a larger buffer is copied: moving it would take its neighbours along. */
function ownBytes(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const { buffer } = bytes
  if (buffer instanceof ArrayBuffer && buffer.byteLength === bytes.length) return new Uint8Array(buffer)
  return new Uint8Array(bytes)
}

class ReaderThread {
  readonly #worker: Worker
  readonly #limits: SheetLimits
  readonly #signal: AbortSignal | undefined
  #ended: Error | undefined

  constructor(
    bytes: Uint8Array<ArrayBuffer>,
    name: string,
    { limits, signal }: { limits: SheetLimits; signal?: AbortSignal },
  ) {
    this.#limits = limits
    this.#signal = signal
    const order: ReadingOrder = { bytes, name, limits }
    const file = new URL("./sheet-worker.ts", import.meta.url)
    this.#worker = startThread(file, order, { megabytes, moved: [bytes.buffer] })
    this.#worker.on("error", (error) => this.#fail(asError(error)))
    this.#worker.unref()
    signal?.addEventListener("abort", this.#abort, { once: true })
  }

  /** One question at a time. */
  async ask(question: ToReader): Promise<FromReader> {
    if (this.#ended) throw this.#ended
    const reply = await this.#reply(question)
    if (reply.answer === "refused") throw new Refusal(reply.code, reply.facts)
    if (reply.answer === "broken") throw new Error(`the sheet worker met a bug (${reply.kind})`)
    return reply
  }

  async end(): Promise<void> {
    this.#ended ??= new Error("the file is closed")
    this.#signal?.removeEventListener("abort", this.#abort)
    await this.#worker.terminate()
  }

  #reply(question: ToReader): Promise<FromReader> {
    const { promise, resolve, reject } = Promise.withResolvers<FromReader>()
    const timer = setTimeout(() => this.#fail(tookTooLong(this.#limits)), this.#limits.milliseconds)
    const stop = () => reject(this.#ended ?? new Error("the sheet worker stopped by itself"))
    this.#worker.once("message", resolve)
    this.#worker.once("exit", stop)
    this.#worker.ref()
    this.#worker.postMessage(question)
    return promise.finally(() => {
      clearTimeout(timer)
      this.#worker.off("message", resolve)
      this.#worker.off("exit", stop)
      this.#worker.unref()
    })
  }

  readonly #abort = (): void => {
    this.#fail(asError(this.#signal?.reason))
  }

  #fail(error: Error): void {
    this.#ended ??= isOutOfMemory(error) ? unpacksTooLarge(this.#limits) : error
    void this.#worker.terminate()
  }
}

function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error("reading was stopped")
}
