/** Clause 2.3: form, API, import and database say the same of every purpose and field. */

import { randomUUID } from "node:crypto"
import pg from "pg"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { fieldCodes, fieldOf } from "../../src/lifecycle/catalogue/field.ts"
import { cell } from "../../src/lifecycle/catalogue/regime.ts"
import { regimeV1 } from "../../src/lifecycle/catalogue/regime-v1.ts"
import { contextCall, contextValues } from "../../src/platform/context.ts"
import { fillIn, sample } from "../forms.ts"
import { actorOf, send, type TestStaff } from "../house.ts"
import { uploadRoster } from "../isolation/upload.ts"
import { at, type Desk, hire, openDesk, sql } from "../orders.ts"

let desk: Desk
let clerk: TestStaff
let app: pg.Client

beforeAll(async () => {
  desk = await openDesk()
  clerk = await hire(desk, "clerk")
  app = new pg.Client(desk.test.database.as("hudun_app"))
  await app.connect()
})
afterAll(async () => {
  await app.end()
  await desk.test.close()
})

const purposes = regimeV1.purposes.map(({ code }) => code)
const pairs = purposes.flatMap((purpose) => fieldCodes.map((field) => ({ purpose, field })))
const mayTake = ({ purpose, field }: { purpose: string; field: (typeof fieldCodes)[number] }) =>
  cell(regimeV1, purpose, field) !== "forbidden"

interface Raw {
  readonly masks: object
  readonly origin: object
  readonly class?: string
}

/** One transaction for all: a savepoint takes back each row, refused or not. */
async function inOne(work: (tryRow: (raw: Raw) => Promise<string>) => Promise<void>): Promise<void> {
  const { communityId } = desk.community
  const context = {
    ...actorOf(desk.manager, desk.community).context,
    classes: "identity,life,service,trajectory,special",
  }
  await app.query("begin")
  await app.query(contextCall, contextValues(context))
  await work(async ({ masks, origin, class: code = "identity" }) => {
    await app.query("savepoint row")
    const written = app.query(
      `insert into app.record (community_id, subject_id, class, version, building_ids, sealed, content_tag, masks, origin, changed_at)
       values ($1, $2, $3, 1, '{1}', '\\x00', '\\x00', $4, $5, now())`,
      [communityId, randomUUID(), code, JSON.stringify(masks), JSON.stringify(origin)],
    )
    const outcome = await written.then(
      () => "taken",
      (error: unknown) => (error instanceof pg.DatabaseError ? (error.code ?? "?") : "?"),
    )
    await app.query("rollback to savepoint row")
    return outcome
  })
  await app.query("rollback")
}

const originOf = (purpose: string, field: string) => ({
  [field]: { purpose, channel: "test", at: "2026-11-28T00:00:00.000Z", importId: null },
})

