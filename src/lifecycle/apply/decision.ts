/**
 * Whose signatures an application needs: a pure function of rules and facts, in a compact form. Clauses 3.4, 4.4.
 *
 * Each condition of each rule becomes one bit in a table of the values of its fact; the rules that hold are the AND of what the
 * tables say, and what they need is one more look-up. Twelve array reads decide, whatever the number of rules (at most 30).
 */

import {
  type ApplyingPost,
  type ApprovalRule,
  type ApprovalRules,
  applyingPosts,
  type GrantForm,
  grantForms,
  type SigningPost,
  signingPosts,
} from "../catalogue/approval-shape.ts"
import { type FieldCode, fieldCodes, fieldOf } from "../catalogue/field.ts"
import { fieldSet } from "../catalogue/field-set.ts"
import type { PurposeCode } from "../catalogue/regime-shape.ts"

/** What is decided on, as numbers: places in the lists of the catalogue. Made by `factsOf`. */
export interface Facts {
  readonly purpose: number
  readonly form: number
  readonly applicant: number
  /** Fields as a set of bits: the first 32 of the catalogue, and the rest. */
  readonly fieldsLow: number
  readonly fieldsHigh: number
  readonly homes: number
  readonly ageDays: number
  readonly hour: number
  readonly refusals: number
}

export interface Application {
  readonly purpose: PurposeCode
  readonly form: GrantForm
  readonly applicant: ApplyingPost
  readonly fields: readonly FieldCode[]
  readonly homes: number
  readonly ageDays: number
  /** 0–23, in the house's zone. */
  readonly hour: number
  readonly refusals: number
}

/** A purpose that the rules were not compiled for is none: refused. */
export function factsOf({ purposes }: CompiledRules, application: Application): Facts {
  const { purpose, form, applicant, fields, ...numbers } = application
  const { low: fieldsLow, high: fieldsHigh } = fieldSet(fields)
  return {
    ...numbers,
    purpose: purposes.get(purpose) ?? -1,
    form: grantForms.indexOf(form),
    applicant: applyingPosts.indexOf(applicant),
    fieldsLow,
    fieldsHigh,
  }
}

/** The bit that says refuse; the bits below it are `signingPosts`. */
const refuse = 1 << signingPosts.length

/** `rulesThatHold` reads five tables of eight fields. */
const fieldBytes = 5
const halfBits = 15
const mostRules = 2 * halfBits

export interface CompiledRules {
  /** The place of each purpose of the regime. */
  readonly purposes: ReadonlyMap<string, number>
  readonly byPurpose: Int32Array
  readonly byForm: Int32Array
  readonly byApplicant: Int32Array
  /** 256 entries for each eight fields. */
  readonly byFields: Int32Array
  readonly anyFields: number
  readonly byHomes: Int32Array
  readonly byAge: Int32Array
  readonly byHour: Int32Array
  readonly byRefusals: Int32Array
  /** What the rules of a set need, for the lower and the higher fifteen. */
  readonly needsLow: Uint8Array
  readonly needsHigh: Uint8Array
  readonly codes: readonly string[]
}

/** Throws when there are more rules than bits. */
export function compileRules(
  { rules }: Pick<ApprovalRules, "rules">,
  purposes: readonly PurposeCode[],
): CompiledRules {
  if (rules.length > mostRules || fieldCodes.length > 8 * fieldBytes)
    throw new Error("more rules or fields than a decision can hold")
  const table = (size: number, holds: (rule: ApprovalRule, value: number) => boolean) =>
    Int32Array.from({ length: size }, (_, value) => maskOf(rules, (rule) => holds(rule, value)))
  return {
    purposes: new Map(purposes.map((code, index) => [code, index])),
    byPurpose: table(purposes.length, (rule, at) => isIn(rule.purposes, purposes[at])),
    byForm: table(grantForms.length, (rule, at) => isIn(rule.forms, grantForms[at])),
    byApplicant: table(applyingPosts.length, (rule, at) => isIn(rule.applicants, applyingPosts[at])),
    byFields: fieldTable(rules),
    anyFields: maskOf(rules, (rule) => rule.classes === undefined && rule.fields === undefined),
    byHomes: table(
      lastOf(rules, (rule) => rule.homesFrom) + 1,
      (rule, homes) => homes >= (rule.homesFrom ?? 0),
    ),
    byAge: table(
      lastOf(rules, (rule) => rule.olderThanDays) + 2,
      (rule, days) => rule.olderThanDays === undefined || days > rule.olderThanDays,
    ),
    byHour: table(24, (rule, hour) => rule.hours === undefined || isWithin(rule.hours, hour)),
    byRefusals: table(
      lastOf(rules, (rule) => rule.refusalsFrom) + 1,
      (rule, refusals) => refusals >= (rule.refusalsFrom ?? 0),
    ),
    needsLow: needsTable(rules.slice(0, halfBits)),
    needsHigh: needsTable(rules.slice(halfBits)),
    codes: rules.map(({ code }) => code),
  }
}

