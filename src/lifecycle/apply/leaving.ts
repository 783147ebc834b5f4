/** A grant in a form that leaves the system: its scope, and the start of its clock. Clauses 4.5, 4.7. */

import { Refusal } from "../../base/refusal.ts"
import type { RefusalCode } from "../../base/refusal-codes.ts"
import type { Actor, Command } from "../../ledger/spine.ts"
import { type LeavingForm, leavingForms } from "../catalogue/approval-shape.ts"
import { leaveRefusal, type Scope, scopeOf, untilOf } from "./application.ts"
import { boundOf } from "./sign.ts"
import { type Asked, findApplication } from "./sql.ts"
import { standingOf } from "./views.ts"
import { lockApplication, writeBegun } from "./write-sql.ts"

export interface Leaving extends Scope {
  readonly purpose: string
  readonly form: LeavingForm
  readonly buildingIds: readonly string[]
  /** When the grant is over. */
  readonly until: Date
}

/** Throws `thing.absent`, `use.none`, `use.ended`. */
export async function beginLeaving(command: Command, actor: Actor, applicationId: string): Promise<Leaving> {
  await lockApplication(command, actor.communityId, applicationId)
  const row = await findApplication(command, actor.communityId, applicationId)
  if (row === undefined) throw new Refusal("thing.absent")
  const standing = standingOf(row)
  const refusal = leaveRefusal(standing, { staffId: actor.staffId, now: command.now })
  const form = leavingForms.find((one) => one === row.form)
  if (refusal !== undefined || form === undefined) throw new Refusal(refusal ?? "use.none")
  const until = row.begun_until ?? new Date(untilOf(standing, command.now))
  await writeBegun(command, boundOf(row, actor, command.now), until.toISOString())
  return { ...scopeOf(standing), purpose: row.purpose, form, buildingIds: row.building_ids, until }
}

/** Why the copy of this application may not leave now; undefined: it may. */
export async function leavingRefusal(
  asked: Asked,
  actor: Actor,
  { applicationId, now }: { applicationId: string; now: number },
): Promise<RefusalCode | undefined> {
  const row = await findApplication(asked, actor.communityId, applicationId)
  if (row === undefined) return "thing.absent"
  return leaveRefusal(standingOf(row), { staffId: actor.staffId, now })
}
