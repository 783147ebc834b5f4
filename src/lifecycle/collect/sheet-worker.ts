/** The thread that reads one file: whatever the file does to it, it does to this thread only. Clause 2.12. */

import { parentPort, workerData } from "node:worker_threads"
import { z } from "zod"
import { Refusal } from "../../base/refusal.ts"
import { openSheets } from "./sheet.ts"
import type { FromReader, ReadingOrder, ToReader } from "./sheet-message.ts"
import type { Row, SheetSource } from "./sheet-shape.ts"

const rowsAtOnce = 1000

// Made by our own thread starter with this very type.
const order = z.custom<ReadingOrder>().parse(workerData)
const port = parentPort
if (!port) throw new Error("the sheet worker was not started as a thread")

let source: SheetSource | undefined
let chunks: AsyncIterator<Row[]> | undefined

port.on("message", (question: ToReader) => {
  void answer(question).then((reply) => port.postMessage(reply))
})

async function answer(question: ToReader): Promise<FromReader> {
  try {
    return await reply(question)
  } catch (error) {
    if (error instanceof Refusal) return { answer: "refused", code: error.code, facts: error.facts }
    return { answer: "broken", kind: error instanceof Error ? error.name : typeof error }
  }
}

async function reply(question: ToReader): Promise<FromReader> {
  source ??= await openSheets(order.bytes, order.name, order.limits)
  if (question.ask === "sheets") return { answer: "sheets", sheets: source.sheets }
  if (question.ask === "rows") chunks = inChunks(source.rows(question.sheet))
  const next = await chunks?.next()
  return next && !next.done ? { answer: "rows", rows: next.value } : { answer: "end" }
}

async function* inChunks(pieces: AsyncIterable<Row[]>): AsyncGenerator<Row[]> {
  let gathered: Row[] = []
  for await (const rows of pieces) {
    for (const row of rows) gathered.push(row)
    if (gathered.length < rowsAtOnce) continue
    yield gathered
    gathered = []
  }
  if (gathered.length > 0) yield gathered
}