/**
 * Which rules hold, as a set of bits. Refusing is the caller's to read from `needsOf`: no rule at all refuses too.
 */
function rulesThatHold(compiled: CompiledRules, facts: Facts): number {
  const { byFields, byHomes, byAge, byRefusals } = compiled
  const { fieldsLow: low, fieldsHigh: high, homes, ageDays, refusals } = facts
  const fields =
    compiled.anyFields |
    at(byFields, low & 255) |
    at(byFields, 256 + ((low >>> 8) & 255)) |
    at(byFields, 512 + ((low >>> 16) & 255)) |
    at(byFields, 768 + (low >>> 24)) |
    at(byFields, 1024 + (high & 255))
  return (
    fields &
    at(compiled.byPurpose, facts.purpose) &
    at(compiled.byForm, facts.form) &
    at(compiled.byApplicant, facts.applicant) &
    at(byHomes, homes < byHomes.length ? homes : byHomes.length - 1) &
    at(byAge, ageDays < byAge.length ? ageDays : byAge.length - 1) &
    at(compiled.byHour, facts.hour) &
    at(byRefusals, refusals < byRefusals.length ? refusals : byRefusals.length - 1)
  )
}

/** Whose signatures, as bits of `signingPosts` in their order. 0: refused, by a rule or because none holds. */
export function decideApplication(compiled: CompiledRules, facts: Facts): number {
  const held = rulesThatHold(compiled, facts)
  const needs =
    at(compiled.needsLow, held & ((1 << halfBits) - 1)) | at(compiled.needsHigh, held >>> halfBits)
  return needs >= refuse ? 0 : needs
}

/** The posts of a decision, in the order in which they sign. */
export function chainOf(decision: number): SigningPost[] {
  return signingPosts.filter((_post, index) => (decision & (1 << index)) !== 0)
}

/** The post that signs next; undefined when all have. */
export function nextStep<Post extends string>(chain: readonly Post[], signed: number): Post | undefined {
  return chain[signed]
}

/** The rule to name when it is refused: the first that refuses, or that there is none. */
export function refusingRule(compiled: CompiledRules, facts: Facts): string {
  const held = rulesThatHold(compiled, facts)
  const found = compiled.codes.find((_code, index) => {
    const bit = held & (1 << index)
    const needs = index < halfBits ? at(compiled.needsLow, bit) : at(compiled.needsHigh, bit >>> halfBits)
    return bit !== 0 && needs >= refuse
  })
  return found ?? "approval.none"
}

/** A value outside its table holds for no rule: refused. */
function at(table: Int32Array | Uint8Array, index: number): number {
  return table[index] ?? 0
}

function maskOf(rules: readonly ApprovalRule[], holds: (rule: ApprovalRule) => boolean): number {
  return rules.reduce((mask, rule, index) => (holds(rule) ? mask | (1 << index) : mask), 0)
}

function isIn<Value>(list: readonly Value[] | undefined, value: Value | undefined): boolean {
  return list === undefined || (value !== undefined && list.includes(value))
}

function isWithin([from, until]: readonly [number, number], hour: number): boolean {
  return from <= until ? from <= hour && hour < until : hour >= from || hour < until
}

function lastOf(
  rules: readonly ApprovalRule[],
  threshold: (rule: ApprovalRule) => number | undefined,
): number {
  return Math.max(0, ...rules.map((rule) => threshold(rule) ?? 0))
}

function fieldTable(rules: readonly ApprovalRule[]): Int32Array {
  const single = fieldCodes.map((code) => maskOf(rules, (rule) => names(rule, code)))
  const table = new Int32Array(fieldBytes * 256)
  for (let entry = 0; entry < table.length; entry += 1) {
    const first = (entry >>> 8) * 8
    for (let bit = 0; bit < 8; bit += 1)
      if ((entry & (1 << bit)) !== 0) table[entry] = at(table, entry) | (single[first + bit] ?? 0)
  }
  return table
}

function names({ classes, fields }: ApprovalRule, code: FieldCode): boolean {
  return fields?.includes(code) === true || classes?.includes(fieldOf(code).class) === true
}

function needsTable(rules: readonly ApprovalRule[]): Uint8Array {
  const single = rules.map(({ needs }) =>
    needs === "refuse" ? refuse : needs.reduce((mask, post) => mask | (1 << signingPosts.indexOf(post)), 0),
  )
  const table = new Uint8Array(1 << rules.length)
  for (let held = 1; held < table.length; held += 1) {
    const lowest = held & -held
    table[held] = at(table, held ^ lowest) | (single[31 - Math.clz32(lowest)] ?? 0)
  }
  return table
}
