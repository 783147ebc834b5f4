/** A grant in a form that leaves the system: its scope, and the start of its clock. Clauses 4.5, 4.7. */

import { Refusal } from "../../base/refusal.ts"
import type { RefusalCode } from "../../base/refusal-codes.ts"
import type { Actor, Command } from "../../ledger/spine.ts"
import { type LeavingForm, leavingForms } from "../catalogue/approval-shape.ts"
import { leaveRefusal, type Scope, scopeOf, untilOf } from "./application.ts"
import { outsideRefusal } from "./outside.ts"
import { boundOf } from "./sign.ts"
import { type ApplicationRow, type Asked, findApplication } from "./sql.ts"
import { standingOf } from "./views.ts"
import { lockApplication, writeBegun } from "./write-sql.ts"

export interface Leaving extends Scope {
  readonly purpose: string
  readonly form: LeavingForm
  readonly buildingIds: readonly string[]
  /** When the grant is over. */
  readonly until: Date
}

/** As a file or print. Throws `thing.absent`, `use.none`, `use.ended`, and what a third party's contract says. */
export async function beginLeaving(command: Command, actor: Actor, applicationId: string): Promise<Leaving> {
  const row = await lockedApplication(command, actor, applicationId)
  const form = leavingForms.find((one) => one === row.form)
  if (form === undefined) throw new Refusal("use.none")
  return { ...(await begin(command, actor, row)), form }
}

/** Told or written down by hand. Throws as {@link beginLeaving}; `sharing.leaves_as_file`. Clause 4.10. */
export async function beginTelling(
  command: Command,
  actor: Actor,
  applicationId: string,
): Promise<Omit<Leaving, "form">> {
  const row = await lockedApplication(command, actor, applicationId)
  if (row.form !== "share") throw new Refusal("sharing.leaves_as_file")
  return begin(command, actor, row)
}

async function lockedApplication(
  command: Command,
  { communityId }: Actor,
  applicationId: string,
): Promise<ApplicationRow> {
  await lockApplication(command, communityId, applicationId)
  const row = await findApplication(command, communityId, applicationId)
  if (row === undefined) throw new Refusal("thing.absent")
  return row
}

async function begin(command: Command, actor: Actor, row: ApplicationRow): Promise<Omit<Leaving, "form">> {
  const { communityId, staffId } = actor
  const { now } = command
  const standing = standingOf(row)
  const ask = { communityId, applicationId: row.application_id, now }
  const refusal = leaveRefusal(standing, { staffId, now }) ?? (await outsideRefusal(command, ask))
  if (refusal !== undefined) throw new Refusal(refusal)
  const until = row.begun_until ?? new Date(untilOf(standing, now))
  await writeBegun(command, boundOf(row, actor, now), until.toISOString())
  return { ...scopeOf(standing), purpose: row.purpose, buildingIds: row.building_ids, until }
}

/** Why the copy of this application may not leave now; undefined: it may. */
export async function leavingRefusal(
  asked: Asked,
  actor: Actor,
  { applicationId, now }: { applicationId: string; now: number },
): Promise<RefusalCode | undefined> {
  const row = await findApplication(asked, actor.communityId, applicationId)
  if (row === undefined) return "thing.absent"
  const { communityId, staffId } = actor
  return (
    leaveRefusal(standingOf(row), { staffId, now }) ??
    outsideRefusal(asked, { communityId, applicationId, now })
  )
}
