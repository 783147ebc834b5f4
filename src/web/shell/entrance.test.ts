import { expect, test } from "vitest"
import { nextPath, stepOwed } from "./entrance.ts"

test.each([
  ["/c/1/orders?state=open", "/c/1/orders?state=open"],
  ["//elsewhere.example/", "/"],
  ["/\\elsewhere.example", "/"],
  ["https://elsewhere.example/", "/"],
  ["javascript:alert(1)", "/"],
  ["/sign-in?next=/sign-in", "/"],
  [undefined, "/"],
])("after signing in, %s leads to %s", (next, expected) => {
  expect(nextPath(next)).toBe(expected)
})

test("a first password is changed before a second factor is enrolled", () => {
  expect(stepOwed({ mustChangePassword: true, mustEnrolSecondFactor: true })).toBe("/first-password")
  expect(stepOwed({ mustChangePassword: false, mustEnrolSecondFactor: true })).toBe("/second-factor")
  expect(stepOwed({ mustChangePassword: false, mustEnrolSecondFactor: false })).toBeNull()
})
