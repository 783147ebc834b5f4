/** Stopping somebody of the staff on the spot, and letting them in again. Clause 6.3. */

import { Refusal } from "../../base/refusal.ts"
import type { House } from "../../house.ts"
import { act, type Command } from "../../ledger/spine.ts"
import type { Http } from "../../platform/http.ts"
import { isDone, restoreStaff, suspendStaff } from "./contract.ts"
import { refuseSelf } from "./separation.ts"
import { type Manager, managedStaff, managerOf } from "./staff-routes.ts"
import { refuseLastOfficer, untilOf } from "./suspension.ts"
import {
  isSuspended,
  liftSuspensions,
  listOfficers,
  lockSuspensions,
  writeSuspension,
} from "./suspension-sql.ts"

export function suspensionRoutes(http: Http, house: House): void {
  const { spine, door } = house

  http.on(suspendStaff, async ({ params, body, request }) => {
    const { staffId } = params
    const manager = await managerOf(house, request, params.communityId)
    refuseSelf(manager.actor.staffId, staffId)
    await act(spine, manager.actor, async (command) => {
      const by = await enter(command, manager, staffId)
      const { tenantId } = manager.actor
      refuseLastOfficer(staffId, await listOfficers(command, { tenantId, at: by.at }), manager.communityIds)
      // What ran before gives way: a suspension is made longer, or shorter, by the next.
      await liftSuspensions(command, staffId, by)
      const until = untilOf(body.until, command.now)
      const suspension = { suspensionId: command.newId(), staffId, tenantId, reason: body.reason, until }
      await writeSuspension(command, { ...suspension, ...by })
      command.trace({ act: "people.suspend", clause: "6.3" })
    })
    door.forget(staffId)
    return isDone
  })

  http.on(restoreStaff, async ({ params, request }) => {
    const { staffId } = params
    const manager = await managerOf(house, request, params.communityId)
    refuseSelf(manager.actor.staffId, staffId)
    await act(spine, manager.actor, async (command) => {
      await liftSuspensions(command, staffId, await enter(command, manager, staffId))
      command.trace({ act: "people.restore", clause: "6.3" })
    })
    return isDone
  })
}

/**
 * Whoever acts is not suspended themselves in this moment, whatever their session says; whoever it is about works here.
 * Throws `session.none`, `thing.absent`, `post.not_allowed`.
 */
async function enter(command: Command, manager: Manager, staffId: string) {
  const { actor } = manager
  const at = new Date(command.now).toISOString()
  await lockSuspensions(command, actor.tenantId)
  if (await isSuspended(command, { staffId: actor.staffId, at })) throw new Refusal("session.none")
  const staff = await managedStaff(command, manager, staffId)
  if (staff.left) throw new Refusal("thing.absent")
  return { by: actor.staffId, post: actor.post, at }
}
