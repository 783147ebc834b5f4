/** The thread that writes one annotated copy. Clause 2.12. */

import { parentPort, workerData } from "node:worker_threads"
import { z } from "zod"
import { Refusal } from "../../base/refusal.ts"
import { annotate } from "./annotate.ts"
import type { AnnotateOrder, FromAnnotator } from "./annotate-off-thread.ts"

// Made by our own thread starter with this very type.
const order = z.custom<AnnotateOrder>().parse(workerData)

async function copy(): Promise<FromAnnotator> {
  try {
    return { answer: "copy", bytes: await annotate(order.bytes, order.name, order.annotation) }
  } catch (error) {
    if (error instanceof Refusal) return { answer: "refused", code: error.code, facts: error.facts }
    return { answer: "broken", kind: error instanceof Error ? error.name : typeof error }
  }
}

parentPort?.postMessage(await copy())
