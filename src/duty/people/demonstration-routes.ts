/**
 * The demonstration: a company of its own with synthetic households and one log-in a post, made and removed by one click.
 * People come first without log-ins, then the households, then the log-ins: without them it is unfinished, and the next
 * opening clears it away. Clause 4.1.
 */

import type { FastifyRequest } from "fastify"
import type pg from "pg"
import { Refusal } from "../../base/refusal.ts"
import type { House } from "../../house.ts"
import { type Actor, act } from "../../ledger/spine.ts"
import { visibleClasses } from "../../lifecycle/catalogue/regime.ts"
import { type Http, languageOf } from "../../platform/http.ts"
import { newId, random } from "../../platform/random.ts"
import { addCompany, lockInstallation } from "./company-sql.ts"
import { type DemonstrationLogin, isDone, openDemonstration, removeDemonstration } from "./contract.ts"
import {
  type DemonstrationPerson,
  demonstrationCompany,
  demonstrationPeople,
} from "./demonstration-people.ts"
import {
  type Demonstration,
  findBuildings,
  findDemonstration,
  findPosts,
  limitReach,
  removeDemonstrationRows,
} from "./demonstration-sql.ts"
import { readSetupState } from "./directory-sql.ts"
import { newFirstPassword } from "./first-password.ts"
import { codeHolder, setupHand } from "./hand.ts"
import { claimLogin, removeLogins } from "./login-sql.ts"
import { newNumberId } from "./number-id.ts"
import { hashPassword } from "./password.ts"
import { isHeld } from "./reach.ts"
import { keyNameOf } from "./sealed-secret.ts"
import { managingPosts } from "./separation.ts"
import { matches, type SetupCode } from "./setup-code.ts"
import { addAppointment, addStaff } from "./staff-sql.ts"

export interface DemonstrationRoom {
  /** Connections as hudun_auth. */
  readonly auth: pg.Pool
  readonly setup: SetupCode | undefined
  /** Stores the households and some orders, as the demonstration's manager. */
  readonly fill: (communityId: string, actor: Actor) => Promise<void>
  /** Deletes them and all else of the community but its traces. */
  readonly empty: (communityId: string, actor: Actor) => Promise<void>
}

/** Who asked for it. */
interface Asker {
  readonly staffId: string | null
  readonly post: string
}

interface Opened {
  readonly communityId: string
  readonly people: ReadonlyArray<PlannedPerson>
}

interface PlannedPerson extends DemonstrationPerson {
  readonly staffId: string
  readonly password: string
}

interface Plan extends Opened {
  readonly tenantId: string
  readonly asker: Asker
}

export function demonstrationRoutes(http: Http, house: House, room: DemonstrationRoom): void {
  const { door, spine } = house
  let opening: Promise<Opened> | undefined

  http.on(openDemonstration, async ({ body, request }) => {
    const asker = body.code === undefined ? await managing(request) : holding(body.code)
    // A second click meanwhile waits for the same demonstration instead of making another.
    opening ??= openOrReissue(house, room, asker).finally(() => (opening = undefined))
    const { communityId, people } = await opening
    const everywhere = languageOf(request) === "en" ? "Whole community" : "全小区"
    return { communityId, logins: people.map((person) => loginOf(person, everywhere)) }
  })

  http.on(removeDemonstration, async ({ request }) => {
    const asker = await managing(request)
    const found = await findLeft(house, asker.staffId)
    if (found === undefined) throw new Refusal("demonstration.none")
    await remove(house, room, { ...found, asker })
    return isDone
  })

  function holding(code: string): Asker {
    if (!matches(room.setup, code)) throw new Refusal("setup.code_wrong")
    return codeHolder
  }

  async function managing(request: FastifyRequest): Promise<{ staffId: string; post: string }> {
    const { staffId, appointments } = await door.person(request)
    const now = spine.clock()
    const held = appointments.find(
      (one) => isHeld(one, now) && managingPosts.some((post) => post === one.post),
    )
    if (held === undefined) throw new Refusal("post.not_allowed")
    return { staffId, post: held.post }
  }
}

/** A staff id that nobody has: enough to read the rows of the demonstration with. */
const anybody = "00000000-0000-0000-0000-000000000000"

/**
 * Passwords are shown once; whoever holds the set-up code and lost sight of them gets new ones for the same demonstration.
 * Everybody else is told that it is there: it may be in use.
 */
async function openOrReissue(house: House, room: DemonstrationRoom, asker: Asker): Promise<Opened> {
  const isThere = (await readSetupState(room.auth)).demonstration !== null
  if (!isThere || asker !== codeHolder) return open(house, room, asker)
  const found = await findLeft(house, anybody)
  return found === undefined ? open(house, room, asker) : reissue(house, room.auth, found)
}

async function reissue(
  house: House,
  auth: pg.Pool,
  { tenantId, communityId, staffIds }: Demonstration,
): Promise<Opened> {
  const posts = await findPosts(auth, tenantId)
  const people = demonstrationPeople.map((person) => ({
    ...person,
    staffId: posts.get(person.post) ?? "",
    password: newFirstPassword(random),
  }))
  const plan = { tenantId, communityId, people, asker: codeHolder }
  await act(house.spine, setupHand(plan, codeHolder, managerOf(plan).staffId), async (command) =>
    command.trace({ act: "people.open_demonstration", clause: "4.1" }),
  )
  await removeLogins(auth, staffIds)
  for (const staffId of staffIds) house.door.forget(staffId)
  await handOut(house, auth, plan)
  return plan
}

