/** Clause 3.9: encrypted at the field, keys outside the database; stealing the database reveals no protected field. */

import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { Keyring } from "../../src/vault/keyring.ts"
import { KeyringStore } from "../../src/vault/keyring-sql.ts"
import { openRootFile } from "../../src/vault/root-file.ts"
import { Unopenable } from "../../src/vault/suite.ts"
import { dumpOf, spellingsOf } from "../dump.ts"
import {
  fillRoster,
  type Reply,
  send,
  startHouse,
  syntheticRoster,
  type TestHouse,
  type TestStaff,
} from "../house.ts"
import {
  at,
  type Desk,
  furnish,
  hire,
  intakeOf,
  lookAt,
  openOrder,
  type Resident,
  read,
  resident,
  sql,
} from "../orders.ts"

let test: TestHouse
let desk: Desk
let away: Desk
let clerk: TestStaff

beforeAll(async () => {
  test = await startHouse()
  desk = await furnish(test, 1)
  away = await furnish(test, 2)
  clerk = await hire(desk, "clerk", ["1", "2"])
})
afterAll(() => test.close())

const everybody = (from: Desk): Resident[] => Object.values(from.residents).flat()

describe("a dump of every table", () => {
  const said = "厨房水龙头漏水请联系孙女士13900007777"
  const typed = "13900008888"

  it("holds no phone, name, plate or word of a caller, in no spelling", async () => {
    await openOrder(desk, clerk, { kind: "parking", text: said, phone: typed, plate: "京A55555" })
    const dump = await dumpOf(desk)
    const values = everybody(desk).flatMap(({ name, phone, plate }) => [name, phone, plate])
    expect(values.length).toBe(36)
    for (const value of [...values, said, "孙女士", typed, "京A55555"])
      for (const spelling of spellingsOf(value))
        expect([value, dump.includes(spelling)]).toEqual([value, false])
  })

  it("does hold what lies in the clear: the search finds it, so that finding nothing means something", async () => {
    const dump = await dumpOf(desk)
    expect(dump).toContain("139****")
    expect(dump).toContain("1栋1单元101")
    const isIn = (text: string) => spellingsOf("13900002222").some((spelling) => text.includes(spelling))
    expect(isIn(dump)).toBe(false)
    await sql(desk, "insert into app.community values (77, 1, '13900002222', false, now())")
    expect(isIn(await dumpOf(desk))).toBe(true)
  })

  it("tells nobody that two persons have the same phone", async () => {
    const twins = syntheticRoster(2, 1).map((entry, index) => ({
      ...entry,
      facts: { name: [`孪${"甲乙"[index] ?? ""}`], phone: ["13900006666"] },
      home: { building: "9", unit: "1", room: String(101 + index) },
    }))
    await fillRoster(test, desk.community, twins)
    const rows = await sql<{ sealed: string; tag: string }>(
      desk,
      `select sealed::text as sealed, content_tag::text as tag from app.record r join app.residence s
         on s.community_id = r.community_id and s.person_id = r.subject_id
       join app.building b on b.community_id = s.community_id and b.building_id = s.building_id where b.name = '9栋'`,
    )
    expect(rows).toHaveLength(2)
    expect(new Set(rows.map(({ sealed }) => sealed.slice(0, 60))).size).toBe(2)
    expect(new Set(rows.map(({ tag }) => tag)).size).toBe(2)
  })
})

/** Opens an order for somebody whose phone only the roster holds, and looks at it. */
async function lookAtRoster(from: Desk, as: TestStaff, who: Resident) {
  const { homeId, personId } = who
  const body = { ...intakeOf(from, {}), homeId, personId }
  const opened = await send(test, `POST ${at(from, "/orders")}`, { as, body })
  expect(opened.status).toBe(200)
  return lookAt(from, as, { orderId: body.orderId, useId: String(opened.body["useId"]) })
}

/** What a person's identity record is sealed as. */
async function sealedOf(from: Desk, who: Resident): Promise<Buffer> {
  const [row] = await sql<{ sealed: Buffer }>(
    from,
    "select sealed from app.record where community_id = $1 and subject_id = $2 and class = 'identity'",
    [from.community.communityId, who.personId],
  )
  if (row === undefined) throw new Error("no record")
  return row.sealed
}

async function putBack(from: Desk, who: Resident, sealed: Buffer): Promise<void> {
  await sql(
    from,
    "update app.record set sealed = $3 where community_id = $1 and subject_id = $2 and class = 'identity'",
    [from.community.communityId, who.personId, sealed],
  )
}

