/** Clauses 1.5, 4.8: counting in one statement says and leaves what counting in steps says and leaves. */

import fc from "fast-check"
import type pg from "pg"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { mosaicOf } from "../../src/lifecycle/catalogue/mosaic-v1.ts"
import { type Taking, takeLooksValues } from "../../src/lifecycle/use/cap-sql.ts"
import { mosaicText } from "../../src/lifecycle/use/mosaic.ts"
import { startHouse, type TestHouse } from "../house.ts"

const now = Date.UTC(2026, 5, 1, 4)
const idOf = (kind: number, nth: number) => `00000000-0000-4000-8${kind}00-${String(nth).padStart(12, "0")}`

let test: TestHouse
let admin: pg.Client

beforeAll(async () => {
  test = await startHouse()
  admin = await test.database.superuser()
  // Two accounts of one person, whom nobody has appointed.
  await admin.query("set session_replication_role = replica")
  await admin.query("insert into app.same_person values ($1, $2, $2, now())", [idOf(1, 1), idOf(1, 0)])
  await admin.query("set session_replication_role = origin")
})
afterAll(async () => {
  await admin.end()
  await test.close()
})

const fields = ["phone", "name", "plate", "id_number", "home"] as const
const nth = (most: number) => fc.integer({ min: 0, max: most })

/** The lines are low enough to be met. */
const takings = fc.array(
  fc
    .record({ who: nth(2), home: nth(2), field: fc.constantFrom(...fields), subject: nth(3), most: nth(2) })
    .map(({ who, home, field, subject, most }): Taking => {
      const subjectId = idOf(3, home * 10 + subject)
      const line = field === "phone" ? "phone" : "other"
      return {
        staffId: idOf(1, who),
        line,
        limit: line === "phone" ? 5 : 9,
        recordId: subjectId,
        field,
        communityId: "1",
        homeId: idOf(2, home),
        subjectId,
        most: 6 + most * 20,
      }
    }),
  { minLength: 1, maxLength: 12 },
)

type How = "take_looks" | "take_looks_in_steps"

async function take(how: How, group: readonly Taking[], at: number): Promise<unknown> {
  const rules = { now: at, days: 30, mosaic: mosaicText(mosaicOf({})) }
  const { rows } = await admin.query(
    `select count, exposure from app.${how}($1::uuid[], $2::text[], $3::int[], $4::uuid[], $5::text[], $6::bigint[], $7, $8,
       $9::uuid[], $10::uuid[], $11::int[], $12)`,
    takeLooksValues(group, rules),
  )
  return rows
}

async function left(): Promise<unknown> {
  const rows: unknown[] = []
  for (const table of ["cap_mark", "cap_count", "mosaic_mark"])
    rows.push((await admin.query(`select to_jsonb(t) as row from app.${table} t order by 1`)).rows)
  return rows
}

/** In a transaction that is undone. */
async function undone<Result>(work: () => Promise<Result>): Promise<Result> {
  await admin.query("begin")
  try {
    return await work()
  } finally {
    await admin.query("rollback")
  }
}

async function played(how: How, groups: readonly (readonly Taking[])[]) {
  return undone(async () => {
    const said: unknown[] = []
    for (const [turn, group] of groups.entries()) said.push(await take(how, group, now + turn * 60_000))
    return { said, left: await left() }
  })
}

describe("counting in one statement", () => {
  it("says and leaves what the steps say and leave, group after group", async () => {
    let reached = 0
    await fc.assert(
      fc.asyncProperty(fc.array(takings, { minLength: 1, maxLength: 5 }), async (groups) => {
        const one = await played("take_looks", groups)
        expect(one).toEqual(await played("take_looks_in_steps", groups))
        if (/"count":-\d/.test(JSON.stringify(one.said))) reached += 1
      }),
      { numRuns: 80, seed: 7 },
    )
    expect(reached).toBeGreaterThan(0)
  })

  it("is what happens far from the lines, once somebody has been counted before", async () => {
    const [first, second] = [0, 1].map((subject): Taking => {
      const subjectId = idOf(4, subject)
      const place = { communityId: "1", homeId: idOf(5, subject), subjectId, recordId: subjectId }
      return { ...place, staffId: idOf(1, 7), line: "phone", limit: 100, field: "phone", most: 100 }
    })
    if (first === undefined || second === undefined) throw new Error("two takings")
    await undone(async () => {
      await take("take_looks", [first], now)
      // The steps cannot be gone any more.
      await admin.query("alter function app.take_caps rename to take_caps_no_more")
      expect(await take("take_looks", [second], now + 1)).toEqual([
        { count: 2, exposure: expect.any(Number) },
      ])
    })
  })
})
