/** Posts given and replaced. Clause 6.1. */

import type pg from "pg"
import { Refusal } from "../../base/refusal.ts"
import type { House } from "../../house.ts"
import { act, type Command } from "../../ledger/spine.ts"
import type { Regime } from "../../lifecycle/catalogue/regime-shape.ts"
import type { Http } from "../../platform/http.ts"
import { random } from "../../platform/random.ts"
import { appointStaff, changePost, isDone } from "./contract.ts"
import { newFirstPassword } from "./first-password.ts"
import { claimLogin } from "./login-sql.ts"
import { hashPassword } from "./password.ts"
import type { Post } from "./post.ts"
import { isRunning, refuseBeyond, refuseExclusive, refuseSelf } from "./separation.ts"
import { type Manager, managedStaff, managerOf, staffAt } from "./staff-routes.ts"
import { addAppointment, addStaff, endAppointments, unknownBuildings } from "./staff-sql.ts"

export function appointmentRoutes(http: Http, house: House, auth: pg.Pool): void {
  const { spine, door } = house

  http.on(appointStaff, async ({ params, body, request }) => {
    const { staffId, login, name } = body
    const manager = await managerOf(house, request, params.communityId)
    const { tenantId } = manager.actor
    refuseSelf(manager.actor.staffId, staffId)
    const firstPassword = newFirstPassword(random)
    const passwordHash = await hashPassword(firstPassword, random(16))
    await act(spine, manager.actor, async (command) => {
      const { now } = command
      const staff = { staffId, tenantId, name, demonstration: manager.session.demonstration }
      const isNew = await addStaff(command, staff, new Date(now).toISOString())
      if (isNew) await appoint(command, manager, body)
      else await managedStaff(command, manager, staffId)
      command.trace({ act: "people.appoint", clause: "6.1" })
      await claimLogin(auth, { login, staffId, tenantId, passwordHash, mustChange: true, now })
    })
    return { staffId, firstPassword }
  })

  http.on(changePost, async ({ params, body, request }) => {
    const { staffId } = params
    const manager = await managerOf(house, request, params.communityId)
    refuseSelf(manager.actor.staffId, staffId)
    await act(spine, manager.actor, async (command) => {
      await endPost(command, manager, { staffId, next: body.post, regime: house.regime() })
      await appoint(command, manager, { ...body, staffId })
      command.trace({ act: "people.change_post", clause: "6.1" })
    })
    door.forget(staffId)
    return isDone
  })
}

/** Ends what the person holds over this community; what stays elsewhere must bear the next post. */
async function endPost(
  command: Command,
  { actor, managed, communityIds }: Manager,
  { staffId, next, regime }: { staffId: string; next: Post; regime: Regime },
): Promise<void> {
  const { communityId } = actor
  const staff = await staffAt(command, actor, staffId)
  if (staff.left) throw new Refusal("thing.absent")
  const running = staff.appointments.filter((one) => isRunning(one, command.now))
  const ending = running.filter((one) => one.communityId === null || one.communityId === communityId)
  refuseBeyond(managed, communityIds, ending)
  refuseExclusive(
    regime,
    next,
    running.filter((one) => !ending.includes(one)),
  )
  await endAppointments(command, { staffId, communityId }, new Date(command.now).toISOString())
}

interface WantedPost {
  readonly staffId: string
  readonly post: Post
  readonly buildingIds: readonly string[] | null
  readonly from?: string | undefined
  readonly until?: string | null | undefined
}

async function appoint(command: Command, { actor }: Manager, wanted: WantedPost): Promise<void> {
  const { communityId, tenantId } = actor
  const { staffId, post } = wanted
  const appointmentId = command.newId()
  const period = periodOf(wanted, command.now)
  const buildingIds = await buildingsOf(command, communityId, wanted)
  await addAppointment(command, {
    appointmentId,
    staffId,
    tenantId,
    post,
    communityId,
    buildingIds,
    ...period,
  })
}

/** Posts whose reach may be some buildings; every other covers its community. Clause 3.8. */
const postsOfBuildings: readonly Post[] = ["clerk", "supervisor"]

/** Throws `request.malformed` for a building that the community does not have. */
async function buildingsOf(
  command: Command,
  communityId: string,
  wanted: WantedPost,
): Promise<readonly string[] | null> {
  if (wanted.buildingIds === null || !postsOfBuildings.includes(wanted.post)) return null
  const buildingIds = [...new Set(wanted.buildingIds)]
  const unknown = await unknownBuildings(command, communityId, buildingIds)
  if (unknown > 0) throw new Refusal("request.malformed", { field: "buildingIds" })
  return buildingIds
}

/** From now unless said otherwise, never from the past, never backwards. */
function periodOf(wanted: WantedPost, now: number): { from: string; until: string | null } {
  const from = Math.max(now, wanted.from === undefined ? now : Date.parse(wanted.from))
  const until = typeof wanted.until === "string" ? Date.parse(wanted.until) : null
  if (until !== null && until <= from) throw new Refusal("request.malformed", { field: "until" })
  return { from: new Date(from).toISOString(), until: until === null ? null : new Date(until).toISOString() }
}
