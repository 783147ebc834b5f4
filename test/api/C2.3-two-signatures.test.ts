/** Clause 2.3: the regime changes by two signatures of two persons, now or at an hour, and goes back the same way. */

import { randomUUID } from "node:crypto"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { RegimeInForce } from "../../src/lifecycle/catalogue/in-force.ts"
import { send } from "../house.ts"
import { stateOf } from "../isolation/contexts.ts"
import { at, hire, intakeOf, openDesk, openOrder, read, sql, tracesOf } from "../orders.ts"
import {
  activate,
  begin,
  post,
  type RegimeDesk,
  saved,
  sign,
  staffRegime,
  withPurpose,
  withRow,
} from "../regime-desk.ts"

let room: RegimeDesk
beforeAll(async () => {
  room = await staffRegime(await openDesk())
})
afterAll(() => room.desk.test.close())

const inForce = () => room.desk.test.house.regime().version
const versions = async () => {
  const list = (await read(room.desk, room.manager, "/regime")).body["versions"]
  if (!Array.isArray(list)) throw new Error("no versions")
  return list
}

describe("a draft", () => {
  it("is begun by a privacy officer alone, and read by manager and auditor", async () => {
    const draft = await begin(room)
    const auditor = await hire(room.desk, "auditor")
    const clerk = await hire(room.desk, "clerk", ["1"])
    const body = { draftId: randomUUID(), title: "试改" }
    for (const as of [room.manager, auditor, clerk])
      expect(await post(room.desk, as, "/regime/drafts", body)).toMatchObject({ status: 403 })
    for (const as of [room.manager, auditor])
      expect((await read(room.desk, as, `/regime/drafts/${draft.draftId}`)).status).toBe(200)
    expect((await read(room.desk, clerk, `/regime/drafts/${draft.draftId}`)).status).toBe(403)
    expect((await post(room.desk, room.officer, `/regime/drafts/${draft.draftId}/withdraw`)).status).toBe(200)
    expect(await sign(room, draft, { as: room.officer })).toMatchObject({
      status: 409,
      body: { code: "regime.draft_closed" },
    })
  })

  it("that contradicts itself is not signed", async () => {
    const draft = await begin(room)
    const wrong = await saved(room, draft, withRow(draft.text, "repair", { phone: { rule: "forbidden" } }))
    expect(wrong.contradictions).toContainEqual({
      code: "rule_shows",
      facts: { rule: "standing.repair", field: "phone", purpose: "repair" },
    })
    expect(await sign(room, wrong, { as: room.officer })).toMatchObject({
      status: 422,
      body: { code: "regime.contradicts" },
    })
  })

  it("keeps every saved state, and a change takes the signatures off", async () => {
    const draft = await begin(room)
    await sign(room, draft, { as: room.officer })
    const next = await saved(room, draft, withRow(draft.text, "repair", { plate: { rule: "optional" } }))
    expect(next).toMatchObject({ change: 2, signatures: [] })
    expect(next.changes.map(({ change }) => change)).toEqual([2, 1])
    expect(await sign(room, draft, { as: room.manager })).toMatchObject({
      status: 409,
      body: { code: "regime.draft_changed" },
    })
  })
})

