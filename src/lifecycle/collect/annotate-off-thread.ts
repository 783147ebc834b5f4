/** Writes the annotated copy on a thread of its own, with capped memory and time. Clause 2.12. */

import { Refusal, type RefusalFacts } from "../../base/refusal.ts"
import type { RefusalCode } from "../../base/refusal-codes.ts"
import type { Annotation } from "./annotate.ts"
import { tookTooLong, unpacksTooLarge } from "./sheet-shape.ts"
import { isOutOfMemory, startThread } from "./thread.ts"

export type AnnotateOrder = Readonly<{ bytes: Uint8Array; name: string; annotation: Annotation }>

export type FromAnnotator = Readonly<
  | { answer: "copy"; bytes: Uint8Array }
  | { answer: "refused"; code: RefusalCode; facts: RefusalFacts }
  | { answer: "broken"; kind: string }
>

const megabytes = 1024

/** As `annotate`. `bytes` are copied to the thread. @throws also the reason of `signal` when it aborts. */
export async function annotateOffThread(
  bytes: Uint8Array,
  name: string,
  { signal, ...annotation }: Annotation & { signal?: AbortSignal },
): Promise<Uint8Array> {
  signal?.throwIfAborted()
  const order: AnnotateOrder = { bytes, name, annotation }
  const worker = startThread(new URL("./annotate-worker.ts", import.meta.url), order, { megabytes })
  const { promise, resolve, reject } = Promise.withResolvers<FromAnnotator>()
  const abort = () => reject(signal?.reason)
  const timer = setTimeout(() => reject(tookTooLong(annotation.limits)), annotation.limits.milliseconds)
  signal?.addEventListener("abort", abort, { once: true })
  worker.once("message", resolve)
  worker.once("error", (error) => reject(isOutOfMemory(error) ? unpacksTooLarge(annotation.limits) : error))
  worker.once("exit", () => reject(new Error("the annotating thread stopped by itself")))
  try {
    return copyOf(await promise)
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener("abort", abort)
    await worker.terminate()
  }
}

function copyOf(reply: FromAnnotator): Uint8Array {
  if (reply.answer === "refused") throw new Refusal(reply.code, reply.facts)
  if (reply.answer === "broken") throw new Error(`the annotating thread met a bug (${reply.kind})`)
  return reply.bytes
}
