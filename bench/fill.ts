/**
 * Fills both databases: the product's through its own sealing path (`takeRoster`), orders as `openOrder` leaves them, then
 * the plain one with the same persons in clear. A process of its own, so that its memory is not the load's.
 */

import { resolve } from "node:path"
import type pg from "pg"
import { z } from "zod"
import { readConfig } from "../src/config.ts"
import { takeRoster } from "../src/lifecycle/store/take.ts"
import { openHouse } from "../src/open-house.ts"
import { openLog } from "../src/platform/log.ts"
import { ready, settingsOf } from "./child.ts"
import { openOrders } from "./orders.ts"
import { type Owner, plainIndexes, plainTable, readOwners, writePlain } from "./plain.ts"
import { buildingsPerCommunity, pick, populate, randomFrom } from "./population.ts"
import { plainDatabase, productDatabase, socketShape, storeAt, withAdmin } from "./postgres.ts"
import { actorOf, appoint, makeCommunities, type Staff } from "./staff.ts"
import { type World, writeWorld } from "./world.ts"

const settings = settingsOf(
  z.object({
    data: z.string(),
    socket: socketShape,
    communities: z.number().int(),
    personsEach: z.number().int(),
    ordersEach: z.number().int(),
  }),
)
const { data, socket, communities, personsEach, ordersEach } = settings
const tenantId = "1"
const batchEntries = 500
const buildingsOfClerk = 4
const pagesEach = 300
const soughtEach = 600

const open = await openHouse({
  config: readConfig({ HUDUN_DATA: data }, data),
  program: resolve(import.meta.dirname, ".."),
  log: openLog(),
  server: storeAt(socket),
})
const { house } = open
const random = randomFrom(7_080)
const world: World = {
  persons: communities * personsEach,
  communities,
  sessions: [],
  pages: [],
  sought: [],
  orders: [],
}
const communityIds = Array.from({ length: communities }, (_, at) => String(101 + at))

await withAdmin(socket, productDatabase, async (product) => {
  await makeCommunities(product, tenantId, communityIds)
  await house.keyring.ensureTenant(tenantId, "A1")
  const desks: Desk[] = []
  for (const communityId of communityIds) desks.push(await openDesk(product, communityId))
  // Two at a time: one seals while the other waits for the disk.
  const waiting = [...desks.entries()]
  const fillNext = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) await fillRoster(next[1].manager, next[0])
  }
  await Promise.all([fillNext(), fillNext()])
  await withAdmin(socket, plainDatabase, async (plain) => {
    await plain.query(plainTable)
    for (const desk of desks) await copyPlain(product, plain, desk)
    for (const index of plainIndexes) await plain.query(index)
    await plain.query("vacuum (analyze) owner")
  })
  await product.query("vacuum (analyze)")
  await product.query("checkpoint")
})
// Without communities only the company is made, which is all that imports need.
if (communities > 0) await writeWorld(data, world)
ready(0, () => open.close())

interface Desk {
  readonly manager: Staff
  readonly clerk: Staff
}

async function openDesk(product: pg.Client, communityId: string): Promise<Desk> {
  const first = Math.floor(random() * (buildingsPerCommunity - buildingsOfClerk)) + 1
  const buildings = Array.from({ length: buildingsOfClerk }, (_, at) => String(first + at))
  return {
    manager: await appoint(product, { tenantId, communityId, post: "manager", buildings: null }),
    clerk: await appoint(product, { tenantId, communityId, post: "clerk", buildings }),
  }
}

async function fillRoster(manager: Staff, number: number): Promise<void> {
  const entries = populate(number, personsEach)
  for (let at = 0; at < entries.length; at += batchEntries) {
    await takeRoster(house, actorOf(manager), {
      entries: entries.slice(at, at + batchEntries),
      source: { purpose: "move_in", channel: "import", importId: null },
    })
  }
}

async function copyPlain(product: pg.Client, plain: pg.Client, desk: Desk): Promise<void> {
  const owners = await readOwners(house, product, desk.manager)
  if (owners.length !== personsEach) throw new Error("a roster is not whole")
  await writePlain(plain, desk.manager.communityId, owners)
  const all = sessionOf(desk.manager)
  const own = sessionOf(desk.clerk)
  const reached = owners.filter((one) => desk.clerk.buildings?.includes(one.buildingId))
  for (let at = 0; at < pagesEach; at++) {
    world.pages.push({ session: all, after: cursorBefore(owners), building: null })
    const building = pick(random, desk.clerk.buildings ?? [])
    const there = reached.filter((one) => one.buildingId === building)
    world.pages.push({ session: own, after: cursorBefore(there), building })
  }
  for (let at = 0; at < soughtEach; at++) {
    const [session, from] = at % 2 === 0 ? [all, owners] : [own, reached]
    const { personId, name, phone } = pick(random, from)
    world.sought.push({ session, personId, name, phone })
  }
  const callers = reached.toSorted((a, b) => (a.personId.slice(24) < b.personId.slice(24) ? -1 : 1))
  const opened = await openOrders(house, product, { clerk: desk.clerk, owners: callers.slice(0, ordersEach) })
  for (const { useId, owner } of opened)
    world.orders.push({ session: own, useId, personId: owner.personId, phone: owner.phone })
}

function sessionOf({ cookie, communityId }: Staff): number {
  return world.sessions.push({ cookie, communityId }) - 1
}

/** Any place of the list behind which a whole page follows. */
function cursorBefore(owners: readonly Owner[]): string {
  const { sortKey, residenceId } = pick(random, owners.slice(0, -51))
  return Buffer.from(JSON.stringify([sortKey, residenceId])).toString("base64url")
}