describe("two signatures", () => {
  it("are of two persons, the first a privacy officer's", async () => {
    const draft = await begin(room)
    expect(await sign(room, draft, { as: room.manager })).toMatchObject({
      status: 403,
      body: { code: "regime.officer_first" },
    })
    expect((await sign(room, draft, { as: room.officer })).status).toBe(200)
    expect(await sign(room, draft, { as: room.officer })).toMatchObject({
      status: 403,
      body: { code: "regime.same_person" },
    })
    expect(inForce()).toBe(1)
    const twice = `insert into app.regime_signature
      select draft_id, change, 2::smallint, signed_by, post, null, digest, now() from app.regime_signature where draft_id = $1`
    expect(await stateOf(sql(room.desk, twice, [draft.draftId]))).toBe("23505")
    expect(await sign(room, draft, { as: room.other })).toMatchObject({
      status: 200,
      body: { state: "active", version: 2 },
    })
    expect(inForce()).toBe(2)
  })

  it("put a change into force at once: what was taken is refused, and the trace says by which version", async () => {
    const clerk = await hire(room.desk, "clerk", ["1"])
    const parking = () =>
      post(room.desk, clerk, "/orders", intakeOf(room.desk, { kind: "repair", phone: "13900001234" }))
    expect((await parking()).status).toBe(200)
    const draft = await begin(room)
    const text = withRow(withPurpose(draft.text), "complaint", { name: { rule: "forbidden" } })
    expect(await activate(room, await saved(room, draft, text))).toMatchObject({
      state: "active",
      version: 3,
    })
    await openOrder(room.desk, clerk)
    expect((await tracesOf(room.desk)).findLast(({ act }) => act === "order.open")?.regime_version).toBe(3)
    const rows = await sql(
      room.desk,
      "select purpose, field, rule from app.matrix_cell where version = 3 and purpose = 'pool'",
    )
    expect(rows).toEqual([{ purpose: "pool", field: "phone", rule: "required" }])
  })

  it("for a later hour wait for it; two processes notice, and nothing is signed upon an older version", async () => {
    const { database } = room.desk.test.house.spine
    const stale = await begin(room)
    const draft = await begin(room)
    const activeSince = new Date(Date.now() + 1_500).toISOString()
    await sign(room, draft, { as: room.officer, activeSince })
    await sign(room, draft, { as: room.manager })
    expect(inForce()).toBe(3)
    expect(await versions()).toMatchObject([
      { version: 4, state: "waiting", activeSince },
      { version: 3, state: "in_force" },
      {},
      {},
    ])
    const other = await RegimeInForce.open(database)
    await expect
      .poll(() => [inForce(), other.regime.version], { timeout: 4_000, interval: 50 })
      .toEqual([4, 4])
    expect(Date.now()).toBeGreaterThanOrEqual(Date.parse(activeSince))
    other.close()
    expect(await sign(room, stale, { as: room.officer })).toMatchObject({
      status: 409,
      body: { code: "regime.draft_stale" },
    })
    const again = await saved(room, stale, stale.text)
    expect((await sign(room, again, { as: room.officer })).status).toBe(200)
  })
})

describe("an older version", () => {
  it("comes back as a new one, signed likewise", async () => {
    const draft = await begin(room, 1)
    expect(draft.text.purposes.map(({ code }) => code)).not.toContain("pool")
    expect(await activate(room, draft)).toMatchObject({ version: 5, backTo: 1 })
    expect(room.desk.test.house.regime().purposes).toHaveLength(12)
    expect(await versions()).toMatchObject([
      { version: 5, backTo: 1, signatures: [{ place: 1 }, { place: 2, post: "manager" }] },
      {},
      {},
      {},
      {},
    ])
    const old = await read(room.desk, room.manager, "/regime/versions/3")
    expect(old.text).toContain('"pool"')
  })
})

describe("what a draft would change", () => {
  it("is told from the traces and imports of thirty days, by codes and ids", async () => {
    const clerk = await hire(room.desk, "clerk", ["1"])
    await openOrder(room.desk, clerk, { kind: "parking", plate: "京A12345" })
    const draft = await begin(room)
    const { plate: _plate, ...parking } = draft.text.matrix["parking"] ?? {}
    const next = await saved(room, draft, { ...draft.text, matrix: { ...draft.text.matrix, parking } })
    const reply = await read(room.desk, room.officer, `/regime/drafts/${next.draftId}/effect`)
    expect(reply.body["effects"]).toEqual([
      {
        kind: "refused",
        purpose: "parking",
        field: "plate",
        act: "order.open",
        count: 1,
        examples: [expect.stringMatching(/^[0-9a-f-]{36}$/)],
      },
    ])
    expect(reply.text).not.toContain("京A")
    expect((await tracesOf(room.desk)).at(-1)).toMatchObject({ act: "regime.effect", outcome: "done" })
  })
})

describe("people of the demonstration", () => {
  it("change nothing where there is a company", async () => {
    const { test } = room.desk
    const draft = await begin(room)
    await sql(room.desk, "insert into app.tenant values (77, '演示', 'A1', true, now())")
    await sql(room.desk, "insert into app.community values (770, 77, '演示小区', true, now())")
    const community = { tenantId: "77", communityId: "770" }
    const guest = await hire({ test, community }, "privacy_officer")
    const line = `POST ${at({ community }, `/regime/drafts/${draft.draftId}/sign`)}` as const
    expect(await send(test, line, { as: guest, body: { change: 1 } })).toMatchObject({
      status: 403,
      body: { code: "regime.demonstration" },
    })
  })
})
