/** A regime that contradicts itself must not come into force. Clauses 1.6, 2.3, 3.8, 4.3, 6.1. */

import { isClosedKind } from "./closed-kind.ts"
import type { Contradiction } from "./contradiction.ts"
import { emergencyFields } from "./emergency-shape.ts"
import { emergencyOf } from "./emergency-v1.ts"
import { type FieldClass, fieldOf, isFieldCode } from "./field.ts"
import { mosaicOf } from "./mosaic-v1.ts"
import { excludes, mayCollect } from "./regime.ts"
import { purposeCodes, purposePattern, type Regime } from "./regime-shape.ts"

/** Classes that need a use of their own: in no level, never required of anybody. Clause 3.8. */
const apart: ReadonlySet<FieldClass> = new Set<FieldClass>(["trajectory", "special"])

/** What contradicts; empty: it may come into force. */
export function validateRegime(regime: Regime): readonly Contradiction[] {
  return checks.flatMap((check) => check(regime))
}

const checks: readonly ((regime: Regime) => readonly Contradiction[])[] = [
  codesAreUnique,
  retentionIsKnown,
  mostSensitiveIsSealed,
  purposesAndMatrixMatch,
  nothingApartIsRequired,
  grantsStayInTheMatrix,
  looksEnd,
  nothingApartIsInALevel,
  levelsGrow,
  administratorsSeeNothing,
  emergenciesOpenNothingClosed,
  applyingComesFirst,
]

function says(code: Contradiction["code"], facts: Contradiction["facts"]): Contradiction {
  return { code, facts }
}

function codesAreUnique({ fields, purposes, retention, posts, standingRules }: Regime): Contradiction[] {
  const lists: Readonly<Record<string, readonly string[]>> = {
    field: fields.map(({ code }) => code),
    purpose: purposes.map(({ code }) => code),
    retention: retention.map(({ code }) => code),
    post: posts.map(({ post }) => post),
    "standing rule": standingRules.map(({ orderKind }) => orderKind),
  }
  return Object.entries(lists).flatMap(([kind, codes]) =>
    codes.filter((code, index) => codes.indexOf(code) !== index).map((code) => says("twice", { kind, code })),
  )
}

function retentionIsKnown({ fields, retention }: Regime): Contradiction[] {
  const known = new Set(retention.map(({ code }) => code))
  return fields
    .filter((field) => !known.has(field.retention))
    .map((field) => says("retention_unknown", { field: field.code, retention: field.retention }))
}

function mostSensitiveIsSealed({ fields }: Regime): Contradiction[] {
  return fields
    .filter((field) => apart.has(field.class))
    .filter((field) => field.sensitivity !== "special" || field.maskAtRest !== "sealed")
    .map((field) => says("not_sealed", { field: field.code }))
}

function purposesAndMatrixMatch({ purposes, matrix }: Regime): Contradiction[] {
  const declared = new Set(purposes.map(({ code }) => code))
  const missing = purposeCodes
    .filter((code) => !declared.has(code))
    .map((purpose) => says("purpose_missing", { purpose }))
  const baseless = purposes
    .filter(({ basis }) => !basis.startsWith("PIPL 13("))
    .map(({ code }) => says("no_basis", { purpose: code }))
  const nameless = purposes
    .filter(({ code }) => !purposePattern.test(code))
    .map(({ code }) => says("code_improper", { purpose: code }))
  const undeclared = Object.keys(matrix)
    .filter((code) => !declared.has(code))
    .map((purpose) => says("row_without_purpose", { purpose }))
  const strange = Object.entries(matrix).flatMap(([code, row]) =>
    Object.keys(row)
      .filter((field) => !isFieldCode(field))
      .map((field) => says("field_unknown", { purpose: code, field })),
  )
  return [...missing, ...baseless, ...nameless, ...undeclared, ...strange]
}

function nothingApartIsRequired({ matrix }: Regime): Contradiction[] {
  return Object.entries(matrix).flatMap(([purpose, row]) =>
    Object.entries(row)
      .filter(([field, cell]) => cell.rule === "required" && apart.has(fieldOf(field).class))
      .map(([field]) => says("apart_required", { purpose, field })),
  )
}

function grantsStayInTheMatrix(regime: Regime): Contradiction[] {
  return regime.standingRules.flatMap(({ code, purpose, fields }) =>
    fields
      .filter((field) => !mayCollect(regime, purpose, field) || fieldOf(field).sensitivity !== "general")
      .map((field) => says("rule_shows", { rule: code, field, purpose })),
  )
}

function looksEnd({ standingRules }: Regime): Contradiction[] {
  return standingRules
    .filter(({ lookSeconds, windowDays }) => !(lookSeconds > 0 && lookSeconds <= 300 && windowDays > 0))
    .map(({ code }) => says("rule_endless", { rule: code }))
}

function nothingApartIsInALevel({ posts }: Regime): Contradiction[] {
  return posts.flatMap(({ post, classes }) =>
    classes.filter((one) => apart.has(one)).map((one) => says("level_apart", { post, class: one })),
  )
}

/** Level 0 sees no class; a higher level sees at least what a lower one sees. */
function levelsGrow({ posts }: Regime): Contradiction[] {
  const empty = posts
    .filter(({ level, classes }) => (level === 0) !== (classes.length === 0))
    .map(({ post }) => says("level_misfit", { post }))
  const smaller = posts.flatMap((low) =>
    posts
      .filter((high) => high.level > low.level && low.classes.some((one) => !high.classes.includes(one)))
      .map((high) => says("level_smaller", { post: high.post, other: low.post })),
  )
  return [...empty, ...smaller]
}

function administratorsSeeNothing(regime: Regime): Contradiction[] {
  const administrators = ["system_admin", "security_admin", "auditor"] as const
  const seen = regime.posts
    .filter(({ level }) => level > 0)
    .flatMap(({ post }) =>
      administrators
        .filter((one) => one === post || !excludes(regime, one, post))
        .map((one) => says("posts_together", { post: one, other: post })),
    )
  const together = administrators.flatMap((one, index) =>
    administrators
      .slice(index + 1)
      .filter((other) => !excludes(regime, one, other))
      .map((other) => says("posts_together", { post: one, other })),
  )
  return [...seen, ...together]
}

/** What no emergency opens, whatever a regime says: the database refuses it too. Clause 4.9. */
function emergenciesOpenNothingClosed(regime: Regime): Contradiction[] {
  const open: ReadonlySet<string> = new Set(emergencyFields)
  return emergencyOf(regime)
    .fields.filter((field) => isClosedKind(field) || !open.has(field))
    .map((field) => says("emergency_opens", { field }))
}

/** Who has reached the line where one has to apply has not reached the one where nothing helps. Clause 1.5. */
function applyingComesFirst(regime: Regime): Contradiction[] {
  const { applyAt, refuseAt } = mosaicOf(regime)
  return applyAt <= refuseAt ? [] : [says("lines_crossed", {})]
}
