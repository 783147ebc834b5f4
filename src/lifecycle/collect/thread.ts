/** What the threads of this slice share: a bare environment, capped memory, errors told apart. */

import { Worker } from "node:worker_threads"

/** `order` is copied, but for the buffers in `moved`. `megabytes` caps the thread's heap. */
export function startThread(
  file: URL,
  order: unknown,
  { megabytes, moved = [] }: { megabytes: number; moved?: ArrayBuffer[] },
): Worker {
  return new Worker(file, {
    workerData: order,
    transferList: moved,
    resourceLimits: { maxOldGenerationSizeMb: megabytes, maxYoungGenerationSizeMb: 32 },
    env: {},
    execArgv: [],
  })
}

export function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ERR_WORKER_OUT_OF_MEMORY"
}
