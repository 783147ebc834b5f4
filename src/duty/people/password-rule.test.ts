import { describe, expect, test } from "vitest"
import { refuseWeakPassword } from "./password-rule.ts"

describe("which passwords are taken", () => {
  test.each(["correct horse", "3-Kirschen!", "落霞与孤鹜齐飞秋水共", "k7mp-x3rt-9hqa"])(
    "%s is",
    (password) => {
      expect(() => refuseWeakPassword(password, "wang.li")).not.toThrow()
    },
  )

  test.each([
    ["nine.char", "password.too_short"],
    ["落霞与孤鹜齐飞秋", "password.too_short"],
    ["😀😀😀😀😀", "password.too_short"],
    ["1234567890", "password.too_common"],
    ["QwertyUiop", "password.too_common"],
    ["aaaaaaaaaaaa", "password.too_common"],
    ["121212121212", "password.too_common"],
    ["my-wang.li-2026", "password.has_login"],
    ["WANG.LI-2026!", "password.has_login"],
  ])("%s is not: %s", (password, code) => {
    expect(() => refuseWeakPassword(password, "wang.li")).toThrow(code)
  })
})
