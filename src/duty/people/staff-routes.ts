/** People and their log-ins, managed by others and never by themselves. Clauses 4.1, 6.1, 6.3. */

import type { FastifyRequest } from "fastify"
import type pg from "pg"
import { Refusal } from "../../base/refusal.ts"
import type { House } from "../../house.ts"
import { type Actor, act, type Command } from "../../ledger/spine.ts"
import type { Http } from "../../platform/http.ts"
import { random } from "../../platform/random.ts"
import {
  dismissStaff,
  isDone,
  listStaff,
  resetPassword,
  type StaffMember,
  type Suspension,
} from "./contract.ts"
import { type Colleague, findColleagues, type RunningSuspension } from "./directory-sql.ts"
import { newFirstPassword } from "./first-password.ts"
import { endCredential, resetCredential } from "./login-sql.ts"
import { hashPassword } from "./password.ts"
import { keyNameOf } from "./sealed-secret.ts"
import { isRunning, managedBy, managingPosts, refuseBeyond, refuseSelf } from "./separation.ts"
import type { Session } from "./session.ts"
import { endAppointments, findStaff, markLeft, type StaffRecord } from "./staff-sql.ts"

export function staffRoutes(http: Http, house: House, auth: pg.Pool): void {
  const { door, spine, keyring } = house

  http.on(listStaff, async ({ params, request }) => {
    const actor = await door.actor(request, params.communityId, [...managingPosts, "manager"])
    const now = spine.clock()
    const colleagues = await findColleagues(auth, { ...actor, now })
    const manages = managingPosts.some((post) => actor.context.posts.split(",").includes(post))
    return { staff: colleagues.map((colleague) => memberOf(colleague, { now, manages })) }
  })

  http.on(resetPassword, async ({ params, request }) => {
    const { staffId } = params
    const manager = await managerOf(house, request, params.communityId)
    refuseSelf(manager.actor.staffId, staffId)
    const firstPassword = newFirstPassword(random)
    const passwordHash = await hashPassword(firstPassword, random(16))
    await act(spine, manager.actor, async (command) => {
      const staff = await managedStaff(command, manager, staffId)
      if (staff.left) throw new Refusal("thing.absent")
      command.trace({ act: "people.reset_password", clause: "4.1" })
    })
    await resetCredential(auth, { staffId, passwordHash, now: spine.clock() })
    await keyring.destroy([keyNameOf({ tenantId: manager.actor.tenantId, staffId })])
    door.forget(staffId)
    return { firstPassword }
  })

  http.on(dismissStaff, async ({ params, request }) => {
    const { staffId } = params
    const manager = await managerOf(house, request, params.communityId)
    refuseSelf(manager.actor.staffId, staffId)
    await act(spine, manager.actor, async (command) => {
      await managedStaff(command, manager, staffId)
      const at = new Date(command.now).toISOString()
      await markLeft(command, staffId, at)
      await endAppointments(command, { staffId, communityId: null }, at)
      command.trace({ act: "people.dismiss", clause: "6.3" })
    })
    await endCredential(auth, staffId, spine.clock())
    await keyring.destroy([keyNameOf({ tenantId: manager.actor.tenantId, staffId })])
    door.forget(staffId)
    return isDone
  })
}

/** Somebody who manages people here, and where else they do. */
export interface Manager {
  readonly actor: Actor
  readonly session: Session
  readonly communityIds: readonly string[]
  readonly managed: readonly string[]
}

export async function managerOf(
  { door, spine }: House,
  request: FastifyRequest,
  communityId: string,
): Promise<Manager> {
  const actor = await door.actor(request, communityId, managingPosts)
  const session = await door.session(request)
  const communityIds = session.communities.map((one) => one.communityId)
  const managed = managedBy(session.appointments, communityIds, spine.clock())
  return { actor, session, communityIds, managed }
}

/** Somebody whose log-in this manager may change: it is felt wherever that person holds a post. Throws `thing.absent`. */
export async function managedStaff(
  command: Command,
  { actor, managed, communityIds }: Manager,
  staffId: string,
): Promise<StaffRecord> {
  const staff = await staffAt(command, actor, staffId)
  const running = staff.appointments.filter((one) => isRunning(one, command.now))
  refuseBeyond(managed, communityIds, running)
  return staff
}

/** Throws `thing.absent` for people of another company or community. */
export async function staffAt(command: Command, actor: Actor, staffId: string): Promise<StaffRecord> {
  const { tenantId, communityId } = actor
  const staff = await findStaff(command, { tenantId, communityId, staffId })
  if (staff === undefined) throw new Refusal("thing.absent")
  return staff
}

/** Why somebody is suspended is told to those who manage people only. */
function memberOf(colleague: Colleague, { now, manages }: { now: number; manages: boolean }): StaffMember {
  const { staffId, name, login, hasSecondFactor, lockedUntil, leftAt, suspension } = colleague
  const isLocked = lockedUntil !== null && lockedUntil.getTime() > now
  return {
    staffId,
    name,
    login,
    hasSecondFactor,
    lockedUntil: isLocked ? lockedUntil.toISOString() : null,
    leftAt: leftAt?.toISOString() ?? null,
    suspension: suspension === null || leftAt !== null ? null : suspensionOf(suspension, manages),
    appointments: colleague.appointments.map((one) => ({
      post: one.post,
      communityId: one.communityId,
      buildingIds: one.buildingIds === null ? null : [...one.buildingIds],
      from: new Date(one.from).toISOString(),
      until: one.until === null ? null : new Date(one.until).toISOString(),
    })),
  }
}

function suspensionOf({ reason, since, until }: RunningSuspension, manages: boolean): Suspension {
  return {
    reason: manages ? reason : null,
    since: new Date(since).toISOString(),
    until: until === null ? null : new Date(until).toISOString(),
  }
}
