/** Clause 2.3: the regime in force is data; it changes for every process at once, and what a version says never changes. */

import { setTimeout as sleep } from "node:timers/promises"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { RegimeInForce } from "../../src/lifecycle/catalogue/in-force.ts"
import { cellsOf } from "../../src/lifecycle/catalogue/regime.ts"
import type { Regime } from "../../src/lifecycle/catalogue/regime-shape.ts"
import { regimeV1 } from "../../src/lifecycle/catalogue/regime-v1.ts"
import { ensureRegime, writeVersion } from "../../src/lifecycle/catalogue/sql.ts"
import { send, type TestStaff } from "../house.ts"
import { at, type Desk, hire, intakeOf, openDesk, sql } from "../orders.ts"

let desk: Desk
let clerk: TestStaff

beforeAll(async () => {
  desk = await openDesk()
  clerk = await hire(desk, "clerk", ["1"])
})
afterAll(() => desk.test.close())

const setup = { communities: "0", buildings: "", classes: "", posts: "setup", actor: "" }

function store(regime: Regime, since: number): Promise<void> {
  return desk.test.house.spine.database.transaction(setup, (tx) => writeVersion(tx, regime, new Date(since)))
}

/** Parking that no longer takes a plate. */
function withoutPlate(version: number): Regime {
  const { plate: _plate, ...parking } = regimeV1.matrix["parking"] ?? {}
  return { ...regimeV1, version, matrix: { ...regimeV1.matrix, parking } }
}

const parkingWithPlate = async () => {
  const body = intakeOf(desk, { kind: "parking", plate: "京A12345" })
  return (await send(desk.test, `POST ${at(desk, "/orders")}`, { as: clerk, body })).status
}

describe("the regime in force", () => {
  it("lies in the database with its matrix as rows", async () => {
    const rows = await sql(desk, "select purpose, field, rule from app.matrix_cell where version = 1")
    const known = cellsOf(regimeV1)
    expect(rows).toHaveLength(known.length)
    expect(rows).toEqual(expect.arrayContaining([...known]))
    expect(await sql(desk, "select app.regime_in_force() as version")).toEqual([{ version: 1 }])
  })

  it("keeps what is stored when a program starts with another first version", async () => {
    const { database } = desk.test.house.spine
    await ensureRegime(database, { ...regimeV1, standingRules: [] }, Date.now())
    const [row] = await sql<{ rules: number }>(
      desk,
      "select jsonb_array_length(content->'standingRules') as rules from app.regime_version",
    )
    expect(row).toEqual({ rules: regimeV1.standingRules.length })
  })

  it("changes at its hour and not before, within two seconds, for two processes", async () => {
    const other = await RegimeInForce.open(desk.test.house.spine.database)
    const { house } = desk.test
    const since = Date.now() + 1_500
    await store(withoutPlate(2), since)
    await house.refreshRegime()
    expect([house.regime().version, other.regime.version]).toEqual([1, 1])
    expect(await parkingWithPlate()).toBe(200)
    while (house.regime().version === 1 || other.regime.version === 1) {
      if (Date.now() > since + 2_000) throw new Error("not noticed")
      await sleep(50)
    }
    other.close()
    expect(Date.now()).toBeGreaterThanOrEqual(since)
    expect(await parkingWithPlate()).toBe(422)
    expect(house.spine.regimeVersion()).toBe(2)
    const { body } = await send(desk.test, "GET /api/regime", { as: clerk })
    expect(body["version"]).toBe(2)
  })

  it("changes at once on the process that is told so", async () => {
    await store({ ...regimeV1, version: 3 }, Date.now())
    await desk.test.house.refreshRegime()
    expect(desk.test.house.regime().version).toBe(3)
    expect(await parkingWithPlate()).toBe(200)
  })

  it("is the newest that has come, not one that comes later", async () => {
    await store(withoutPlate(4), Date.now() + 3_600_000)
    await desk.test.house.refreshRegime()
    expect(desk.test.house.regime().version).toBe(3)
    expect(await sql(desk, "select app.regime_in_force() as version")).toEqual([{ version: 3 }])
  })
})

describe("what a version says", () => {
  it("cannot be changed, and a version changed past the server is not taken", async () => {
    const change =
      "update app.regime_version set content = content || '{\"exclusions\": []}' where version = 3"
    await expect(sql(desk, change)).rejects.toThrow("append only")
    await sql(
      desk,
      `insert into app.regime_version
       select 9, content || '{"version": 9}', digest, now() from app.regime_version where version = 3`,
    )
    await expect(desk.test.house.refreshRegime()).rejects.toThrow("differs from its digest")
    expect(desk.test.house.regime().version).toBe(3)
  })
})
