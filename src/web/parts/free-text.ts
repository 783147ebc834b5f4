/** Decisions about what was found in a text, by its words: they stand while the rest of the text changes. Clause 2.9. */

import { findPersonal } from "../../lifecycle/text/find-personal.ts"
import type { Finding } from "../../lifecycle/text/finding.ts"
import type { Kept } from "../../lifecycle/text/kept.ts"

export interface KeptWords {
  readonly kind: Finding["kind"]
  readonly words: string
  readonly reason: Kept["reason"]
}

export interface Judged {
  readonly open: readonly Finding[]
  readonly kept: readonly Kept[]
}

export function judge(text: string, decided: readonly KeptWords[]): Judged {
  const open: Finding[] = []
  const kept: Kept[] = []
  for (const finding of findPersonal(text)) {
    const words = wordsOf(text, finding)
    const decision = decided.find((one) => one.kind === finding.kind && one.words === words)
    if (decision === undefined) open.push(finding)
    else kept.push({ kind: finding.kind, start: finding.start, end: finding.end, reason: decision.reason })
  }
  return { open, kept }
}

export function wordsOf(text: string, { start, end }: Pick<Finding, "start" | "end">): string {
  return text.slice(start, end)
}

export function replaced(text: string, { start, end }: Pick<Finding, "start" | "end">, by: string): string {
  return text.slice(0, start) + by + text.slice(end)
}
