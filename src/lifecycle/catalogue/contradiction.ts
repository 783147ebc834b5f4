/** What a regime can say against itself: a code and the codes it is about. The sentences are in the locales of the console. */

export const contradictionCodes = [
  "twice",
  "retention_unknown",
  "not_sealed",
  "purpose_missing",
  "no_basis",
  "code_improper",
  "row_without_purpose",
  "field_unknown",
  "apart_required",
  "rule_shows",
  "rule_endless",
  "level_apart",
  "level_misfit",
  "level_smaller",
  "posts_together",
  "emergency_opens",
  "lines_crossed",
] as const
export type ContradictionCode = (typeof contradictionCodes)[number]

export interface Contradiction {
  readonly code: ContradictionCode
  readonly facts: Readonly<Record<string, string>>
}