describe("an opened record", () => {
  it("needs its key from the keyring", async () => {
    const who = resident(desk, "1")
    expect((await lookAtRoster(desk, clerk, who)).body["values"]).toEqual([who.phone])
    await sql(desk, "delete from keyring.data_key where subject_id = $1", [who.personId])
    test.time.ahead += 61_000
    const reply = await lookAtRoster(desk, clerk, who)
    expect(reply).toMatchObject({ status: 404, body: { code: "thing.absent" } })
    expect(reply.text).not.toContain(who.phone)
  })

  it("needs the root key, which lies in no database", async () => {
    const name = {
      tenantId: desk.community.tenantId,
      communityId: desk.community.communityId,
      subjectId: resident(desk, "2").personId,
      class: "identity",
    }
    const open = async (file: string) => {
      const root = await openRootFile(join(test.database.data, "keys", file), undefined, true)
      const guarded = {
        name: root.name,
        wrap: root.wrap.bind(root),
        unwrap: root.unwrap.bind(root),
        assertOpen: () => undefined,
      }
      const store = new KeyringStore(test.database.as("hudun_keyring"))
      const keyring = new Keyring({ store, root: guarded, clock: Date.now })
      try {
        return await keyring.dataKey(name)
      } finally {
        await keyring.close()
      }
    }
    expect(await open("root.key")).toBeDefined()
    await expect(open("another.key")).rejects.toThrow(Unopenable)
  })

  const swaps: ReadonlyArray<readonly [from: string, other: () => Promise<Buffer>]> = [
    ["another person of the same home block", () => sealedOf(desk, resident(desk, "2", 1))],
    ["a person of another community and company", () => sealedOf(away, resident(away, "2"))],
    ["nobody: one bit of it turned", async () => turned(await sealedOf(desk, resident(desk, "2")), 40)],
    [
      "nobody: its header turned to another suite",
      async () => withSuite(await sealedOf(desk, resident(desk, "2")), 0x51),
    ],
    ["nobody: its tag cut off", async () => (await sealedOf(desk, resident(desk, "2"))).subarray(0, -16)],
  ]
  it.each(swaps)("is refused when what lies there is of %s", async (_, other) => {
    const who = resident(desk, "2")
    const right = await sealedOf(desk, who)
    expect((await lookAtRoster(desk, clerk, who)).body["values"]).toEqual([who.phone])
    await putBack(desk, who, await other())
    const reply = await lookAtRoster(desk, clerk, who)
    await putBack(desk, who, right)
    expectClosed(reply)
    expect((await lookAtRoster(desk, clerk, who)).body["values"]).toEqual([who.phone])
  })

  it("is refused when an older one is put back", async () => {
    const who = resident(desk, "2", 2)
    const older = await sealedOf(desk, who)
    const [entry] = syntheticRoster(12, 4).filter(({ facts }) => facts.phone?.includes(who.phone))
    if (entry === undefined) throw new Error("no entry")
    await fillRoster(test, desk.community, [{ ...entry, facts: { ...entry.facts, phone: ["13900003333"] } }])
    expect((await lookAtRoster(desk, clerk, who)).body["values"]).toEqual(["13900003333"])
    await putBack(desk, who, older)
    const reply = await lookAtRoster(desk, clerk, who)
    expectClosed(reply)
    expect(reply.text).not.toContain(who.phone)
  })

  it("is refused when the keys of two persons are exchanged", async () => {
    const [one, other] = [resident(desk, "1", 1), resident(desk, "1", 2)]
    expect((await lookAtRoster(desk, clerk, one)).status).toBe(200)
    await sql(
      desk,
      `update keyring.data_key k set wrapped = o.wrapped from keyring.data_key o
       where k.class = 'identity' and o.class = 'identity' and k.community_id = o.community_id
         and k.subject_id in ($1, $2) and o.subject_id in ($1, $2) and k.subject_id <> o.subject_id`,
      [one.personId, other.personId],
    )
    test.time.ahead += 61_000
    const reply = await lookAtRoster(desk, clerk, one)
    expectClosed(reply)
  })
})

function expectClosed(reply: Reply): void {
  expect(reply.status).toBeGreaterThanOrEqual(400)
  expect(reply.body).not.toHaveProperty("values")
}

function turned(sealed: Buffer, at: number): Buffer {
  const changed = Buffer.from(sealed)
  changed[at] = (changed[at] ?? 0) ^ 1
  return changed
}

function withSuite(sealed: Buffer, suite: number): Buffer {
  const changed = Buffer.from(sealed)
  changed[1] = suite
  return changed
}

describe("the suites", () => {
  it("a company under the Chinese suite seals with SM4 and opens again", async () => {
    await sql(desk, "insert into app.tenant values (5, '国密物业', 'S1', false, now())")
    await test.house.keyring.ensureTenant("5", "S1")
    const chinese = await furnish(test, 5)
    const there = await hire(chinese, "clerk", ["1"])
    const who = resident(chinese, "1")
    expect((await sealedOf(chinese, who))[1]).toBe(0x51)
    expect((await sealedOf(desk, resident(desk, "3")))[1]).toBe(0xa1)
    expect((await lookAtRoster(chinese, there, who)).body["values"]).toEqual([who.phone])
    expect((await read(chinese, there, `/persons/${who.personId}`)).text).not.toContain(who.phone)
  })
})
