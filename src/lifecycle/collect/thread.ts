/** What the threads of this slice share: a bare environment, capped memory, errors told apart. */

import { Worker } from "node:worker_threads"
import { Refusal } from "../../base/refusal.ts"

/** Each may take its whole cap of memory: more at once are asked to come again. */
const mostAtOnce = 4
let running = 0

/** `order` is copied, but for the buffers in `moved`. `megabytes` caps the thread's heap. Throws `server.busy`. */
export function startThread(
  file: URL,
  order: unknown,
  { megabytes, moved = [] }: { megabytes: number; moved?: ArrayBuffer[] },
): Worker {
  if (running >= mostAtOnce) throw new Refusal("server.busy")
  const worker = new Worker(file, {
    workerData: order,
    transferList: moved,
    resourceLimits: { maxOldGenerationSizeMb: megabytes, maxYoungGenerationSizeMb: 32 },
    env: {},
    execArgv: [],
  })
  running += 1
  worker.once("exit", () => {
    running -= 1
  })
  return worker
}

export function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ERR_WORKER_OUT_OF_MEMORY"
}
