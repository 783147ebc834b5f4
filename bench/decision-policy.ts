/**
 * The policies of P13 in both forms. Whatever casl can be given beforehand it is given: the rules of the viewer alone, compiled
 * once, and no subject to detect.
 */

import { createMongoAbility, type MongoAbility } from "@casl/ability"
import { permittedFieldsOf } from "@casl/ability/extra"
import {
  type Application,
  chainOf,
  compileRules,
  decideApplication,
  factsOf,
} from "../src/lifecycle/apply/decision.ts"
import { type ApprovalRule, applyingPosts, signingPosts } from "../src/lifecycle/catalogue/approval-shape.ts"
import { approvalsOf } from "../src/lifecycle/catalogue/approvals-v1.ts"
import { fieldCodes, fieldOf } from "../src/lifecycle/catalogue/field.ts"
import { fieldSet, membersOf } from "../src/lifecycle/catalogue/field-set.ts"
import { regimeV1 } from "../src/lifecycle/catalogue/regime-v1.ts"
import { decideLook, type Grant, lookableFields } from "../src/lifecycle/use/grant.ts"
import { pick, randomFrom } from "./population.ts"

/** Two ways to answer the same numbered question. */
export interface Contest {
  readonly workload: string
  readonly product: (at: number) => readonly string[] | string
  readonly plain: (at: number) => readonly string[] | string
}

export const questions = 512

const viewer = { staffId: "lan", posts: ["clerk"] }
const sets = [
  ["phone", "name"],
  ["repair", "phone", "home"],
  ["plate", "vehicle_event"],
  ["fee", "home"],
]

/** As orders leave them: of the viewer, of colleagues, of a post; some ended, some over. */
function grantsOf(random: () => number): Grant[] {
  return Array.from({ length: 6 }, (_, at) => {
    const isPosts = random() < 0.3
    const from = Math.floor(random() * 100)
    return {
      grantId: String(at),
      subjectId: "resident",
      class: "identity",
      fields: fieldSet(pick(random, sets)),
      grantee: isPosts ? null : pick(random, ["lan", "lan", "wei"]),
      granteePost: isPosts ? pick(random, ["clerk", "supervisor"]) : null,
      from,
      until: from + 50 + Math.floor(random() * 200),
      isEnded: random() < 0.2,
    }
  })
}

function abilityOf(grants: readonly Grant[]): MongoAbility {
  const own = grants.filter(
    ({ grantee, granteePost, isEnded }) => !isEnded && (grantee === "lan" || granteePost === "clerk"),
  )
  const rules = own.map(({ fields, from, until }) => ({
    action: "see",
    subject: "record",
    fields: [...membersOf(fields)],
    conditions: { from: { $gte: from }, until: { $lt: until } },
  }))
  return createMongoAbility(rules, { detectSubjectType: () => "record" })
}

interface Row {
  readonly grants: readonly Grant[]
  readonly ability: MongoAbility
  readonly field: string
  readonly now: number
  /** Of casl's conditions: the moment, to be compared with both ends of a grant. */
  readonly record: { readonly from: number; readonly until: number }
}

function makeRows(): Row[] {
  const random = randomFrom(13)
  return Array.from({ length: questions }, () => {
    const grants = grantsOf(random)
    const now = Math.floor(random() * 300)
    const field = pick(random, ["phone", "name", "home", "id_number", "plate"])
    return { grants, ability: abilityOf(grants), field, now, record: { from: now, until: now } }
  })
}

export function lookContest(): Contest {
  const rows = makeRows()
  return {
    workload: "may one look at a field, six grants",
    product: (at) => {
      const { grants, field, now } = of(rows, at)
      return "grant" in decideLook(grants, viewer, { field, now }) ? "yes" : "no"
    },
    plain: (at) => {
      const { ability, record, field } = of(rows, at)
      return ability.can("see", record, field) ? "yes" : "no"
    },
  }
}

