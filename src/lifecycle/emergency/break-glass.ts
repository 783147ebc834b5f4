/** Breaking the glass: one household, at once, after the password was proven again — one command. Clause 4.9. */

import { Refusal } from "../../base/refusal.ts"
import type { House } from "../../house.ts"
import { type Actor, act, type Command } from "../../ledger/spine.ts"
import { sqlState } from "../../platform/database.ts"
import { random } from "../../platform/random.ts"
import { caseNumber } from "../apply/case-number.ts"
import { ownHand } from "../apply/hand.ts"
import { isClosedKind } from "../catalogue/closed-kind.ts"
import type { EmergencyReason, EmergencyRules } from "../catalogue/emergency-shape.ts"
import { emergencyOf } from "../catalogue/emergency-v1.ts"
import { findPersonal } from "../text/find-personal.ts"
import { maskIn } from "../text/mask-text.ts"
import { purposeOfEmergency } from "./purpose.ts"
import { accountsOf, findEmergency, hasRunning } from "./sql.ts"
import { findHome, findResidents, lockEmergency, writeEmergency } from "./write-sql.ts"

const minuteMilliseconds = 60_000
const hourMilliseconds = 3_600_000
const uniqueViolation = "23505"

export interface Wanted {
  readonly emergencyId: string
  readonly homeId: string
  readonly fields: readonly string[]
  readonly reason: EmergencyReason
  readonly words: string
}

/** Throws `emergency.closed_kind`, `emergency.field_not_open`. Before anybody's password is looked at. */
export function refuseClosed({ fields: open }: EmergencyRules, fields: readonly string[]): void {
  const closed = fields.find(isClosedKind)
  if (closed !== undefined) throw new Refusal("emergency.closed_kind")
  if (fields.some((field) => !open.some((one) => one === field)))
    throw new Refusal("emergency.field_not_open")
}

/** Sent again with the same id, it changes nothing. Throws `thing.absent`, `emergency.running`, `emergency.nobody`. */
export async function breakGlass(house: House, actor: Actor, wanted: Wanted): Promise<void> {
  if (await isOwn(house, actor, wanted.emergencyId)) return
  try {
    await breakNew(house, actor, wanted)
  } catch (error) {
    if (sqlState(error) !== uniqueViolation) throw error
    if (!(await isOwn(house, actor, wanted.emergencyId))) throw new Refusal("thing.absent")
  }
}

async function isOwn({ spine }: House, actor: Actor, emergencyId: string): Promise<boolean> {
  const query = <Row extends object>(text: string, values: readonly unknown[] = []) =>
    spine.database.read<Row>(actor.context, text, values)
  const row = await findEmergency({ query }, actor.communityId, emergencyId)
  return row?.applicant === actor.staffId
}

async function breakNew(house: House, actor: Actor, wanted: Wanted): Promise<void> {
  const { communityId, staffId } = actor
  const rules = emergencyOf(house.regime())
  await act(house.spine, actor, async (command) => {
    const home = await findHome(command, communityId, wanted.homeId)
    if (home === undefined) throw new Refusal("thing.absent")
    await refuseSecond(command, actor)
    const residents = await findResidents(command, communityId, wanted.homeId)
    if (residents.length === 0) throw new Refusal("emergency.nobody")
    const { emergencyId, homeId, reason } = wanted
    const after = (milliseconds: number) => new Date(command.now + milliseconds).toISOString()
    const bound = {
      communityId,
      emergencyId,
      buildingId: home.building_id,
      applicant: staffId,
      at: after(0),
    }
    await writeEmergency(command, bound, {
      number: caseNumber("E", command.now, random(6)),
      reason,
      // An emergency is no time to rewrite a sentence: what is personal in it is masked instead. Clause 2.9.
      words: maskIn(wanted.words, findPersonal(wanted.words)).slice(0, 200),
      fields: [...new Set(wanted.fields)],
      homeId,
      place: home.label,
      rule: rules.code,
      applicantPost: actor.post,
      regimeVersion: house.regime().version,
      until: after(rules.minutes * minuteMilliseconds),
      reviewBy: after(rules.reviewHours * hourMilliseconds),
      tellBy: after(rules.tellHours * hourMilliseconds),
      residents,
    })
    command.trace({
      act: "emergency.break",
      clause: "4.9",
      purpose: purposeOfEmergency,
      useId: emergencyId,
      subjects: residents.map((row) => row.subject_ref),
      fields: [...wanted.fields],
    })
  })
}

/** One household at a time, for a natural person and not for an account. */
async function refuseSecond(command: Command, actor: Actor): Promise<void> {
  const { communityId, staffId } = actor
  const accounts = await accountsOf(command, staffId ?? "")
  for (const account of accounts.toSorted()) await lockEmergency(command, communityId, account)
  const now = new Date(command.now).toISOString()
  // Asked by the server's own hand: nobody sees what another account of theirs has running.
  const asked = { communityId, staffIds: accounts, now }
  if (await ownHand(command, actor, () => hasRunning(command, asked))) throw new Refusal("emergency.running")
}
