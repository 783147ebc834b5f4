/** Reads the purposes of a draft as a careful officer would: what may not be, and what had better not be. Clauses 2.1–2.3, 2.11. */

import { type Need, needsOf } from "./assessment-need.ts"
import { type FieldCode, isFieldCode } from "./field.ts"
import { citedFields, convenienceWords, fieldReasons, vagueWords } from "./lint-words.ts"
import { cell } from "./regime.ts"
import type { Purpose, RegimeText, WithMatrix } from "./regime-shape.ts"

export const lintCodes = [
  "convenience",
  "no_basis",
  "no_service",
  "no_ground",
  "unassessed",
  "ground_inherited",
  "assessment_inherited",
  "vague",
  "beyond_service",
  "takes_nothing",
  "unused",
] as const
export type LintCode = (typeof lintCodes)[number]

/** An error keeps the draft from being signed; a warning is read and decided. */
export interface Finding {
  readonly code: LintCode
  readonly level: "error" | "warning"
  readonly purpose: string
  readonly field?: string | undefined
  /** The word that was found. */
  readonly word?: string | undefined
}

/** When a purpose last took a field, from the traces. */
export interface LastUse {
  readonly purpose: string
  readonly field: string
  /** Milliseconds since the epoch. */
  readonly at: number
}

export interface LintInput {
  readonly regime: RegimeText
  /** The regime in force: what it takes already is not new. */
  readonly inForce: WithMatrix
  /** What signed assessments speak of. */
  readonly assessed: readonly Need[]
  /** Left out where nothing is known of uses. `since`: of the oldest trace. */
  readonly uses?: { readonly since: number; readonly last: readonly LastUse[] } | undefined
  readonly now: number
}

/** Nobody used it for so long: three months. */
const unusedMilliseconds = 90 * 86_400_000

/** Errors first, then by purpose in the order of the regime. */
export function lintPurposes(input: LintInput): readonly Finding[] {
  const found = input.regime.purposes.flatMap((purpose) => rules.flatMap((rule) => rule(purpose, input)))
  return found.toSorted((a, b) => Number(a.level === "warning") - Number(b.level === "warning"))
}

/** A word of convenience in name or service; undefined: there is none. A purpose with one is not even drafted. Clause 2.2. */
export function convenienceIn(purpose: Pick<Purpose, "label" | "service">): string | undefined {
  return wordIn(purpose, convenienceWords)
}

type Rule = (purpose: Purpose, input: LintInput) => readonly Finding[]

const rules: readonly Rule[] = [
  forConvenience,
  withoutBasis,
  withoutService,
  withoutGround,
  withoutAssessment,
  vaguely,
  beyondItsService,
  takingNothing,
  neverUsed,
]

function forConvenience(purpose: Purpose): Finding[] {
  const word = convenienceIn(purpose)
  return word === undefined ? [] : [{ code: "convenience", level: "error", purpose: purpose.code, word }]
}

function withoutBasis({ code, basis }: Purpose): Finding[] {
  return /^PIPL 13\([1-7]\)/.test(basis) ? [] : [{ code: "no_basis", level: "error", purpose: code }]
}

/** The name said again tells nothing. */
function withoutService({ code, label, service }: Purpose): Finding[] {
  const zh = plain(service["zh-CN"])
  const says = zh.length >= 4 && zh !== plain(label["zh-CN"]) && plain(service.en).length >= 4
  return says ? [] : [{ code: "no_service", level: "error", purpose: code }]
}

/** What the regime in force takes without a ground goes on, and is told. */
function withoutGround({ code }: Purpose, { regime, inForce }: LintInput): Finding[] {
  return citedFields
    .filter(isFieldCode)
    .filter((field) => cell(regime, code, field) !== "forbidden")
    .filter((field) => (regime.matrix[code]?.[field]?.ground ?? "").trim() === "")
    .map((field) =>
      cell(inForce, code, field) === "forbidden"
        ? { code: "no_ground", level: "error", purpose: code, field }
        : { code: "ground_inherited", level: "warning", purpose: code, field },
    )
}

function withoutAssessment({ code }: Purpose, { regime, assessed }: LintInput): Finding[] {
  const { missing, inherited } = needsOf(regime, assessed)
  if (missing.some(({ purpose }) => purpose === code))
    return [{ code: "unassessed", level: "error", purpose: code }]
  if (inherited.some(({ purpose }) => purpose === code))
    return [{ code: "assessment_inherited", level: "warning", purpose: code }]
  return []
}

function vaguely(purpose: Purpose): Finding[] {
  const word = wordIn(purpose, vagueWords)
  return word === undefined ? [] : [{ code: "vague", level: "warning", purpose: purpose.code, word }]
}

function beyondItsService({ code, label, service }: Purpose, { regime }: LintInput): Finding[] {
  const text = textOf({ label, service })
  return takenBy(regime, code)
    .filter((field) => !(fieldReasons[field] ?? [""]).some((word) => text.includes(word)))
    .map((field) => ({ code: "beyond_service", level: "warning", purpose: code, field }))
}

function takingNothing({ code }: Purpose, { regime }: LintInput): Finding[] {
  return takenBy(regime, code).length > 0 ? [] : [{ code: "takes_nothing", level: "warning", purpose: code }]
}

/** Told only where the purpose was at work and the traces go back far enough. */
function neverUsed({ code }: Purpose, { regime, inForce, uses, now }: LintInput): Finding[] {
  if (uses === undefined || now - uses.since < unusedMilliseconds) return []
  const own = uses.last.filter(({ purpose }) => purpose === code)
  if (own.length === 0) return []
  const isUsed = (field: string) =>
    own.some((use) => use.field === field && now - use.at < unusedMilliseconds)
  return takenBy(regime, code)
    .filter((field) => cell(inForce, code, field) !== "forbidden" && !isUsed(field))
    .map((field) => ({ code: "unused", level: "warning", purpose: code, field }))
}

function takenBy(regime: WithMatrix, purpose: string): FieldCode[] {
  return Object.keys(regime.matrix[purpose] ?? {})
    .filter(isFieldCode)
    .filter((field) => cell(regime, purpose, field) !== "forbidden")
}

function wordIn(purpose: Pick<Purpose, "label" | "service">, words: readonly string[]): string | undefined {
  const text = textOf(purpose)
  return words.find((word) => text.includes(word))
}

/** In parts that no word reaches across. */
function textOf({ label, service }: Pick<Purpose, "label" | "service">): string {
  return [label["zh-CN"], service["zh-CN"], label.en, service.en].map(plain).join("|")
}

/** Full-width letters made narrow, spaces and separators out: 方 便-管理 is 方便管理. */
function plain(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll(/[\s·•,，、。;；:：!！?？"'“”‘’()（）【】[\]_\-—–/\\]/gu, "")
}
