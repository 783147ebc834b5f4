/** Applying for a use: ground, persons, records, facts, and whose signatures they ask for — one command. Clauses 3.4, 4.2, 4.4. */

import { houseZone } from "../../base/instant.ts"
import { Refusal } from "../../base/refusal.ts"
import type { House } from "../../house.ts"
import { type Actor, act, type Command } from "../../ledger/spine.ts"
import { sqlState } from "../../platform/database.ts"
import { random } from "../../platform/random.ts"
import { type ApplyingPost, applyingPosts, type GrantForm } from "../catalogue/approval-shape.ts"
import { approvalsOf, mostPersonsOf } from "../catalogue/approvals-v1.ts"
import { type FieldCode, fieldOf } from "../catalogue/field.ts"
import { mayCollect } from "../catalogue/regime.ts"
import { type PurposeCode, type Regime } from "../catalogue/regime-shape.ts"
import { caseNumber } from "./case-number.ts"
import {
  type Application,
  chainOf,
  compileRules,
  decideApplication,
  factsOf,
  refusingRule,
} from "./decision.ts"
import { documentNumber } from "./document-number.ts"
import { type Guarded, guardedOf, refuseUnguarded, underGuard } from "./guarded.ts"
import { ownHand } from "./hand.ts"
import { hintsOf } from "./hints.ts"
import { readApplicantHistory } from "./sql.ts"
import {
  type Bound,
  countHomes,
  type FoundRecord,
  findOpenOrder,
  findRecords,
  findSubjects,
  type NewRecord,
  type SubjectRow,
  writeApplication,
  writeEnd,
  writeRecords,
} from "./write-sql.ts"

const hourMilliseconds = 3_600_000
const dayMilliseconds = 86_400_000
export const historyDays = 30

/** Two that apply with the same id meet at its key; so does whoever cannot see the other's. */
const uniqueViolation = "23505"

export interface Wanted {
  readonly applicationId: string
  readonly purpose: PurposeCode
  readonly orderId?: string | undefined
  readonly requestNumber?: string | undefined
  readonly personIds: readonly string[]
  readonly homeIds: readonly string[]
  readonly fields: readonly FieldCode[]
  readonly form: GrantForm
  readonly hours: number
  readonly single: boolean
  readonly older: boolean
  readonly follows?: string | undefined
  /** Writes, in the same transaction, to whom outside it goes. Clauses 4.10, 4.11. */
  readonly bind?: (command: Command) => Promise<void>
}

/** Sent again with the same id, it changes nothing. An id of somebody else's is refused as `thing.absent`. */
export async function applyForUse(house: House, actor: Actor, wanted: Wanted): Promise<void> {
  refuseUnfit(house.regime(), wanted)
  if (await isOwn(house, actor, wanted.applicationId)) return
  try {
    await applyNew(house, actor, wanted)
  } catch (error) {
    if (sqlState(error) !== uniqueViolation) throw error
    if (!(await isOwn(house, actor, wanted.applicationId))) throw new Refusal("thing.absent")
  }
}

async function isOwn({ spine }: House, actor: Actor, applicationId: string): Promise<boolean> {
  const known = await spine.database.read(
    actor.context,
    "select from app.application where community_id = $1 and application_id = $2 and applicant = $3",
    [actor.communityId, applicationId, actor.staffId],
  )
  return known.length > 0
}

async function applyNew(house: House, actor: Actor, wanted: Wanted): Promise<void> {
  const { communityId } = actor
  const regime = house.regime()
  await act(house.spine, actor, async (command) => {
    await refuseGroundless(command, communityId, wanted)
    const subjects = await subjectsOf(command, communityId, { regime, wanted })
    const sought = { regime, wanted, subjects }
    const found = await ownHand(command, actor, () => recordsOf(command, communityId, sought))
    const guarded = await ownHand(command, actor, () =>
      guardedOf(command, communityId, { ...wanted, subjects }),
    )
    await refuseUnguarded(house, communityId, guarded)
    await record(command, actor, { ...sought, found, guarded })
  })
}

