/** The thread that writes one annotated copy. Clause 2.12. */

import { parentPort, workerData } from "node:worker_threads"
import { Refusal } from "../../base/refusal.ts"
import { annotate } from "./annotate.ts"
import type { AnnotateOrder, FromAnnotator } from "./annotate-off-thread.ts"

const order: AnnotateOrder = workerData

async function copy(): Promise<FromAnnotator> {
  try {
    return { answer: "copy", bytes: await annotate(order.bytes, order.name, order.annotation) }
  } catch (error) {
    if (error instanceof Refusal) return { answer: "refused", code: error.code, facts: error.facts }
    return { answer: "broken", kind: error instanceof Error ? error.name : typeof error }
  }
}

parentPort?.postMessage(await copy())