export function rowContest(): Contest {
  const rows = makeRows()
  const fieldsFrom = ({ fields }: { fields?: string[] | undefined }) => fields ?? []
  return {
    workload: "which fields of a row one may see",
    product: (at) => {
      const { grants, now } = of(rows, at)
      return lookableFields(grants, viewer, now)
    },
    plain: (at) => {
      const { ability, record } = of(rows, at)
      return permittedFieldsOf(ability, "see", record, { fieldsFrom })
    },
  }
}

/** The application with the classes of its fields, which casl's rules need to see. */
type Described = Application & { readonly classes: readonly string[] }

export function applicationContest(): Contest {
  const random = randomFrom(31)
  const asked = Array.from({ length: questions }, () => makeApplication(random))
  const compiled = compileRules(
    approvalsOf(regimeV1),
    regimeV1.purposes.map(({ code }) => code),
  )
  const rules = approvalsOf(regimeV1).rules.flatMap(caslRules)
  const ability = createMongoAbility(rules, { detectSubjectType: () => "application" })
  return {
    workload: "whose signatures an application needs",
    product: (at) => chainOf(decideApplication(compiled, factsOf(compiled, of(asked, at)))),
    plain: (at) => {
      const application = of(asked, at)
      const posts = new Set<string>()
      for (const rule of ability.rulesFor("apply", "application"))
        if (rule.matchesConditions(application))
          for (const post of rule.reason?.split(" ") ?? []) posts.add(post)
      return posts.has("refuse") ? [] : signingPosts.filter((post) => posts.has(post))
    },
  }
}

function makeApplication(random: () => number): Described {
  const fields = Array.from({ length: 1 + Math.floor(random() * 3) }, () => pick(random, fieldCodes))
  return {
    purpose: pick(random, regimeV1.purposes).code,
    form: pick(random, ["see", "see", "see", "export"]),
    applicant: pick(random, applyingPosts),
    fields,
    classes: fields.map((field) => fieldOf(field).class),
    homes: 1 + Math.floor(random() * 8),
    ageDays: Math.floor(random() * 500),
    hour: Math.floor(random() * 24),
    refusals: Math.floor(random() * 4),
  }
}

/** casl has no "either … or": a rule becomes one for each combination of them. What it needs is its reason. */
function caslRules(rule: ApprovalRule) {
  const reason = rule.needs === "refuse" ? "refuse" : rule.needs.join(" ")
  return subjectConditions(rule).flatMap((subject) =>
    hourConditions(rule).map((hour) => ({
      action: "apply",
      subject: "application",
      conditions: { ...listConditions(rule), ...numberConditions(rule), ...subject, ...hour },
      reason,
    })),
  )
}

function subjectConditions({ fields, classes }: ApprovalRule): object[] {
  const asked = [
    ...(fields ? [{ fields: { $in: fields } }] : []),
    ...(classes ? [{ classes: { $in: classes } }] : []),
  ]
  return asked.length === 0 ? [{}] : asked
}

function hourConditions({ hours }: ApprovalRule): object[] {
  if (hours === undefined) return [{}]
  const [from, until] = hours
  return from <= until
    ? [{ hour: { $gte: from, $lt: until } }]
    : [{ hour: { $gte: from } }, { hour: { $lt: until } }]
}

function listConditions({ purposes, forms, applicants }: ApprovalRule): object {
  return {
    ...(purposes ? { purpose: { $in: purposes } } : {}),
    ...(forms ? { form: { $in: forms } } : {}),
    ...(applicants ? { applicant: { $in: applicants } } : {}),
  }
}

function numberConditions({ homesFrom, olderThanDays, refusalsFrom }: ApprovalRule): object {
  return {
    ...(homesFrom === undefined ? {} : { homes: { $gte: homesFrom } }),
    ...(olderThanDays === undefined ? {} : { ageDays: { $gt: olderThanDays } }),
    ...(refusalsFrom === undefined ? {} : { refusals: { $gte: refusalsFrom } }),
  }
}

function of<Item>(items: readonly Item[], at: number): Item {
  const item = items[at]
  if (item === undefined) throw new Error("a question that was not made")
  return item
}
