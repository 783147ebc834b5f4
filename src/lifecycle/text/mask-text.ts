/** Free text with what was found made unreadable, so that its sentence can still be read. Clauses 2.9, 3.10. */

import type { Finding } from "./finding.ts"

/** 139****0001 of a mobile; of everything else stars. What is masked once is not found again. */
export function maskFinding(finding: Finding): string {
  const { kind, value } = finding
  if (value !== null && kind === "phone") return `${value.slice(0, 3)}****${value.slice(-4)}`
  if (value !== null && kind === "plate") return `${value.slice(0, 1)}****${value.slice(-1)}`
  return "***"
}

export function maskIn(text: string, findings: readonly Finding[]): string {
  return findings
    .toSorted((a, b) => b.start - a.start)
    .reduce((whole, one) => whole.slice(0, one.start) + maskFinding(one) + whole.slice(one.end), text)
}
