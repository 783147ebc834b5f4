import { expect, test } from "vitest"
import { chordReader } from "./chord.ts"

test("a slash asks for the search box at once", () => {
  expect(chordReader()("/", 0)).toBe("/")
})

test("g and then a letter within 1.2 s is one chord", () => {
  const read = chordReader()
  expect(read("g", 0)).toBeNull()
  expect(read("o", 1200)).toBe("g o")
})

test("a letter that comes too late is no chord", () => {
  const read = chordReader()
  read("g", 0)
  expect(read("o", 1201)).toBeNull()
})

test("a letter alone is no chord", () => {
  expect(chordReader()("o", 0)).toBeNull()
})
