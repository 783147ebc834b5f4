import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { fieldCodes } from "./field.ts"
import { fieldSet, membersOf, oneField, overlap } from "./field-set.ts"

describe("a set of fields", () => {
  it("holds what was put in, once, in the order of the catalogue", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...fieldCodes)), (fields) => {
        const set = fieldSet(fields)
        expect(membersOf(set)).toEqual(fieldCodes.filter((code) => fields.includes(code)))
        for (const code of fieldCodes) expect(overlap(set, oneField(code))).toBe(fields.includes(code))
      }),
    )
  })

  it("holds no word that is no field", () => {
    const set = fieldSet(["phone", "*", "phone,name", "__proto__"])
    expect(membersOf(set)).toEqual(["phone"])
    for (const word of ["*", "phone,name", "__proto__", ""]) expect(overlap(set, oneField(word))).toBe(false)
  })
})
