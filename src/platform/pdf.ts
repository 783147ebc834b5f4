/**
 * Makes a PDF of a document definition of pdfmake, on a thread of its own so that nobody waits for its layout. The font lies
 * in the file (Noto Sans SC, whole: names have rare characters), so that it reads the same everywhere and in thirty years.
 */

import { Worker } from "node:worker_threads"
import { Refusal } from "../base/refusal.ts"

/** Text, lines, tables: plain data. No picture is fetched: a QR code is `{ qr: text }`, a drawing `{ svg: text }`. */
export interface PdfDocument {
  readonly content: readonly unknown[]
  readonly pageSize?: "A4" | "A5"
  readonly pageMargins?: readonly [number, number, number, number]
  readonly styles?: Readonly<Record<string, object>>
  /** At the foot of every page, before its number. */
  readonly foot?: string
  readonly title: string
  /** Across every page. */
  readonly watermark?: Readonly<Record<string, string | number>>
  /** Encrypts it (AES-256): nobody reads it without. */
  readonly password?: string
}

export type FromPdfWorker = Readonly<{ bytes: Uint8Array } | { broken: string }>

/** Each loads the whole font. */
const mostAtOnce = 2
const longestMilliseconds = 30_000
const megabytes = 512
let running = 0

/** Throws `server.busy` when as many are made as may be at once, or when one takes too long. */
export async function makePdf(document: PdfDocument): Promise<Uint8Array> {
  if (running >= mostAtOnce) throw new Refusal("server.busy")
  running += 1
  const worker = new Worker(new URL("./pdf-worker.ts", import.meta.url), {
    workerData: document,
    resourceLimits: { maxOldGenerationSizeMb: megabytes },
    env: {},
    execArgv: [],
  })
  const { promise, resolve, reject } = Promise.withResolvers<FromPdfWorker>()
  const timer = setTimeout(() => reject(new Refusal("server.busy")), longestMilliseconds)
  worker.once("message", resolve)
  worker.once("error", reject)
  worker.once("exit", () => reject(new Error("the thread of a pdf stopped by itself")))
  try {
    const answer = await promise
    if ("broken" in answer) throw new Error(`a pdf could not be made (${answer.broken})`)
    return answer.bytes
  } finally {
    clearTimeout(timer)
    running -= 1
    await worker.terminate()
  }
}
