import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import { Refusal } from "../../base/refusal.ts"
import { type FieldCode, fieldCodes } from "../catalogue/field.ts"
import type { Cell, MatrixRow, Regime } from "../catalogue/regime-shape.ts"
import { regimeV1 } from "../catalogue/regime-v1.ts"
import { fill, rosterFacts } from "./filled.ts"
import { formOf, readBody, within } from "./form.ts"

const cells = fc.constantFrom<Cell>({ rule: "required" }, { rule: "optional" }, { rule: "forbidden" })
const rows: fc.Arbitrary<MatrixRow> = fc
  .uniqueArray(fc.constantFrom(...fieldCodes), { maxLength: 20 })
  .chain((codes) =>
    fc.array(cells, { minLength: codes.length, maxLength: codes.length }).map((made) => {
      const row: Partial<Record<FieldCode, Cell>> = {}
      codes.forEach((code, index) => (row[code] = made[index] ?? { rule: "forbidden" }))
      return row
    }),
  )

function regimeWith(row: MatrixRow): Regime {
  return { ...regimeV1, matrix: { ...regimeV1.matrix, fee: row } }
}

function needed(form: ReturnType<typeof formOf>) {
  if (form === undefined) throw new Error("no form")
  return form
}

describe("a form", () => {
  it("asks exactly what the matrix lists, whatever the matrix is", () => {
    fc.assert(
      fc.property(rows, (row) => {
        const form = needed(formOf(regimeWith(row), "fee"))
        const listed = fieldCodes.filter((code) => ["required", "optional"].includes(row[code]?.rule ?? ""))
        expect(form.fields.map(({ code }) => code).toSorted()).toEqual(listed.toSorted())
        for (const field of form.fields) {
          expect(field.need).toBe(row[field.code]?.rule)
          expect(field.sentence === null).toBe(field.need === "required")
        }
      }),
    )
  })

  it("refuses every other key, whatever the matrix is, and never repeats it", () => {
    fc.assert(
      fc.property(
        rows,
        fc.oneof(fc.constantFrom(...fieldCodes), fc.string({ maxLength: 30 })),
        (row, key) => {
          const form = needed(formOf(regimeWith(row), "fee"))
          fc.pre(!form.fields.some(({ code }) => code === key) && key !== "__proto__")
          const refused = caught(() => readBody(form, { [key]: "x" }))
          expect(refused.code).toBe("form.field_forbidden")
          const told = fieldCodes.some((one) => one === key) ? key : "?"
          expect(refused.facts["field"]).toBe(told)
        },
      ),
    )
  })

  it("says of each optional field what for, and that one is served without it", () => {
    const phone = needed(formOf(regimeV1, "fee")).fields.find(({ code }) => code === "phone")
    expect(phone?.sentence?.["zh-CN"]).toBe("手机（收据）用于：收费、开票与代缴。不提供，照样办理。")
    expect(phone?.sentence?.en).toMatch(/served all the same/)
  })

  it("is narrower where the channel lists less, never wider", () => {
    const form = needed(formOf(regimeV1, "parking"))
    expect(within(form, ["name", "health"]).fields.map(({ code }) => code)).toEqual(["name"])
  })

  it("is none for a purpose that the regime does not have", () => {
    expect(formOf(regimeV1, "for_convenience")).toBeUndefined()
  })
})

const parking = { name: "张三丰", phone: "13900001234", home: "3栋1单元1001", plate: "京A12345" }
const said = (values: Record<string, string>, agreed: string[] = [], features: string[] = []) => ({
  values,
  agreed,
  features,
})

describe("a filled form", () => {
  const form = needed(formOf(regimeV1, "parking"))
  const fee = needed(formOf(regimeV1, "fee"))
  const paid = { home: "3栋1单元1001", fee: "物业费 2026 年第 1 季度" }

  it("is taken in canonical form, the home apart", () => {
    const filled = fill(form, said({ ...parking, phone: "139 0000 1234" }))
    expect(filled.facts).toEqual({ name: "张三丰", phone: "13900001234", plate: "京A12345" })
    expect(filled.home).toEqual({ building: "3", unit: "1", room: "1001" })
    expect(filled.doubts).toEqual([])
  })

  it("keeps a doubtful value to be verified", () => {
    const filled = fill(form, said({ ...parking, phone: "13800138000" }))
    expect(filled.doubts).toEqual([{ field: "phone", reason: "phone.fake" }])
  })

  it.each<[string, Record<string, string>, string[], string[], string]>([
    ["an optional field whose switch is off", { ...parking, title: "张先生" }, [], [], "form.not_agreed"],
    ["a required field that is empty", { ...parking, plate: "" }, [], [], "form.value_missing"],
    ["what is no phone", { ...parking, phone: "13" }, [], [], "form.value_invalid"],
    ["a field of another purpose", { ...parking, health: "x" }, ["health"], [], "form.field_forbidden"],
  ])("refuses %s", (_why, values, agreed, features, code) => {
    expect(caught(() => fill(form, said(values, agreed, features))).code).toBe(code)
  })

  it("takes an optional field whose switch is on", () => {
    expect(fill(form, said({ ...parking, title: "张先生" }, ["title"])).agreed).toEqual(["title"])
  })

  it("takes a landline in place of a mobile phone", () => {
    const { phone: _phone, ...rest } = parking
    expect(fill(form, said({ ...rest, landline: "010-62345678" }, ["landline"])).facts["landline"]).toBe(
      "010-62345678",
    )
  })

  it("takes no location before somebody pays for another", () => {
    const values = { ...paid, location: "31.230,121.470" }
    expect(caught(() => fill(fee, said(values, ["location"]))).code).toBe("form.feature_off")
    expect(fill(fee, said(values, ["location"], ["pay_for_another"])).facts["location"]).toBe(
      "31.230,121.470",
    )
    expect(fill(fee, said(paid, [], ["pay_for_another"])).facts["location"]).toBeUndefined()
  })

  it("takes a face nowhere but on the device: only that it was agreed to", () => {
    const gate = needed(formOf(regimeV1, "gate"))
    const filled = fill(gate, said({ name: "张三丰", home: "3栋1单元1001", face: "yes" }, ["face"]))
    expect(filled.agreed).toEqual(["face"])
    expect(filled.facts).toEqual({ name: "张三丰" })
  })

  it("leaves what belongs to one service out of the roster", () => {
    const facts = { name: "张三丰", fee: "x", location: "y", plate: "京A12345" }
    expect(rosterFacts({ facts })).toEqual({ name: ["张三丰"], plate: ["京A12345"] })
  })
})

function caught(work: () => unknown): Refusal {
  try {
    work()
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
  throw new Error("nothing was refused")
}
