/**
 * Imports in the background: one at a time a community, cancelled between batches, taken up again after a restart.
 * An import runs where its sealed file lies: on the server that took the upload.
 */

import { Refusal } from "../../base/refusal.ts"
import type { House } from "../../house.ts"
import { type Actor, act } from "../../ledger/spine.ts"
import { sqlState } from "../../platform/database.ts"
import { whereOf } from "../../platform/log.ts"
import { beginCommit, commitRun, dryRun, type Run } from "./import-run.ts"
import {
  type CheckedStep,
  type Counts,
  countsOf,
  type MappedStep,
  newest,
  parseSteps,
  type Step,
  stateOf,
} from "./import-step.ts"
import { type Asked, countProblems, type ImportRow, readImport, writeStep } from "./sql.ts"
import { discardUpload } from "./upload.ts"

interface Running {
  readonly abort: AbortController
  readonly communityId: string
  done: number
  finished: Promise<void>
}

class Cancelled extends Error {}

export class Importer {
  readonly #house: House
  readonly #running = new Map<string, Running>()
  readonly #reserved = new Set<string>()

  constructor(house: House) {
    this.#house = house
  }

  /** Rows done while it runs here; undefined when it does not. */
  progress(importId: string): number | undefined {
    return this.#running.get(importId)?.done
  }

  /** Writes the mapping and begins the dry run; neither when another import of the community runs. */
  async startCheck(actor: Actor, row: ImportRow, mapped: MappedStep): Promise<void> {
    const release = this.#reserve(actor.communityId)
    try {
      // What was taken under one mapping stays; the rest of the file does not go on under another.
      if (row.rows_done !== null) throw new Refusal("import.not_ready")
      await this.#record(actor, row.import_id, mapped)
    } finally {
      release()
    }
    await this.#resumeCheck(actor, row.import_id)
  }

  /** Marks the commit before it begins, so that a restart takes it up. */
  async startCommit(actor: Actor, row: ImportRow): Promise<void> {
    const release = this.#reserve(actor.communityId)
    try {
      const checked = checkedOf(parseSteps(row.steps))
      await beginCommit(this.#house, actor, { importId: row.import_id, dropped: checked.dropped })
    } finally {
      release()
    }
    this.#startCommitting(actor, row)
  }

  /** Stops before the next batch. Returns when it has stopped; what runs nowhere any more is ended too. */
  async cancel(actor: Actor, importId: string): Promise<void> {
    const running = this.#running.get(importId)
    if (running === undefined) return this.#end(actor, importId, (counts) => ({ step: "cancelled", counts }))
    running.abort.abort(new Cancelled())
    await running.finished
  }

  /** Takes up what a stopped server left, and returns when it is through. `actor` is whoever began it. */
  async resume(actor: Actor, row: ImportRow): Promise<void> {
    const last = parseSteps(row.steps).at(-1)?.step
    if (last === "mapped") await this.#resumeCheck(actor, row.import_id)
    if (last === "committing") this.#startCommitting(actor, row)
    await this.#running.get(row.import_id)?.finished
  }

  /** Lets the batch under way finish; the rest waits for the next start. */
  async close(): Promise<void> {
    const running = [...this.#running.values()]
    for (const { abort } of running) abort.abort(new Error("the server stops"))
    await Promise.allSettled(running.map(({ finished }) => finished))
  }

  #startCommitting(actor: Actor, row: ImportRow): void {
    this.#start(actor, row, async (run) => {
      await commitRun(this.#house, actor, run)
      await this.#end(actor, row.import_id, (counts) => ({ step: "done", counts }))
    })
  }

  async #resumeCheck(actor: Actor, importId: string): Promise<void> {
    const row = await readImport(this.#asked(actor), actor.communityId, importId)
    if (row !== undefined) this.#start(actor, row, (run) => dryRun(this.#house, actor, run))
  }

