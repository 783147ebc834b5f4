/** Taking an order in: what the matrix lets it hold, and what the caller said, canonical. Clauses 2.3, 4.3. */

import { Refusal } from "../../base/refusal.ts"
import type { FieldCode } from "../catalogue/field.ts"
import { mask } from "../catalogue/mask.ts"
import { parseField } from "../catalogue/parse.ts"
import { mayCollect, standingRule } from "../catalogue/regime.ts"
import type { Regime, StandingRule } from "../catalogue/regime-shape.ts"
import type { OrderKind } from "./contract.ts"

export interface Said {
  readonly kind: OrderKind
  readonly phone?: string | undefined
  readonly plate?: string | undefined
  readonly text: string
}

export interface Intake {
  readonly rule: StandingRule
  /** What the order itself keeps, sealed: the text under its kind's field, phone and plate where typed. */
  readonly facts: Record<string, string>
  readonly masks: Record<string, string>
}

/** The field that holds an order's text. */
export function textField(kind: OrderKind): FieldCode {
  return kind === "repair" ? "repair" : "complaint"
}

/** Throws `order.field_forbidden` for what the purpose may not take, `order.phone_invalid` for what is no phone. */
export function takeIn(regime: Regime, said: Said): Intake {
  const rule = standingRule(regime, said.kind)
  if (rule === undefined) throw new Error("an order kind has no standing rule")
  const facts: Record<string, string> = { [textField(said.kind)]: said.text }
  const masks: Record<string, string> = {}
  for (const field of ["phone", "plate"] as const) {
    const typed = said[field]
    if (typed === undefined || typed === "") continue
    if (!mayCollect(regime, rule.purpose, field)) throw new Refusal("order.field_forbidden", { field })
    facts[field] = canonical(field, typed)
    masks[field] = mask(maskField(field, facts[field]), facts[field])
  }
  return { rule, facts, masks }
}

function canonical(field: "phone" | "plate", typed: string): string {
  const parsed = parseField(field, typed)
  if (parsed.kind === "value") return parsed.value
  const landline = field === "phone" ? parseField("landline", typed) : parsed
  if (landline.kind === "value") return landline.value
  throw new Refusal("order.phone_invalid", { field })
}

function maskField(field: "phone" | "plate", value: string): FieldCode {
  return field === "phone" && value.startsWith("0") ? "landline" : field
}
