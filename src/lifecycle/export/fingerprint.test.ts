import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { fingerprint, type ListRow, windowRows } from "./fingerprint.ts"
import { known, spellingsOf } from "./spelling.ts"

const home = fc
  .tuple(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 0, max: 3 }), fc.integer({ min: 101, max: 3404 }))
  .map(([building, unit, room]) => `${building}栋${unit === 0 ? "" : `${unit}单元`}${room}`)
const name = fc
  .tuple(fc.constantFrom("张", "王", "李", "赵"), fc.constantFrom("伟", "芳", "秀英", "建国"))
  .map(([surname, given]) => surname + given)
const phone = fc.integer({ min: 0, max: 9_999 }).map((tail) => `1390000${String(tail).padStart(4, "0")}`)
const list = fc.array(fc.tuple(home, name, phone), { minLength: 1, maxLength: 80 })
const decoys: readonly ListRow[] = Array.from({ length: 8 }, (_, at) => [
  `${at + 1}栋1单元9${at}01`,
  "陈静",
  `1390000999${at}`,
])
const key = fc.record({
  secret: fc.uint8Array({ minLength: 32, maxLength: 32 }),
  copyId: fc.uuid(),
})

const canonical = (row: ListRow) => row.map((cell) => JSON.stringify(known(cell))).join()

describe("a fingerprint", () => {
  it("changes nothing that the list says: the same households, and decoys", () => {
    fc.assert(
      fc.property(key, list, (by, rows) => {
        const { rows: written, record } = fingerprint(by, { rows, decoys })
        const own = written.filter((_, at) => record.rows[at]?.isDecoy === false)
        expect(own.map(canonical).toSorted()).toEqual(rows.map(canonical).toSorted())
        const strange = written.filter((_, at) => record.rows[at]?.isDecoy === true).map(canonical)
        expect(decoys.map(canonical)).toEqual(expect.arrayContaining(strange))
        expect(strange.length).toBeGreaterThanOrEqual(2)
      }),
    )
  })

  it("is the same for the same copy, and another for another", () => {
    fc.assert(
      fc.property(key, list, (by, rows) => {
        expect(fingerprint(by, { rows, decoys })).toEqual(fingerprint(by, { rows, decoys }))
      }),
    )
    const rows = Array.from(
      { length: 60 },
      (_, at): ListRow => [`1栋1单元${101 + at}`, "王芳", `13900001${100 + at}`],
    )
    const of = (copyId: string) => fingerprint({ secret: new Uint8Array(32), copyId }, { rows, decoys }).rows
    expect(of("a")).not.toEqual(of("b"))
  })

  it("keeps the natural order but for neighbours", () => {
    const rows = Array.from({ length: 60 }, (_, at): ListRow => [`1栋1单元${101 + at}`, "王芳"])
    const { rows: written } = fingerprint({ secret: new Uint8Array(32), copyId: "a" }, { rows, decoys: [] })
    for (const [at, [place = ""]] of written.entries()) {
      const room = Number(/\d{3}(?=室?$)/.exec(place)?.[0])
      expect(Math.abs(room - 101 - at)).toBeLessThan(windowRows)
    }
  })

  it("holds no value in its record", () => {
    const rows: ListRow[] = [["3栋1单元1001", "赵秀英", "13900001234"]]
    const { record } = fingerprint({ secret: new Uint8Array(32), copyId: "a" }, { rows, decoys })
    expect(JSON.stringify(record)).not.toMatch(/赵|1234|1001/)
  })
})

describe("a spelling", () => {
  it("is read as the value it spells", () => {
    fc.assert(
      fc.property(fc.oneof(home, name, phone), (cell) => {
        const value = known(cell)
        if (value === undefined) throw new Error("nothing was read")
        const spellings = spellingsOf(value, cell)
        expect(spellings.length).toBeGreaterThan(1)
        for (const { text } of spellings) expect(known(text)).toEqual(value)
      }),
    )
  })

  it("is left as it is where no other is known to be harmless", () => {
    for (const cell of ["110101199003071234", "89.5㎡"]) {
      const value = known(cell)
      expect(value && spellingsOf(value, cell).map(({ text }) => text)).toEqual([cell])
    }
  })
})
