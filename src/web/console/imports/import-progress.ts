import type { ImportSummary } from "../../../lifecycle/collect/contract.ts"

type State = ImportSummary["state"]

/** The five steps as the page shows them. */
export const importSteps = ["upload", "mapping", "check", "commit", "done"] as const
export type ImportStep = (typeof importSteps)[number]

const stepOf = {
  reading: "upload",
  uploaded: "mapping",
  checking: "check",
  checked: "check",
  committing: "commit",
  done: "done",
} as const satisfies Partial<Record<State, ImportStep>>

/** How far an import has come. One that failed or was cancelled stopped where its counts and mapping end. */
export function stepReached({ state, counts }: Pick<ImportSummary, "state" | "counts">): ImportStep {
  if (state === "cancelled") return counts === null ? "mapping" : "commit"
  if (state === "failed") return counts === null ? "upload" : "commit"
  return stepOf[state]
}

/** The server is at work on it: worth asking again. */
export function isRunning({ state }: Pick<ImportSummary, "state">): boolean {
  return state === "reading" || state === "checking" || state === "committing"
}

/** 0–100; 0 while the total is not known. */
export function percentOf({ done, total }: ImportSummary["progress"]): number {
  return total === 0 ? 0 : Math.min(100, Math.floor((done / total) * 100))
}