async function open(house: House, room: DemonstrationRoom, asker: Asker): Promise<Opened> {
  const plan = planOf(house.spine.clock(), asker)
  if ((await readSetupState(room.auth)).demonstration !== null) throw new Refusal("demonstration.exists")
  const unfinished = await findLeft(house, managerOf(plan).staffId)
  if (unfinished !== undefined) await remove(house, room, { ...unfinished, asker })
  await house.keyring.ensureTenant(plan.tenantId, "A1")
  await found(house, plan)
  try {
    await room.fill(plan.communityId, fillingHand(house, plan))
    await limitReaches(house, plan)
    await handOut(house, room.auth, plan)
  } catch (error) {
    const staffIds = plan.people.map((person) => person.staffId)
    // What cannot be removed now has no log-ins: the next opening clears it.
    await remove(house, room, { ...plan, staffIds }).catch(() => undefined)
    throw error
  }
  return plan
}

function planOf(now: number, asker: Asker): Plan {
  return {
    tenantId: newNumberId(now, random),
    communityId: newNumberId(now, random),
    people: demonstrationPeople.map((person) => ({
      ...person,
      staffId: newId(now),
      password: newFirstPassword(random),
    })),
    asker,
  }
}

/** Company, community, people and posts. Throws `demonstration.exists` when another server was quicker. */
async function found(house: House, plan: Plan): Promise<void> {
  const { tenantId, communityId, asker } = plan
  await act(house.spine, setupHand(plan, asker, managerOf(plan).staffId), async (command) => {
    const at = new Date(command.now).toISOString()
    await lockInstallation(command)
    if ((await findDemonstration(command)) !== undefined) throw new Refusal("demonstration.exists")
    await addCompany(command, { ...demonstrationCompany, tenantId, communityId, demonstration: true }, at)
    for (const { staffId, name, post, buildings } of plan.people) {
      await addStaff(command, { staffId, tenantId, name, demonstration: true }, at)
      const reach = { communityId, buildingIds: buildings === null ? null : [] }
      const appointmentId = command.newId()
      await addAppointment(command, {
        appointmentId,
        staffId,
        tenantId,
        post,
        ...reach,
        from: at,
        until: null,
      })
    }
    command.trace({ act: "people.open_demonstration", clause: "4.1" })
  })
}

/** Buildings have their ids only once the households are there. */
async function limitReaches(house: House, plan: Plan): Promise<void> {
  await act(house.spine, setupHand(plan, plan.asker, managerOf(plan).staffId), async (command) => {
    const ids = await findBuildings(command, plan.communityId)
    for (const { staffId, buildings } of plan.people) {
      if (buildings === null) continue
      const buildingIds = buildings.flatMap((name) => ids.get(name) ?? [])
      await limitReach(command, staffId, buildingIds)
    }
    command.trace({ act: "people.open_demonstration", clause: "3.8" })
  })
}

async function handOut(house: House, auth: pg.Pool, { tenantId, people }: Plan): Promise<void> {
  for (const { staffId, login, password } of people) {
    const passwordHash = await hashPassword(password, random(16))
    const claim = { login, staffId, tenantId, passwordHash, mustChange: false }
    await claimLogin(auth, { ...claim, now: house.spine.clock() })
  }
}

/** Log-ins first, so that nobody is inside; keys before rows, so that a break leaves noise and not households. */
async function remove(
  house: House,
  { auth, empty }: DemonstrationRoom,
  left: Demonstration & { readonly asker: Asker },
): Promise<void> {
  const { spine, door, keyring } = house
  const { tenantId, communityId, staffIds, asker } = left
  await removeLogins(auth, staffIds)
  for (const staffId of staffIds) door.forget(staffId)
  await keyring.destroyCommunity(communityId)
  await keyring.destroy(staffIds.map((staffId) => keyNameOf({ tenantId, staffId })))
  const reader = asker.staffId ?? staffIds[0] ?? ""
  await empty(communityId, rosterHand({ ...left, house }, asker, reader))
  await act(spine, setupHand(left, asker, reader), async (command) => {
    await removeDemonstrationRows(command, left, new Date(command.now).toISOString())
    command.trace({ act: "people.remove_demonstration", clause: "4.1" })
  })
}

/** The demonstration that is there, finished or not. `reader`: any staff id, see {@link setupHand}. */
async function findLeft({ spine }: House, reader: string): Promise<Demonstration | undefined> {
  const { context } = setupHand({ tenantId: "0", communityId: "0" }, codeHolder, reader)
  return findDemonstration({ query: (text, values) => spine.database.read(context, text, values) })
}

function managerOf({ people }: Opened): PlannedPerson {
  const manager = people.find((person) => person.post === "manager")
  if (manager === undefined) throw new Error("the demonstration has no manager")
  return manager
}

function fillingHand(house: House, plan: Plan): Actor {
  const { staffId } = managerOf(plan)
  return rosterHand({ ...plan, house }, { staffId, post: "manager" }, staffId)
}

interface Place {
  readonly tenantId: string
  readonly communityId: string
  readonly house: House
}

function rosterHand(place: Place, by: Asker, reader: string): Actor {
  const hand = setupHand(place, by, reader)
  const classes = visibleClasses(place.house.regime(), "manager").join(",")
  return { ...hand, context: { ...hand.context, classes, posts: "manager,setup" } }
}

function loginOf(person: PlannedPerson, everywhere: string): DemonstrationLogin {
  const { post, login, password, name, buildings } = person
  return { post, login, password, name, reach: buildings?.join("、") ?? everywhere }
}
