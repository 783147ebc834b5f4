/** Rules about an attempt: what may be written of it, what state it is in, who may rule. Clause 2.4. */

import { Refusal } from "../../base/refusal.ts"
import type { PurposeCode, Regime } from "../../lifecycle/catalogue/regime-shape.ts"
import type { AttemptState, Channel, Verdict } from "./contract.ts"

/** What stands for a field that the catalogue does not know: what was typed is not kept. */
const unknownField = "unclassified"

/** The code of the field that a client named, as `family_size` or `familySize`. */
export function fieldCodeOf({ fields }: Pick<Regime, "fields">, word: unknown): string {
  if (typeof word !== "string") return unknownField
  const code = word.trim().replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
  return fields.some((field) => field.code === code) ? code : unknownField
}

export function purposeCodeOf({ purposes }: Pick<Regime, "purposes">, word: unknown): PurposeCode | null {
  return purposes.find(({ code }) => code === word)?.code ?? null
}

/** Refusals that say: this is not to be asked for, or not to be asked for by you. */
const stops: ReadonlySet<string> = new Set([
  "order.field_forbidden",
  "form.field_forbidden",
  "form.field_forbidden",
  "channel.field_not_listed",
  "text.personal_found",
  "import.column_forbidden",
  "record.field_forbidden",
  "proposal.too_new",
  "proposal.no_training",
])

export function isStop({ code }: Refusal): boolean {
  return stops.has(code)
}

/** The way is read from the route: whoever asks does not say it. */
export function channelOf(route: string): Channel {
  if (/\/imports\b/.test(route)) return "import"
  if (/\/forms?\b/.test(route)) return "form"
  if (/\/texts?\b/.test(route)) return "text"
  if (/\/proposals\b/.test(route)) return "proposal"
  return "api"
}

/** A verdict other than forwarding is the last one. */
export function stateOf(verdicts: readonly Verdict[]): AttemptState {
  if (verdicts.includes("stop")) return "stopped"
  if (verdicts.includes("teach")) return "taught"
  return verdicts.includes("forward") ? "forwarded" : "open"
}

export interface Judged {
  readonly actor: string
  readonly verdicts: readonly Verdict[]
}

/** Throws `attempt.own`, `attempt.ruled_on`; what was forwarded is the officer's: `attempt.with_officer`. */
export function decideRuling(
  judged: Judged,
  { staffId, posts }: { readonly staffId: string; readonly posts: readonly string[] },
  verdict: Verdict,
): void {
  if (judged.actor === staffId) throw new Refusal("attempt.own")
  const state = stateOf(judged.verdicts)
  if (state === "stopped" || state === "taught") throw new Refusal("attempt.ruled_on")
  if (state === "open") return
  if (verdict === "forward") throw new Refusal("attempt.ruled_on")
  if (!posts.includes("privacy_officer")) throw new Refusal("attempt.with_officer")
}
