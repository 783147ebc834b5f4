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
import { type Counts, countsOf, newest, parseSteps, type Step, stateOf } from "./import-step.ts"
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

  constructor(house: House) {
    this.#house = house
  }

  /** Rows done while it runs here; undefined when it does not. */
  progress(importId: string): number | undefined {
    return this.#running.get(importId)?.done
  }

  startCheck(actor: Actor, row: ImportRow): void {
    this.#start(actor, row, (run) => dryRun(this.#house, actor, run))
  }

  /** Marks the commit before it begins, so that a restart takes it up. */
  async startCommit(actor: Actor, row: ImportRow): Promise<void> {
    this.#refuseSecond(actor.communityId)
    const checked = newest(parseSteps(row.steps), "checked")
    if (checked === undefined) throw new Refusal("import.not_ready")
    await beginCommit(this.#house, actor, { importId: row.import_id, dropped: checked.dropped })
    this.#startCommitting(actor, row)
  }

  /** Stops before the next batch. Returns when it has stopped. */
  async cancel(importId: string): Promise<void> {
    const running = this.#running.get(importId)
    running?.abort.abort(new Cancelled())
    await running?.finished
  }

  /** Takes up what a stopped server left. `actor` is whoever began it. */
  resume(actor: Actor, row: ImportRow): void {
    const last = parseSteps(row.steps).at(-1)?.step
    if (last === "mapped") this.startCheck(actor, row)
    if (last === "committing") this.#startCommitting(actor, row)
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

  #refuseSecond(communityId: string): void {
    if ([...this.#running.values()].some((one) => one.communityId === communityId))
      throw new Refusal("import.running")
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
      command.trace({ act: `import.${step.step}`, clause: "2.12", purpose: "move_in" })
    })
  }

  #asked(actor: Actor): Asked {
    return { query: (text, values = []) => this.#house.spine.database.read(actor.context, text, values) }
  }
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
