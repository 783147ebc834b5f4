/** What differs between two versions of the regime, for people to read. Clause 2.3. */

import { fieldCodes } from "./field.ts"
import type { OwnLimits } from "./own-limits.ts"
import { cell } from "./regime.ts"
import type { CellRule, RegimeText } from "./regime-shape.ts"
import { type WatchCode, watchCodes } from "./watch-shape.ts"

export type Difference =
  | { readonly kind: "purpose_added" | "purpose_removed"; readonly purpose: string }
  | {
      readonly kind: "purpose_changed"
      readonly purpose: string
      readonly part: "label" | "service" | "basis" | "isShared" | "isPublished"
      readonly before: string
      readonly after: string
    }
  | {
      readonly kind: "cell"
      readonly purpose: string
      readonly field: string
      readonly before: CellRule
      readonly after: CellRule
    }
  | { readonly kind: "cell_text"; readonly purpose: string; readonly field: string }
  | {
      readonly kind: "field_changed"
      readonly field: string
      readonly part: "label" | "retention"
      readonly before: string
      readonly after: string
    }
  | { readonly kind: "number"; readonly name: string; readonly before: string; readonly after: string }
  | { readonly kind: "rule_on" | "rule_off"; readonly rule: WatchCode }

/** Purposes first, then cells, fields, numbers. */
export function compareRegimes(before: RegimeText, after: RegimeText): readonly Difference[] {
  return [
    ...purposesDiffer(before, after),
    ...cellsDiffer(before, after),
    ...fieldsDiffer(before, after),
    ...limitsDiffer(before.limits, after.limits),
  ]
}

function limitsDiffer(before: OwnLimits | undefined, after: OwnLimits | undefined): Difference[] {
  if (before === undefined || after === undefined) return []
  const numbers = Object.entries(after.numbers)
    .filter(([name, value]) => before.numbers[name] !== value)
    .map(
      ([name, value]): Difference => ({
        kind: "number",
        name,
        before: String(before.numbers[name] ?? ""),
        after: String(value),
      }),
    )
  const [off, now] = [new Set(before.off), new Set(after.off)]
  const turned = watchCodes
    .filter((rule) => off.has(rule) !== now.has(rule))
    .map((rule): Difference => ({ kind: now.has(rule) ? "rule_off" : "rule_on", rule }))
  return [...numbers, ...turned]
}

const parts = ["label", "service", "basis", "isShared", "isPublished"] as const

function purposesDiffer(before: RegimeText, after: RegimeText): Difference[] {
  const old = new Map(before.purposes.map((purpose) => [purpose.code, purpose]))
  const now = new Set(after.purposes.map(({ code }) => code))
  const gone = before.purposes
    .filter(({ code }) => !now.has(code))
    .map(({ code }): Difference => ({ kind: "purpose_removed", purpose: code }))
  const rest = after.purposes.flatMap((purpose): Difference[] => {
    const was = old.get(purpose.code)
    if (was === undefined) return [{ kind: "purpose_added", purpose: purpose.code }]
    return parts
      .filter((part) => said(was[part]) !== said(purpose[part]))
      .map((part) => ({
        kind: "purpose_changed",
        purpose: purpose.code,
        part,
        before: said(was[part]),
        after: said(purpose[part]),
      }))
  })
  return [...gone, ...rest]
}

function cellsDiffer(before: RegimeText, after: RegimeText): Difference[] {
  const codes = new Set([...before.purposes, ...after.purposes].map(({ code }) => code))
  return [...codes].flatMap((purpose) =>
    fieldCodes.flatMap((field): Difference[] => {
      const [was, is] = [cell(before, purpose, field), cell(after, purpose, field)]
      if (was !== is) return [{ kind: "cell", purpose, field, before: was, after: is }]
      const text = (regime: RegimeText) => JSON.stringify(textOf(regime, purpose, field))
      return text(before) === text(after) ? [] : [{ kind: "cell_text", purpose, field }]
    }),
  )
}

function textOf(regime: RegimeText, purpose: string, field: (typeof fieldCodes)[number]): readonly string[] {
  const found = regime.matrix[purpose]?.[field]
  return [found?.note?.["zh-CN"] ?? "", found?.note?.en ?? "", found?.ground ?? ""]
}

function fieldsDiffer(before: RegimeText, after: RegimeText): Difference[] {
  const old = new Map(before.fields.map((field) => [field.code, field]))
  return after.fields.flatMap((field) => {
    const was = old.get(field.code)
    return (["label", "retention"] as const)
      .filter((part) => was !== undefined && said(was[part]) !== said(field[part]))
      .map(
        (part): Difference => ({
          kind: "field_changed",
          field: field.code,
          part,
          before: said(was?.[part] ?? ""),
          after: said(field[part]),
        }),
      )
  })
}

function said(part: string | boolean | { readonly "zh-CN": string; readonly en: string }): string {
  if (typeof part === "object") return `${part["zh-CN"]} / ${part.en}`
  return String(part)
}