/** What the form alone tells: fields outside the matrix, forms not served, too long. */
function refuseUnfit(regime: Regime, { purpose, fields, form, hours, bind }: Wanted): void {
  const { longestHours } = approvalsOf(regime)
  const strange = fields.find((field) => !mayCollect(regime, purpose, field))
  if (strange !== undefined) throw new Refusal("application.field_forbidden", { field: strange })
  if (form === "call" || (form === "share" && bind === undefined))
    throw new Refusal("application.form_reserved")
  if (hours > longestHours) throw new Refusal("application.too_long", { limit: longestHours })
}

async function refuseGroundless(command: Command, communityId: string, wanted: Wanted): Promise<void> {
  const { orderId, requestNumber } = wanted
  if ((orderId === undefined) === (requestNumber === undefined)) throw new Refusal("application.no_ground")
  if (requestNumber !== undefined && !documentNumber.test(requestNumber))
    throw new Refusal("application.no_ground")
  if (orderId === undefined) return
  const order = await findOpenOrder(command, communityId, orderId)
  if (order === undefined) throw new Refusal("thing.absent")
  if (order.closed_at !== null) throw new Refusal("order.closed")
  const subjects = await findSubjects(command, communityId, wanted)
  const ofOrder = new Set(subjects.filter((one) => one.home_id === order.home_id).map((one) => one.person_id))
  if (subjects.some((one) => !ofOrder.has(one.person_id))) throw new Refusal("application.not_of_order")
}

/** Throws `thing.absent` when one of the persons or homes is out of reach. */
async function subjectsOf(
  command: Command,
  communityId: string,
  { regime, wanted }: Pick<Sought, "regime" | "wanted">,
): Promise<SubjectRow[]> {
  const most = mostPersonsOf(regime, wanted.form)
  const homeIds = [...new Set(wanted.homeIds)]
  const subjects = await findSubjects(command, communityId, wanted)
  const persons = new Set(subjects.map((one) => one.person_id))
  if (wanted.personIds.some((personId) => !persons.has(personId))) throw new Refusal("thing.absent")
  if ((await countHomes(command, communityId, homeIds)) < homeIds.length) throw new Refusal("thing.absent")
  if (persons.size === 0) throw new Refusal("application.nobody")
  if (persons.size > most) throw new Refusal("application.too_many", { limit: most })
  return subjects
}

interface Sought {
  readonly regime: Regime
  readonly wanted: Wanted
  readonly subjects: readonly SubjectRow[]
}

/** What lies on file of the classes asked for; old service records only when they are asked for. */
async function recordsOf(command: Command, communityId: string, sought: Sought): Promise<FoundRecord[]> {
  const { regime, wanted, subjects } = sought
  const found = await findRecords(command, communityId, {
    personIds: [...new Set(subjects.map((one) => one.person_id))],
    classes: [...new Set(wanted.fields.map((field) => fieldOf(field).class))],
  })
  const oldest = command.now - approvalsOf(regime).oldAfterDays * dayMilliseconds
  return found.filter((one) => wanted.older || one.class !== "service" || one.changed_at.getTime() >= oldest)
}

interface Filed extends Sought {
  readonly guarded: Guarded
  readonly found: readonly FoundRecord[]
}

async function record(command: Command, actor: Actor, filed: Filed): Promise<void> {
  const { regime, wanted, subjects, guarded } = filed
  const { communityId } = actor
  const approvals = approvalsOf(regime)
  const at = new Date(command.now).toISOString()
  const { application, hints } = await weigh(command, actor, filed)
  const compiled = compiledFor(regime)
  const facts = factsOf(compiled, application)
  const posts = underGuard(chainOf(decideApplication(compiled, facts)), guarded)
  const isRefused = posts.length === 0
  const buildingIds = [...new Set(subjects.map((one) => one.building_id))]
  await writeApplication(command, {
    ...wanted,
    communityId,
    number: caseNumber("A", command.now, random(6)),
    orderId: wanted.orderId ?? null,
    requestNumber: wanted.requestNumber ?? null,
    isOlder: wanted.older,
    isSingle: wanted.single || guarded.minors.length > 0,
    windowHours: approvals.windowHours,
    homes: application.homes,
    ageDays: application.ageDays,
    hints,
    posts,
    refusedBy: isRefused ? refusingRule(compiled, facts) : null,
    follows: wanted.follows ?? null,
    buildingIds,
    applicant: actor.staffId,
    applicantPost: actor.post,
    regimeVersion: regime.version,
    at,
    expiresAt: new Date(command.now + approvals.timeOutHours * hourMilliseconds).toISOString(),
  })
  const { applicationId } = wanted
  const bound: Bound = { communityId, applicationId, buildingIds, applicant: actor.staffId, at }
  await writeRecords(command, bound, lentRecords(filed))
  await wanted.bind?.(command)
  if (isRefused)
    await writeEnd(command, bound, { reason: "refused", endedBy: null, endedPost: null, looks: 0 })
  command.trace({
    act: "use.apply",
    clause: "4.2",
    purpose: wanted.purpose,
    useId: applicationId,
    subjects: [...new Set(subjects.map((one) => one.subject_ref))],
    fields: [...wanted.fields],
  })
}

