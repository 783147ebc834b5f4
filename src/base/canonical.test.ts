import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { type CanonicalValue, canonicalBytes, canonicalText } from "./canonical.ts"

describe("RFC 8785", () => {
  test("§3.2.2 to §3.2.4: the sample object, to the byte", () => {
    const sample: CanonicalValue = {
      numbers: [Number("333333333.33333329"), 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
      string: "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"/",
      literals: [null, true, false],
    }
    const expected = `7b 22 6c 69 74 65 72 61 6c 73 22 3a 5b 6e 75 6c 6c 2c 74 72
      75 65 2c 66 61 6c 73 65 5d 2c 22 6e 75 6d 62 65 72 73 22 3a
      5b 33 33 33 33 33 33 33 33 33 2e 33 33 33 33 33 33 33 2c 31
      65 2b 33 30 2c 34 2e 35 2c 30 2e 30 30 32 2c 31 65 2d 32 37
      5d 2c 22 73 74 72 69 6e 67 22 3a 22 e2 82 ac 24 5c 75 30 30
      30 66 5c 6e 41 27 42 5c 22 5c 5c 5c 5c 5c 22 2f 22 7d`
    expect(Buffer.from(canonicalBytes(sample)).toString("hex")).toBe(expected.replaceAll(/\s/g, ""))
  })

  test("§3.2.3: names are sorted by UTF-16 code units", () => {
    const sample = {
      "\u20ac": "Euro Sign",
      "\r": "Carriage Return",
      "\ufb33": "Hebrew Letter Dalet With Dagesh",
      "1": "One",
      "\ud83d\ude00": "Emoji: Grinning Face",
      "\u0080": "Control",
      "\u00f6": "Latin Small Letter O With Diaeresis",
    }
    const values = Object.values(JSON.parse(canonicalText(sample)))
    // JSON.parse moves integer names first; here "1" follows "\r" in the text.
    expect(canonicalText(sample).indexOf('"\\r"')).toBe(1)
    expect(values.toSorted()).toEqual(Object.values(sample).toSorted())
    const order = ["\\r", "1", "\u0080", "\u00f6", "\u20ac", "\ud83d\ude00", "\ufb33"]
    const places = order.map((name) => canonicalText(sample).indexOf(`"${name}":`))
    expect(places).toEqual(places.toSorted((a, b) => a - b))
    expect(places).not.toContain(-1)
  })

  test.each([
    ["0000000000000000", "0"],
    ["8000000000000000", "0"],
    ["0000000000000001", "5e-324"],
    ["8000000000000001", "-5e-324"],
    ["7fefffffffffffff", "1.7976931348623157e+308"],
    ["ffefffffffffffff", "-1.7976931348623157e+308"],
    ["4340000000000000", "9007199254740992"],
    ["c340000000000000", "-9007199254740992"],
    ["4430000000000000", "295147905179352830000"],
    ["44b52d02c7e14af5", "9.999999999999997e+22"],
    ["44b52d02c7e14af6", "1e+23"],
    ["44b52d02c7e14af7", "1.0000000000000001e+23"],
    ["444b1ae4d6e2ef4e", "999999999999999700000"],
    ["444b1ae4d6e2ef4f", "999999999999999900000"],
    ["444b1ae4d6e2ef50", "1e+21"],
    ["3eb0c6f7a0b5ed8c", "9.999999999999997e-7"],
    ["3eb0c6f7a0b5ed8d", "0.000001"],
    ["41b3de4355555553", "333333333.3333332"],
    ["41b3de4355555554", "333333333.33333325"],
    ["41b3de4355555555", "333333333.3333333"],
    ["41b3de4355555556", "333333333.3333334"],
    ["41b3de4355555557", "333333333.33333343"],
    ["becbf647612f3696", "-0.0000033333333333333333"],
    ["43143ff3c1cb0959", "1424953923781206.2"],
  ])("appendix B: the double %s is written %s", (bits, text) => {
    expect(canonicalText(Buffer.from(bits, "hex").readDoubleBE())).toBe(text)
  })

  test.each(["7fffffffffffffff", "7ff0000000000000", "fff0000000000000"])(
    "appendix B: %s is refused",
    (bits) => {
      expect(() => canonicalText(Buffer.from(bits, "hex").readDoubleBE())).toThrow("not a finite number")
    },
  )
})

describe("what is not JSON is refused, not left out", () => {
  test.each<[string, () => unknown]>([
    ["undefined", () => undefined],
    ["a member that is undefined", () => ({ a: undefined })],
    ["a hole in an array", () => new Array(2)],
    ["a bigint", () => 1n],
    ["a function", () => () => 1],
    ["a Date", () => new Date(0)],
    ["a Map", () => new Map()],
    ["bytes", () => new Uint8Array(2)],
    ["a lone surrogate", () => "a\ud83d"],
    ["a lone surrogate in a name", () => ({ "\ude00": 1 })],
  ])("%s", (_, make) => {
    expect(() => Reflect.apply(canonicalText, undefined, [make()])).toThrow()
  })
})

test("parses back to the same value, and a second writing gives the same bytes", () => {
  fc.assert(
    fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
      const tree: unknown = JSON.parse(JSON.stringify(value))
      if (!isValue(tree)) throw new Error("fast-check makes JSON values")
      const text = canonicalText(tree)
      expect(JSON.parse(text)).toEqual(tree)
      const again: unknown = JSON.parse(text)
      if (!isValue(again)) throw new Error("canonical text is JSON")
      expect(canonicalText(again)).toBe(text)
    }),
  )
})

function isValue(value: unknown): value is CanonicalValue {
  return value !== undefined
}
