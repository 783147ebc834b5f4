/** The steps of an import and the state they add up to. Each step is a row of its own; the last one tells. Clause 2.12. */

import { z } from "zod"
import { columnFate } from "./contract.ts"

const sheetDetail = z.object({
  index: z.number().int(),
  name: z.string(),
  hidden: z.boolean(),
  rows: z.number().int(),
  header: z.array(z.string()),
  fates: z.array(columnFate),
  /** Masks of the first rows, by column; empty where nothing is taken. */
  samples: z.array(z.array(z.string())),
})

const counts = z.object({
  rows: z.number().int(),
  taken: z.number().int(),
  added: z.number().int(),
  merged: z.number().int(),
  unchanged: z.number().int(),
  toVerify: z.number().int(),
  refused: z.number().int(),
  toDestroy: z.number().int(),
  cells: z.number().int(),
})
export type Counts = z.infer<typeof counts>

export const noCounts: Counts = {
  rows: 0,
  taken: 0,
  added: 0,
  merged: 0,
  unchanged: 0,
  toVerify: 0,
  refused: 0,
  toDestroy: 0,
  cells: 0,
}

const dropped = z.object({
  column: z.number().int(),
  field: z.string(),
  header: z.string(),
  cells: z.number().int(),
})

export const step = z.discriminatedUnion("step", [
  z.object({
    step: z.literal("uploaded"),
    layout: z.string().nullable(),
    sheetIndex: z.number().int(),
    sheets: z.array(sheetDetail),
  }),
  z.object({ step: z.literal("mapped"), sheetIndex: z.number().int(), fates: z.array(columnFate) }),
  z.object({ step: z.literal("checked"), counts, dropped: z.array(dropped) }),
  z.object({ step: z.literal("committing") }),
  z.object({ step: z.literal("done"), counts }),
  z.object({ step: z.literal("failed"), code: z.string() }),
  z.object({ step: z.literal("cancelling") }),
  z.object({ step: z.literal("cancelled"), counts }),
])
export type Step = z.infer<typeof step>
export type UploadedStep = Extract<Step, { step: "uploaded" }>
export type MappedStep = Extract<Step, { step: "mapped" }>
export type CheckedStep = Extract<Step, { step: "checked" }>

const row = z.array(z.object({ step: z.string(), detail: z.record(z.string(), z.unknown()) }))

/** Reads the steps as they lie in the database, oldest first. */
export function parseSteps(stored: unknown): Step[] {
  return row.parse(stored ?? []).map(({ step: name, detail }) => step.parse({ step: name, ...detail }))
}

export type ImportState = "uploaded" | "checking" | "checked" | "committing" | "done" | "failed" | "cancelled"

const states: Readonly<Record<Step["step"], ImportState>> = {
  uploaded: "uploaded",
  mapped: "checking",
  checked: "checked",
  committing: "committing",
  cancelling: "committing",
  done: "done",
  failed: "failed",
  cancelled: "cancelled",
}

export function stateOf(steps: readonly Step[]): ImportState {
  const last = steps.at(-1)
  return last === undefined ? "failed" : states[last.step]
}

/** The newest step of a kind. */
export function newest<Name extends Step["step"]>(
  steps: readonly Step[],
  name: Name,
): Extract<Step, { step: Name }> | undefined {
  return steps.findLast((one): one is Extract<Step, { step: Name }> => one.step === name)
}

export function addCounts(a: Counts, b: Counts): Counts {
  return {
    rows: a.rows + b.rows,
    taken: a.taken + b.taken,
    added: a.added + b.added,
    merged: a.merged + b.merged,
    unchanged: a.unchanged + b.unchanged,
    toVerify: a.toVerify + b.toVerify,
    refused: a.refused + b.refused,
    toDestroy: a.toDestroy + b.toDestroy,
    cells: a.cells + b.cells,
  }
}

/** What the committed batches add up to. */
export function countsOf(batches: unknown): Counts {
  return z
    .array(counts)
    .parse(batches ?? [])
    .reduce(addCounts, noCounts)
}
