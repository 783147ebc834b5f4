import { expect, test } from "vitest"
import { uuid } from "../../../base/id.ts"
import { newId } from "./new-id.ts"

test.each([
  ["zeros", 0x00, "00000000-0000-4000-8000-000000000000"],
  ["ones", 0xff, "ffffffff-ffff-4fff-bfff-ffffffffffff"],
])("marks version and variant over %s", (_name, byte, expected) => {
  expect(newId(new Uint8Array(16).fill(byte))).toBe(expected)
})

test("is an id of the wire, and another each time", () => {
  expect(uuid.safeParse(newId()).success).toBe(true)
  expect(newId()).not.toBe(newId())
})