  /** Held while a start is being written: two that come together must not both find the place free. */
  #reserve(communityId: string): () => void {
    this.#refuseSecond(communityId)
    this.#reserved.add(communityId)
    return () => this.#reserved.delete(communityId)
  }

  #refuseSecond(communityId: string): void {
    const isRunning = [...this.#running.values()].some((one) => one.communityId === communityId)
    if (isRunning || this.#reserved.has(communityId)) throw new Refusal("import.running")
  }

  #start(actor: Actor, row: ImportRow, work: (run: Run) => Promise<void>): void {
    this.#refuseSecond(actor.communityId)
    const abort = new AbortController()
    const running: Running = { abort, communityId: actor.communityId, done: 0, finished: Promise.resolve() }
    this.#running.set(row.import_id, running)
    running.finished = work(runOf(row, abort.signal, (done) => (running.done = done)))
      .catch((error: unknown) => this.#fail(actor, row.import_id, error))
      .finally(() => this.#running.delete(row.import_id))
  }

  async #fail(actor: Actor, importId: string, error: unknown): Promise<void> {
    const { log } = this.#house
    try {
      if (error instanceof Cancelled)
        return await this.#end(actor, importId, (counts) => ({ step: "cancelled", counts }))
      // A lost database or a stopping server is no verdict on the file: the import goes on at the next start.
      if (error instanceof Refusal)
        return await this.#record(actor, importId, { step: "failed", code: error.code })
      log.event("job.failed", { job: "import", id: importId, where: whereOf(error) })
      if (sqlState(error) === undefined && !isStop(error))
        await this.#record(actor, importId, { step: "failed", code: "import.file_damaged" })
    } catch (second) {
      log.event("job.failed", { job: "import", id: importId, where: whereOf(second) })
    }
  }

  async #end(actor: Actor, importId: string, stepOf: (counts: Counts) => Step): Promise<void> {
    const row = await readImport(this.#asked(actor), actor.communityId, importId)
    const step = stepOf(countsOf(row?.batch_counts))
    await this.#record(actor, importId, step)
    if (stateOf([step]) !== "done") return
    const problems = await countProblems(this.#asked(actor), actor.communityId, importId)
    // Nothing to hand back and nothing to go on with: the upload has served.
    if (problems === 0) await discardUpload(this.#house, actor, importId)
  }

  async #record(actor: Actor, importId: string, step: Step): Promise<void> {
    await act(this.#house.spine, actor, async (command) => {
      await writeStep(command, actor.communityId, { importId, step })
      command.trace({
        act: step.step === "mapped" ? "import.map" : `import.${step.step}`,
        clause: "2.12",
        purpose: "move_in",
      })
    })
  }

  #asked(actor: Actor): Asked {
    return { query: (text, values = []) => this.#house.spine.database.read(actor.context, text, values) }
  }
}

/** The dry run that the newest mapping had. Throws `import.not_ready` when it had none. */
function checkedOf(steps: readonly Step[]): CheckedStep {
  const checked = newest(steps, "checked")
  const last = (name: Step["step"]) => steps.findLastIndex((one) => one.step === name)
  if (checked === undefined || last("mapped") > last("checked")) throw new Refusal("import.not_ready")
  return checked
}

function isStop(error: unknown): boolean {
  return (
    error instanceof Error &&
    /^(the server stops|Connection terminated|the lane is closed)/.test(error.message)
  )
}

function runOf(row: ImportRow, signal: AbortSignal, progress: (done: number) => void): Run {
  const steps = parseSteps(row.steps)
  const uploaded = newest(steps, "uploaded")
  const mapped = newest(steps, "mapped")
  if (uploaded === undefined || mapped === undefined) throw new Refusal("import.not_ready")
  const header = uploaded.sheets[mapped.sheetIndex]?.header ?? []
  return { importId: row.import_id, fileName: row.file_name, mapped, header, signal, progress }
}