/** The facts of the rules, and where an approver should look twice. How long the applicant has served is none of them. */
async function weigh(command: Command, actor: Actor, filed: Filed) {
  const { regime, wanted, subjects, found } = filed
  const { oldAfterDays } = approvalsOf(regime)
  const history = await readApplicantHistory(command, actor.communityId, {
    applicant: actor.staffId ?? "",
    since: new Date(command.now - historyDays * dayMilliseconds).toISOString(),
    except: wanted.applicationId,
    persons: [...new Set(subjects.map((one) => one.person_id))],
  })
  const application: Application = {
    purpose: wanted.purpose,
    form: wanted.form,
    applicant: applyingAs(actor),
    fields: wanted.fields,
    homes: new Set(subjects.map((one) => one.home_id)).size,
    ageDays: ageOf(found, command.now),
    hour: hourOf(command.now),
    refusals: history.refused,
  }
  const classes = wanted.fields.map((field) => fieldOf(field).class)
  const told = { applied: history.applied, refused: history.refused, samePerson: history.same_person }
  const ages = { minors: filed.guarded.minors.length, young: filed.guarded.young.length }
  const weighed = { application, classes, history: told, hours: wanted.hours, oldAfterDays, ...ages }
  return { application, hints: hintsOf(weighed) }
}

/** With several posts: the highest, so that nobody below signs for it. */
function applyingAs(actor: Actor): ApplyingPost {
  const held = actor.context.posts.split(",")
  const post = applyingPosts.findLast((one) => held.includes(one))
  if (post === undefined) throw new Error("an applicant without a post that applies")
  return post
}

/** Days since the oldest service record was written. */
function ageOf(found: readonly FoundRecord[], now: number): number {
  const service = found.filter((one) => one.class === "service").map((one) => one.changed_at.getTime())
  return Math.max(0, Math.floor((now - Math.min(now, ...service)) / dayMilliseconds))
}

const hourFormat = new Intl.DateTimeFormat("en-GB", {
  timeZone: houseZone,
  hour: "2-digit",
  hourCycle: "h23",
})

function hourOf(now: number): number {
  return Number(hourFormat.format(now))
}

/**
 * Each person with each class asked for; a row without fields opens nothing, and is there because an application does not tell
 * what is on file.
 */
function lentRecords({ wanted, subjects, found }: Filed): NewRecord[] {
  const byClass = [...Map.groupBy(wanted.fields, (field) => fieldOf(field).class)]
  const persons = new Map(subjects.map((one) => [one.person_id, one]))
  return [...persons.values()].flatMap((person) =>
    byClass.flatMap(([code, fields]) => {
      const { person_id: personId, home_id: homeId, subject_ref: subjectRef } = person
      const ids = found
        .filter((one) => one.person_id === personId && one.class === code)
        .map((one) => one.record_id)
      const row = { personId, homeId, class: code, subjectRef }
      const none = ids.includes(personId) ? [] : [{ ...row, recordId: personId, fields: [] }]
      return [...ids.map((recordId) => ({ ...row, recordId, fields })), ...none]
    }),
  )
}

const compiledRules = new WeakMap<Regime, ReturnType<typeof compileRules>>()

function compiledFor(regime: Regime): ReturnType<typeof compileRules> {
  const known = compiledRules.get(regime)
  if (known !== undefined) return known
  const compiled = compileRules(
    approvalsOf(regime),
    regime.purposes.map(({ code }) => code),
  )
  compiledRules.set(regime, compiled)
  return compiled
}
