/** Running an import: the dry run, then the batches. A batch is committed with its own mark, so nothing is half-written. Clause 2.12. */

import { houseZone } from "../../base/instant.ts"
import type { House } from "../../house.ts"
import { type Actor, act } from "../../ledger/spine.ts"
import { takeRoster } from "../store/take.ts"
import { countForbidden, countRows, entriesOf, withoutForbidden } from "./import-rows.ts"
import { addCounts, type Counts, type MappedStep, noCounts } from "./import-step.ts"
import { doubtPhone, keptProblems, PhoneCount } from "./repeated-phone.ts"
import { type RosterRow, rosterReader } from "./roster-row.ts"
import type { Row } from "./sheet-shape.ts"
import {
  clearProblems,
  type Dropped,
  lastBatch,
  listRepeatedPhones,
  writeBatch,
  writeDropped,
  writeProblems,
  writeStep,
  writeToDestroy,
} from "./sql.ts"
import { openUpload } from "./upload.ts"

/** Rows a transaction: large enough to share round trips, small enough that a cancel is felt at once. */
const batchRows = 500
/** Repeated phones are kept beyond it. */
const problemsKept = 20_000

export interface Run {
  readonly importId: string
  readonly fileName: string
  readonly mapped: MappedStep
  /** Header texts by column, for the report of what was dropped. */
  readonly header: readonly string[]
  readonly signal: AbortSignal
  /** Called with the rows done so far. */
  readonly progress: (done: number) => void
}

/** Reads everything, stores nothing of it but counts and the places of problems. */
export async function dryRun(house: House, actor: Actor, run: Run): Promise<void> {
  const found: RosterRow["problems"][number][] = []
  const forbidden = new Map<number, number>()
  const phones = new PhoneCount(columnOf(run, "phone"))
  let counts = noCounts
  await eachBatch(house, { actor, run }, async ({ raw, rows }) => {
    countForbidden(raw, run.mapped.fates, forbidden)
    counts = addCounts(counts, countRows(rows, filledCells(raw, run)))
    for (const row of rows) {
      if (found.length < problemsKept) found.push(...row.problems)
      phones.add(row)
    }
    run.progress(counts.rows)
  })
  const { problems: repeated, newlyDoubted } = phones.problems()
  counts = { ...counts, toVerify: counts.toVerify + newlyDoubted }
  const problems = keptProblems(found, repeated, problemsKept)
  const dropped = droppedOf(forbidden, run)
  await act(house.spine, actor, async (command) => {
    await clearProblems(command, actor.communityId, run.importId)
    await writeProblems(command, actor.communityId, {
      importId: run.importId,
      problems,
      from: 1,
    })
    await writeStep(command, actor.communityId, {
      importId: run.importId,
      step: { step: "checked", counts, dropped },
    })
    command.trace({ act: "import.check", clause: "2.12", purpose: "move_in" })
  })
}

function columnOf(run: Run, target: string): number {
  return Math.max(
    0,
    run.mapped.fates.findIndex((fate) => fate.fate === "take" && fate.target === target),
  )
}

function filledCells(raw: readonly Row[], run: Run): number {
  return raw.reduce(
    (sum, row) =>
      sum +
      row.cells.filter((cell, column) => run.mapped.fates[column]?.fate === "take" && cell !== "").length,
    0,
  )
}

function droppedOf(forbidden: ReadonlyMap<number, number>, run: Run): Dropped[] {
  return [...forbidden].map(([column, cells]) => {
    const fate = run.mapped.fates[column]
    return {
      column,
      cells,
      field: fate?.fate === "forbidden" ? fate.field : "",
      header: run.header[column] ?? "",
    }
  })
}

/** Takes the rows in, behind the last batch that was committed. Returns what this import came to so far; stops when aborted. */
export async function commitRun(house: House, actor: Actor, run: Run): Promise<void> {
  const query = <R extends object>(text: string, values: readonly unknown[] = []) =>
    house.spine.database.read<R>(actor.context, text, values)
  const committed = await lastBatch({ query }, actor.communityId, run.importId)
  const repeated = await listRepeatedPhones({ query }, actor.communityId, run.importId)
  await eachBatch(house, { actor, run }, async ({ number, raw, rows: read, rowsDone }) => {
    if (number <= committed) return
    const rows = read.map((row) => doubtPhone(row, repeated))
    await takeBatch(house, actor, { run, number, rows, rowsDone, cells: filledCells(raw, run) })
    run.progress(rowsDone)
  })
}

interface BatchToTake {
  readonly run: Run
  readonly number: number
  readonly rows: readonly RosterRow[]
  readonly rowsDone: number
  readonly cells: number
}

async function takeBatch(
  house: House,
  actor: Actor,
  { run, number, rows, rowsDone, cells }: BatchToTake,
): Promise<void> {
  const { importId } = run
  const { entries, vacant, toDestroy } = entriesOf(rows)
  await takeRoster(house, actor, {
    entries,
    vacant,
    source: { purpose: "move_in", channel: "import", importId },
    alongside: async (command, taken) => {
      const counts: Counts = { ...countRows(rows, cells), ...taken }
      await writeBatch(command, actor.communityId, { importId, batch: number, rowsDone, counts })
      if (toDestroy.length > 0)
        await writeToDestroy(command, actor.communityId, { importId, rows: toDestroy })
    },
  })
}

/** What a commit is begun with: the mark, and the count of what is not collected. */
export async function beginCommit(
  house: House,
  actor: Actor,
  { importId, dropped }: { importId: string; dropped: readonly Dropped[] },
): Promise<void> {
  await act(house.spine, actor, async (command) => {
    await writeDropped(command, actor.communityId, { importId, dropped })
    await writeStep(command, actor.communityId, { importId, step: { step: "committing" } })
    command.trace({ act: "import.commit", clause: "2.12", purpose: "move_in" })
  })
}

interface BatchRead {
  /** Counts from 1. */
  readonly number: number
  readonly raw: readonly Row[]
  readonly rows: readonly RosterRow[]
  readonly rowsDone: number
}

async function eachBatch(
  house: House,
  { actor, run }: { actor: Actor; run: Run },
  work: (batch: BatchRead) => Promise<void>,
): Promise<void> {
  const { importId, fileName, mapped, signal } = run
  await using file = await openUpload(house, actor, { importId, name: fileName, signal })
  const read = rosterReader(mapped.fates, dayOf(house.spine.clock()))
  let number = 0
  let rowsDone = 0
  for await (const raw of batches(file.rows(mapped.sheetIndex))) {
    signal.throwIfAborted()
    number += 1
    rowsDone += raw.length
    const rows = raw.map((row) => read(withoutForbidden(row, mapped.fates)))
    await work({ number, raw, rows, rowsDone })
  }
}

/** The same rows in the same batches at every reading: that is what a batch's mark counts on. */
async function* batches(chunks: AsyncIterable<Row[]>): AsyncGenerator<Row[]> {
  let waiting: Row[] = []
  for await (const chunk of chunks) {
    waiting = waiting.concat(chunk)
    while (waiting.length >= batchRows) yield waiting.splice(0, batchRows)
  }
  if (waiting.length > 0) yield waiting
}

function dayOf(now: number): string {
  return new Intl.DateTimeFormat("sv-SE", { timeZone: houseZone }).format(now)
}