describe("every purpose × field", () => {
  it("as a raw row of the application's role is taken or refused as the matrix says", async () => {
    const wrong: object[] = []
    let checks = 0
    await inOne(async (tryRow) => {
      for (const pair of pairs) {
        const { purpose, field } = pair
        const outcome = await tryRow({
          masks: { [field]: ["*"] },
          origin: originOf(purpose, field),
          class: fieldOf(field).class,
        })
        checks += 1
        if (outcome !== (mayTake(pair) ? "taken" : "HU203")) wrong.push({ ...pair, outcome })
      }
    })
    expect(wrong).toEqual([])
    expect(checks).toBeGreaterThanOrEqual(400)
  })

  it("in the form stands if the matrix has it, and nowhere else", async () => {
    const { body } = await send(desk.test, `GET ${at(desk, "/forms")}`, { as: clerk })
    const forms: ReadonlyArray<{ purpose: string; fields: { code: string }[] }> = JSON.parse(
      JSON.stringify(body["forms"]),
    )
    const shown = new Set(
      forms.flatMap(({ purpose, fields }) => fields.map(({ code }) => `${purpose}/${code}`)),
    )
    const wrong = pairs.filter((pair) => shown.has(`${pair.purpose}/${pair.field}`) !== mayTake(pair))
    expect(wrong).toEqual([])
  })

  it("sent by API is refused as forbidden exactly where the matrix forbids it", async () => {
    const wrong: object[] = []
    for (const pair of pairs) {
      const { purpose, field } = pair
      const values = { [field]: sample(field) }
      const { body } = await fillIn(desk, clerk, { purpose, values, agreed: [field] })
      const isForbidden = body["code"] === "form.field_forbidden"
      if (isForbidden === mayTake(pair)) wrong.push({ ...pair, code: body["code"] })
    }
    expect(wrong).toEqual([])
    const attempts = await sql<{ count: number }>(
      desk,
      "select count(distinct (purpose, field))::int as count from app.attempt where channel = 'form'",
    )
    expect(attempts[0]?.count).toBe(pairs.filter((pair) => !mayTake(pair)).length)
  })

  it("named as a column of an import is refused where the matrix forbids it; an ID number is verified, not kept", async () => {
    const roster = { header: ["房号", "姓名", "某列"], rows: [["1-1-101", "王一", "某值"]] }
    const { importId, mapping } = await uploadRoster(desk.test, {
      community: desk.community,
      as: desk.manager,
      roster,
    })
    const wrong: object[] = []
    for (const field of fieldCodes.filter((one) => one !== "home" && one !== "name")) {
      const taken = ["home", "name", field].map((target) => ({ fate: "take", target }))
      const { body } = await send(desk.test, `POST ${at(desk, `/imports/${importId}/check`)}`, {
        as: desk.manager,
        // A sheet that is not there: the mapping is judged, and no dry run begins.
        body: { sheetIndex: mapping.sheetIndex + 7, fates: taken },
      })
      const isForbidden = body["code"] === "import.column_forbidden"
      const due = !mayTake({ purpose: "move_in", field }) || field === "id_number"
      if (isForbidden !== due) wrong.push({ field, code: body["code"] })
    }
    expect(wrong).toEqual([])
  })
})

describe("a raw row", () => {
  const phone = originOf("repair", "phone")
  it.each([
    ["a field that has a mask and no origin", { masks: { phone: ["*"], employer: ["*"] }, origin: phone }],
    ["an origin without a purpose", { masks: { phone: ["*"] }, origin: { phone: { channel: "x" } } }],
    ["an origin that is no object", { masks: { phone: ["*"] }, origin: { phone: "repair" } }],
    ["a purpose nobody knows", { masks: {}, origin: originOf("convenience", "phone") }],
    ["a field nobody knows", { masks: {}, origin: originOf("repair", "shoe_size") }],
    ["one good field and one bad", { masks: {}, origin: { ...phone, ...originOf("repair", "face") } }],
  ])("with %s is refused", async (_, raw) => {
    await inOne(async (tryRow) => expect(await tryRow(raw)).toBe("HU203"))
  })
})

describe("a record that is there", () => {
  async function changed(set: string): Promise<string> {
    await app.query("begin")
    await app.query(contextCall, contextValues(actorOf(desk.manager, desk.community).context))
    const outcome = await app
      .query(`update app.record set ${set} where community_id = $1 and class = 'identity'`, [
        desk.community.communityId,
      ])
      .then(
        ({ rowCount }) => `${String(rowCount)} changed`,
        (error: unknown) => (error instanceof pg.DatabaseError ? (error.code ?? "?") : "?"),
      )
    await app.query("rollback")
    return outcome
  }

  it("takes no forbidden field by an update, nor a field under another purpose", async () => {
    const employer = JSON.stringify(originOf("move_in", "employer"))
    const named = JSON.stringify(originOf("repair", "name"))
    expect(await changed(`origin = origin || '${employer}'`)).toBe("HU203")
    expect(await changed(`masks = masks || '{"employer": ["*"]}'`)).toBe("HU203")
    expect(await changed(`origin = origin || '${named}'`)).toBe("HU203")
  })

  it("stays writable with what it held before, though the matrix no longer has it", async () => {
    const admin = await desk.test.database.superuser()
    const employer = JSON.stringify(originOf("move_in", "employer"))
    await admin.query(
      `update app.record set origin = origin || '${employer}', masks = masks || '{"employer": ["*"]}' where class = 'identity'`,
    )
    await admin.end()
    const phone = JSON.stringify(originOf("move_in", "phone"))
    expect(await changed("version = version + 1")).toBe("12 changed")
    expect(await changed(`origin = origin || '${phone}', version = version + 1`)).toBe("12 changed")
    expect(await changed(`origin = origin || '${phone}', readers = '{}'`)).toBe("12 changed")
  })
})
