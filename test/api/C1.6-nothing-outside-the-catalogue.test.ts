/** Clause 1.6: nothing outside the catalogue; an unclassified field counts as most sensitive. */

import { randomUUID } from "node:crypto"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { fieldClasses, fieldCodes, fieldOf } from "../../src/lifecycle/catalogue/field.ts"
import { hidden, mask } from "../../src/lifecycle/catalogue/mask.ts"
import type { TestStaff } from "../house.ts"
import { send } from "../house.ts"
import { stateOf } from "../isolation/contexts.ts"
import { uploadRoster } from "../isolation/upload.ts"
import { at, type Desk, hire, lookAt, openDesk, openOrder, read, resident, sql } from "../orders.ts"

let desk: Desk
let clerk: TestStaff
let supervisor: TestStaff

beforeAll(async () => {
  desk = await openDesk()
  clerk = await hire(desk, "clerk", ["1"])
  supervisor = await hire(desk, "supervisor", ["1"])
})
afterAll(() => desk.test.close())

const checkViolation = "23514"

describe("every field of the regime in force", () => {
  it("has class, sensitivity, mask, retention and law", async () => {
    const { body } = await send(desk.test, "GET /api/regime", { as: clerk })
    const fields = body["fields"]
    if (!Array.isArray(fields)) throw new Error("no fields")
    expect(fields.map((field: { code: string }) => field.code).toSorted()).toEqual([...fieldCodes].toSorted())
    for (const field of fields) {
      expect(fieldClasses).toContain(field.class)
      expect(["general", "sensitive", "special"]).toContain(field.sensitivity)
      expect(field.maskExample).not.toBe("")
      expect(body["retention"]).toContainEqual(expect.objectContaining({ code: field.retention }))
      expect(field.law.length).toBeGreaterThan(0)
    }
  })

  it("is shown by its mask, and a field that is none shows nothing", () => {
    expect(mask("phone", "13900001234")).toBe("139****1234")
    for (const word of ["shoe_size", "unclassified", "__proto__", ""]) {
      expect(fieldOf(word)).toMatchObject({ class: "special", sensitivity: "special", maskAtRest: "sealed" })
      expect(mask(word, "13900001234")).toBe(hidden)
    }
  })
})

describe("an unclassified field", () => {
  it("is in nobody's level, as special kinds are in none", async () => {
    const { personId } = resident(desk, "1")
    await sql(
      desk,
      `insert into app.record (community_id, subject_id, class, version, building_ids, sealed, content_tag, masks, origin, changed_at)
       values ($1, $2, $3, 1, '{1}', '\\x00', '\\x00', '{"shoe_size": ["forty-two"]}', '{}', now())`,
      [desk.community.communityId, personId, fieldOf("shoe_size").class],
    )
    for (const as of [clerk, supervisor, desk.manager]) {
      const page = await read(desk, as, `/persons/${personId}`)
      expect(page.text).toContain('"field":"phone"')
      expect(page.text).not.toMatch(/shoe_size|forty-two|"special"/)
    }
  })

  it("has no class of its own that the database would take", async () => {
    const insert = (code: string) =>
      stateOf(
        sql(
          desk,
          `insert into app.record (community_id, subject_id, class, version, building_ids, sealed, content_tag, masks, origin, changed_at)
           values ($1, $2, $3, 1, '{1}', '\\x00', '\\x00', '{}', '{}', now())`,
          [desk.community.communityId, randomUUID(), code],
        ),
      )
    expect(await insert("unclassified")).toBe(checkViolation)
    expect(await insert("special")).toBe("")
  })

  it("is granted by no order", async () => {
    const order = await openOrder(desk, clerk)
    expect((await lookAt(desk, clerk, order, "phone")).status).toBe(200)
    const reply = await lookAt(desk, clerk, order, "shoe_size")
    expect(reply).toMatchObject({ status: 403, body: { code: "use.field_not_granted" } })
  })

  it("is taken by no import, whatever the mapping says", async () => {
    const header = ["楼栋", "单元", "房号", "姓名", "鞋码"]
    const roster = { header, rows: [["1", "1", "909", "钱九", "四十二码"]] }
    const { importId, mapping } = await uploadRoster(desk.test, {
      community: desk.community,
      as: desk.manager,
      roster,
    })
    expect(mapping.fates.at(-1)).toEqual({ fate: "ignore" })
    const check = (target: string) => {
      const fates = [...mapping.fates.slice(0, -1), { fate: "take", target }]
      const body = { sheetIndex: mapping.sheetIndex, fates }
      return send(desk.test, `POST ${at(desk, `/imports/${importId}/check`)}`, { as: desk.manager, body })
    }
    expect(await check("shoe_size")).toMatchObject({ status: 422, body: { code: "import.column_forbidden" } })
    expect(await check("title")).toMatchObject({ status: 200 })
  })
})
