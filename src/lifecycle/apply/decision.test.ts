/* oxlint-disable complexity -- a sentence of the regime a line: taken apart, nobody could hold it against the paper */
/**
 * The engine against a plain reading of the same rules, over many invented questions: clauses 3.4, 4.2, 4.4, 4.5.
 * HUDUN_MODEL=1000000 asks that many instead of 100,000; HUDUN_SEED repeats a run.
 */

import { describe, expect, it } from "vitest"
import { type ApprovalRule, applyingPosts, grantForms, signingPosts } from "../catalogue/approval-shape.ts"
import { approvalsOf } from "../catalogue/approvals-v1.ts"
import { fieldClasses, fieldCodes, fieldOf } from "../catalogue/field.ts"
import { fieldSet } from "../catalogue/field-set.ts"
import { regimeV1 } from "../catalogue/regime-v1.ts"
import { decideLook, type Grant, lookableFields } from "../use/grant.ts"
import { lookRefusal, type Standing } from "./application.ts"
import { type Application, chainOf, compileRules, decideApplication, factsOf } from "./decision.ts"

const asked = Number(process.env["HUDUN_MODEL"] ?? 100_000)
const seed = Number(process.env["HUDUN_SEED"] ?? Date.now() % 2 ** 31)

/** Numbers from 0 to 1 that repeat with the seed (mulberry32). */
function randomFrom(start: number): () => number {
  let state = start >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

const random = randomFrom(seed)
const upTo = (count: number) => Math.floor(random() * count)
const chance = (part: number) => random() < part
function pick<Item>(items: readonly Item[]): Item {
  const item = items[upTo(items.length)]
  if (item === undefined) throw new Error("nothing to pick from")
  return item
}
const some = <Item>(items: readonly Item[], most: number) =>
  Array.from({ length: 1 + upTo(most) }, () => pick(items))

const purposes = regimeV1.purposes.map(({ code }) => code)

function anApplication(): Application {
  return {
    purpose: pick(purposes),
    form: pick(grantForms),
    applicant: pick(applyingPosts),
    fields: some(fieldCodes, 4),
    homes: upTo(40),
    ageDays: upTo(800),
    hour: upTo(24),
    refusals: upTo(6),
  }
}

/** Every sentence of the first regime about approvals, one line each. */
function signaturesOfV1(one: Application): readonly string[] {
  const classes = one.fields.map((field) => fieldOf(field).class)
  const concerns = (...of: readonly string[]) =>
    classes.some((code) => of.includes(code)) || one.fields.some((code) => of.includes(code))
  const needs = new Set<string>()
  const ask = (...posts: readonly string[]) => {
    for (const post of posts) needs.add(post)
  }
  if (one.applicant === "clerk") ask("supervisor")
  if (one.applicant === "supervisor") ask("manager")
  if (one.applicant === "manager") ask("privacy_officer")
  if (concerns("id_number", "passport", "bank_card", "title_deed", "elder_alone", "children")) ask("manager")
  if (concerns("service") && one.ageDays > 365) ask("supervisor", "archivist", "manager")
  if (concerns("trajectory", "special")) ask("manager", "privacy_officer")
  if (one.homes > 5) ask("manager")
  if (one.homes > 30) ask("manager", "privacy_officer")
  if (one.form === "print" || one.form === "export" || one.form === "share") ask("manager")
  if (one.hour >= 22 || one.hour < 6) ask("manager")
  if (one.refusals >= 3) ask("manager")
  const isMarketing = one.purpose === "greeting" && concerns("service", "trajectory", "special")
  return isMarketing ? [] : signingPosts.filter((post) => needs.has(post))
}

function aRule(index: number): ApprovalRule {
  return {
    code: `rule.${index}`,
    ...(chance(0.3) ? { purposes: some(purposes, 6) } : {}),
    ...(chance(0.3) ? { forms: some(grantForms, 3) } : {}),
    ...(chance(0.3) ? { applicants: some(applyingPosts, 2) } : {}),
    ...(chance(0.3) ? { classes: some(fieldClasses, 2) } : {}),
    ...(chance(0.3) ? { fields: some(fieldCodes, 6) } : {}),
    ...(chance(0.2) ? { homesFrom: upTo(40) } : {}),
    ...(chance(0.2) ? { olderThanDays: upTo(800) } : {}),
    ...(chance(0.2) ? { hours: [upTo(24), upTo(24)] as const } : {}),
    ...(chance(0.2) ? { refusalsFrom: upTo(6) } : {}),
    needs: chance(0.1) ? "refuse" : some(signingPosts, 2),
  }
}

const hasAny = <Item>(list: readonly Item[] | undefined, wanted: readonly Item[]) =>
  list?.some((one) => wanted.includes(one)) === true

/** A condition that is not there asks nothing. */
const conditions: ReadonlyArray<(rule: ApprovalRule, one: Application) => boolean> = [
  ({ purposes: list }, one) => list === undefined || list.includes(one.purpose),
  ({ forms }, one) => forms === undefined || forms.includes(one.form),
  ({ applicants }, one) => applicants === undefined || applicants.includes(one.applicant),
  ({ classes, fields }, one) =>
    (classes === undefined && fields === undefined) ||
    hasAny(fields, one.fields) ||
    hasAny(
      classes,
      one.fields.map((field) => fieldOf(field).class),
    ),
  ({ homesFrom }, one) => homesFrom === undefined || one.homes >= homesFrom,
  ({ olderThanDays }, one) => olderThanDays === undefined || one.ageDays > olderThanDays,
  ({ refusalsFrom }, one) => refusalsFrom === undefined || one.refusals >= refusalsFrom,
  ({ hours }, { hour }) => {
    if (hours === undefined) return true
    const [from, until] = hours
    return from <= until ? hour >= from && hour < until : hour >= from || hour < until
  },
]

function signaturesOf(rules: readonly ApprovalRule[], one: Application): readonly string[] {
  const held = rules.filter((rule) => conditions.every((holds) => holds(rule, one)))
  if (held.some(({ needs }) => needs === "refuse")) return []
  return signingPosts.filter((post) => held.some(({ needs }) => needs !== "refuse" && needs.includes(post)))
}

/** Compares without an assertion each: a million of them take half a minute. Throws with the case and the seed. */
function agree(engine: unknown, model: unknown, question: unknown): void {
  const [ours, due] = [JSON.stringify(engine), JSON.stringify(model)]
  if (ours !== due)
    throw new Error(`seed ${seed}: ${JSON.stringify(question)}: the engine says ${ours}, the model ${due}`)
}

const people = ["lan", "wei", "min"]
const posts = ["clerk", "supervisor", "manager"]

function aGrant(index: number): Grant & { readonly names: readonly string[] } {
  const names = some(fieldCodes, 3)
  const isPosts = chance(0.3)
  const from = upTo(20)
  return {
    grantId: String(index),
    subjectId: "resident",
    class: "identity",
    names,
    fields: fieldSet(names),
    grantee: isPosts ? null : pick(people),
    granteePost: isPosts ? pick(posts) : null,
    from,
    until: from + 1 + upTo(20),
    isEnded: chance(0.2),
  }
}

/** Among the grants that are one's own and run at the moment there is one that names the field. */
function seesByGrant(
  grants: ReadonlyArray<ReturnType<typeof aGrant>>,
  asking: { staffId: string; posts: readonly string[]; now: number },
): readonly string[] {
  const own = grants.filter(
    ({ grantee, granteePost }) =>
      grantee === asking.staffId || asking.posts.some((one) => one === granteePost),
  )
  const running = own.filter(
    ({ from, until, isEnded }) => !isEnded && asking.now >= from && asking.now < until,
  )
  return fieldCodes.filter((code) => running.some(({ names }) => names.includes(code)))
}

const hour = 3_600_000

function aStanding(): Standing {
  const chain = signingPosts.slice(0, upTo(4))
  const scope = () => ({
    fields: some(fieldCodes.slice(0, 4), 3),
    persons: some(people, 2),
    hours: 1 + upTo(8),
  })
  const signed = Array.from({ length: upTo(chain.length + 1) }, () => ({
    ...scope(),
    verdict: chance(0.9) ? ("approved" as const) : ("refused" as const),
    at: upTo(10) * hour,
  }))
  return {
    ...scope(),
    form: chance(0.8) ? "see" : pick(grantForms),
    posts: chain,
    applicant: pick(people),
    windowHours: 1 + upTo(24),
    expiresAt: upTo(40) * hour,
    signed,
    begunUntil: chance(0.5) ? upTo(40) * hour : null,
    isEnded: chance(0.1),
    isOrderClosed: chance(0.1),
  }
}

/** For seeing, or telling a third party, not for a copy; all have signed and nobody has refused; neither it nor its order has ended; the window, or behind the first look the time, runs. */
function seesByApplication(
  one: Standing,
  asking: { staffId: string; personId: string; field: string; now: number },
) {
  const last = one.signed.at(-1)
  if (last === undefined || one.applicant !== asking.staffId || !["see", "share"].includes(one.form))
    return false
  const isWhole =
    one.signed.length === one.posts.length && one.signed.every(({ verdict }) => verdict === "approved")
  const end = one.begunUntil === null ? last.at + one.windowHours * hour : one.begunUntil
  const isRunning = !one.isEnded && !one.isOrderClosed && asking.now < end
  return (
    isWhole &&
    isRunning &&
    last.fields.some((one) => one === asking.field) &&
    last.persons.includes(asking.personId)
  )
}

describe(`the engine and a plain reading of the rules (seed ${seed}, ${asked} questions)`, {
  timeout: 600_000,
}, () => {
  it("ask for the same signatures, under the first regime", () => {
    const compiled = compileRules(approvalsOf(regimeV1), purposes)
    const decided = new Map<string, number>()
    for (let at = 0; at < asked / 4; at += 1) {
      const one = anApplication()
      const chain = chainOf(decideApplication(compiled, factsOf(compiled, one)))
      agree(chain, signaturesOfV1(one), one)
      decided.set(chain.join(), (decided.get(chain.join()) ?? 0) + 1)
    }
    expect(decided.size).toBeGreaterThan(5)
  })

  it("ask for the same signatures, whatever the rules", () => {
    let refused = 0
    for (let round = 0; round < 40; round += 1) {
      const rules = Array.from({ length: upTo(14) + (round === 0 ? 16 : 0) }, (_, index) => aRule(index))
      const compiled = compileRules({ rules }, purposes)
      for (let at = 0; at < asked / 160; at += 1) {
        const one = anApplication()
        const chain = chainOf(decideApplication(compiled, factsOf(compiled, one)))
        agree(chain, signaturesOf(rules, one), { rules, one })
        if (chain.length === 0) refused += 1
      }
    }
    expect(refused).toBeGreaterThan(0)
  })

  it("open the same fields by the grants of an order", () => {
    let seen = 0
    for (let at = 0; at < asked / 4; at += 1) {
      const grants = Array.from({ length: upTo(6) }, (_, index) => aGrant(index))
      const viewer = { staffId: pick(people), posts: some(posts, 2) }
      const now = upTo(40)
      const due = seesByGrant(grants, { ...viewer, now })
      agree(lookableFields(grants, viewer, now), due, { grants, viewer, now })
      const field = due.length > 0 && chance(0.5) ? pick(due) : pick(fieldCodes)
      const decision = decideLook(grants, viewer, { field, now })
      agree(
        "grant" in decision,
        due.some((one) => one === field),
        { grants, viewer, now, field },
      )
      if ("grant" in decision) seen += 1
    }
    expect(seen).toBeGreaterThan(asked / 100)
  })

  it("open the same fields by an application", () => {
    let seen = 0
    for (let at = 0; at < asked / 4; at += 1) {
      const standing = aStanding()
      const asking = {
        staffId: chance(0.8) ? standing.applicant : pick(people),
        personId: pick(people),
        field: pick(fieldCodes.slice(0, 4)),
        now: upTo(40) * hour,
      }
      const mayLook = lookRefusal(standing, asking) === undefined
      agree(mayLook, seesByApplication(standing, asking), { standing, asking })
      if (mayLook) seen += 1
    }
    expect(seen).toBeGreaterThan(asked / 1_000)
  })
})
