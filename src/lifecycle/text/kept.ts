/** What a writer decided to keep in a text, and what of the text is still undecided. Clause 2.9. */

import { z } from "zod"
import { Refusal } from "../../base/refusal.ts"
import { findPersonal } from "./find-personal.ts"
import { type Finding, findingKinds } from "./finding.ts"

export const keepReasons = ["not_personal", "needed_on_site", "caller_asked", "public_number"] as const

/** One finding that stays in the text, by its place. */
export const kept = z.strictObject({
  kind: z.enum(findingKinds),
  start: z.number().int().min(0),
  end: z.number().int().min(1),
  reason: z.enum(keepReasons),
})
export type Kept = z.infer<typeof kept>

/** What was found and not decided on. */
function undecided(text: string, decided: readonly Kept[]): Finding[] {
  return findPersonal(text).filter((finding) => !decided.some((one) => isOf(one, finding)))
}

/** The decisions that stand for something found. Throws `text.personal_found`, which names places and kinds, when something is left. */
export function keptOf(text: string, decided: readonly Kept[]): Kept[] {
  const open = undecided(text, decided)
  const [first] = open
  if (first !== undefined) {
    const spans = open.map(({ kind, start, end }) => `${kind}:${start}-${end}`).join(" ")
    throw new Refusal("text.personal_found", { count: open.length, field: first.kind, spans })
  }
  const found = findPersonal(text)
  return decided.filter((one) => found.some((finding) => isOf(one, finding)))
}

function isOf(one: Pick<Kept, "kind" | "start" | "end">, finding: Finding): boolean {
  return one.kind === finding.kind && one.start === finding.start && one.end === finding.end
}
