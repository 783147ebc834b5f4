/** A regime that contradicts itself must not come into force. Clauses 1.6, 2.3, 3.8, 4.3, 6.1. */

import { type FieldClass, fieldOf, isFieldCode } from "./field.ts"
import { excludes, mayCollect } from "./regime.ts"
import { purposeCodes, purposePattern, type Regime } from "./regime-shape.ts"

/** Classes that need a use of their own: in no level, never required of anybody. Clause 3.8. */
const apart: ReadonlySet<FieldClass> = new Set<FieldClass>(["trajectory", "special"])

/** What contradicts, one short line each in the regime's own codes; empty: it may come into force. */
export function validateRegime(regime: Regime): readonly string[] {
  return checks.flatMap((check) => check(regime))
}

const checks: readonly ((regime: Regime) => readonly string[])[] = [
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
]

function codesAreUnique({ fields, purposes, retention, posts, standingRules }: Regime): string[] {
  const lists: Readonly<Record<string, readonly string[]>> = {
    field: fields.map(({ code }) => code),
    purpose: purposes.map(({ code }) => code),
    retention: retention.map(({ code }) => code),
    post: posts.map(({ post }) => post),
    "standing rule": standingRules.map(({ orderKind }) => orderKind),
  }
  return Object.entries(lists).flatMap(([kind, codes]) =>
    codes
      .filter((code, index) => codes.indexOf(code) !== index)
      .map((code) => `${kind} ${code} appears twice`),
  )
}

function retentionIsKnown({ fields, retention }: Regime): string[] {
  const known = new Set(retention.map(({ code }) => code))
  return fields
    .filter((field) => !known.has(field.retention))
    .map((field) => `field ${field.code} is kept by the unknown rule ${field.retention}`)
}

function mostSensitiveIsSealed({ fields }: Regime): string[] {
  return fields
    .filter((field) => apart.has(field.class))
    .filter((field) => field.sensitivity !== "special" || field.maskAtRest !== "sealed")
    .map((field) => `field ${field.code} is ${field.class} but not sealed as special`)
}

function purposesAndMatrixMatch({ purposes, matrix }: Regime): string[] {
  const declared = new Set(purposes.map(({ code }) => code))
  const missing = purposeCodes
    .filter((code) => !declared.has(code))
    .map((code) => `purpose ${code} is missing`)
  const baseless = purposes
    .filter(({ basis }) => !basis.startsWith("PIPL 13("))
    .map(({ code }) => `purpose ${code} names no ground of article 13`)
  const nameless = purposes
    .filter(({ code }) => !purposePattern.test(code))
    .map(({ code }) => `purpose ${code} has no proper code`)
  const undeclared = Object.keys(matrix)
    .filter((code) => !declared.has(code))
    .map((code) => `the matrix has a row ${code}, which is no purpose`)
  const strange = Object.entries(matrix).flatMap(([code, row]) =>
    Object.keys(row)
      .filter((field) => !isFieldCode(field))
      .map((field) => `purpose ${code} takes ${field}, which is in no catalogue`),
  )
  return [...missing, ...baseless, ...nameless, ...undeclared, ...strange]
}

function nothingApartIsRequired({ matrix }: Regime): string[] {
  return Object.entries(matrix).flatMap(([purpose, row]) =>
    Object.entries(row)
      .filter(([field, cell]) => cell.rule === "required" && apart.has(fieldOf(field).class))
      .map(([field]) => `purpose ${purpose} requires ${field}`),
  )
}

function grantsStayInTheMatrix(regime: Regime): string[] {
  return regime.standingRules.flatMap(({ code, purpose, fields }) =>
    fields
      .filter((field) => !mayCollect(regime, purpose, field) || fieldOf(field).sensitivity !== "general")
      .map((field) => `${code} shows ${field}, which ${purpose} may not take or which is sensitive`),
  )
}

function looksEnd({ standingRules }: Regime): string[] {
  return standingRules
    .filter(({ lookSeconds, windowDays }) => !(lookSeconds > 0 && lookSeconds <= 300 && windowDays > 0))
    .map(({ code }) => `${code} has no sensible end`)
}

function nothingApartIsInALevel({ posts }: Regime): string[] {
  return posts.flatMap(({ post, classes }) =>
    classes.filter((one) => apart.has(one)).map((one) => `post ${post} sees ${one} without a use`),
  )
}

/** Level 0 sees no class; a higher level sees at least what a lower one sees. */
function levelsGrow({ posts }: Regime): string[] {
  const empty = posts
    .filter(({ level, classes }) => (level === 0) !== (classes.length === 0))
    .map(({ post, level }) => `post ${post} of level ${level} does not fit its classes`)
  const smaller = posts.flatMap((low) =>
    posts
      .filter((high) => high.level > low.level && low.classes.some((one) => !high.classes.includes(one)))
      .map((high) => `post ${high.post} sees less than ${low.post}`),
  )
  return [...empty, ...smaller]
}

function administratorsSeeNothing(regime: Regime): string[] {
  const administrators = ["system_admin", "security_admin", "auditor"] as const
  const seen = regime.posts
    .filter(({ level }) => level > 0)
    .flatMap(({ post }) =>
      administrators
        .filter((one) => one === post || !excludes(regime, one, post))
        .map((one) => `one person could be ${one} and ${post}`),
    )
  const together = administrators.flatMap((one, index) =>
    administrators
      .slice(index + 1)
      .filter((other) => !excludes(regime, one, other))
      .map((other) => `one person could be ${one} and ${other}`),
  )
  return [...seen, ...together]
}
