import { expect, test } from "vitest"
import { en } from "./en.ts"
import { zhCN } from "./zh-CN.ts"

function texts(part: unknown, at = ""): [string, string][] {
  if (typeof part === "string") return [[at, part]]
  if (typeof part !== "object" || part === null) return []
  return Object.entries(part).flatMap(([key, value]) => texts(value, at === "" ? key : `${at}.${key}`))
}

const english = new Map(texts(en))
const both = texts(zhCN).map(([key, zh]): [string, string, string] => [key, zh, english.get(key) ?? ""])

const blanks = (text: string) => [...text.matchAll(/\{\{\s*(\w+)/g)].map((match) => match[1]).toSorted()

test("every text names the same blanks in Chinese and English", () => {
  expect(both.filter(([, zh, other]) => String(blanks(zh)) !== String(blanks(other)))).toEqual([])
})

test("every text is said in both languages", () => {
  const same = both.filter(([, zh, other]) => zh === other && /\p{Script=Han}/u.test(zh))
  expect(both.filter(([, zh, other]) => zh === "" || other === "")).toEqual([])
  expect(same).toEqual([])
})
