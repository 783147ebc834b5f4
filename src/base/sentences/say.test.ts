import { describe, expect, it } from "vitest"
import { refusalStatus } from "../refusal-codes.ts"
import { en } from "./en.ts"
import { say } from "./say.ts"
import { zhCN } from "./zh-CN.ts"

const languages = [
  { language: "zh-CN", sentences: Object.entries(zhCN) },
  { language: "en", sentences: Object.entries(en) },
] as const
const known = [
  "minutes",
  "limit",
  "count",
  "field",
  "post",
  "reason",
  "date",
  "until",
  "version",
  "purpose",
  "word",
  "line",
  "seconds",
  "since",
]

function placeholders(sentence: string): string[] {
  return [...sentence.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? "").sort()
}

describe.each(languages)("the sentences in $language", ({ sentences }) => {
  it("name every refusal code and no other", () => {
    expect(sentences.map(([code]) => code).sort()).toEqual(Object.keys(refusalStatus).sort())
  })

  it.each(sentences)("%s uses known placeholders, each inside a part that can be left out", (_code, text) => {
    expect(placeholders(text).filter((name) => !known.includes(name))).toEqual([])
    expect(text.replace(/\[[^[\]]*\]/g, "")).not.toMatch(/[[\]{}]/)
  })

  it("say something different for each code", () => {
    expect(new Set(sentences.map(([, text]) => text)).size).toBe(sentences.length)
  })
})

describe("both languages", () => {
  it.each(languages[0].sentences)("ask for the same facts in %s", (code, text) => {
    const english = languages[1].sentences.find(([other]) => other === code)?.[1] ?? ""
    expect(placeholders(english)).toEqual(placeholders(text))
  })

  it("end each Chinese sentence with a Chinese full stop and each English one with a full stop", () => {
    expect(Object.values(zhCN).filter((text) => !text.endsWith("。"))).toEqual([])
    expect(Object.values(en).filter((text) => !text.endsWith("."))).toEqual([])
  })
})

describe("say", () => {
  it("fills in the facts it is given", () => {
    expect(say("en", "import.file_too_large", { limit: "50 MB" })).toContain("(limit 50 MB)")
    expect(say("zh-CN", "sign_in.locked", { minutes: 15 })).toContain("（15 分钟后）")
  })

  it("leaves out the part whose fact is missing", () => {
    expect(say("en", "import.file_too_large", {})).toBe(
      "The file is too large; split it and import the parts one by one.",
    )
    expect(say("zh-CN", "post.exclusive", {})).toBe(
      "这个岗位与此人已有的岗位互斥，请改派他人或先结束原岗位。",
    )
  })

  it("does not take a fact from the prototype of the object, nor read a fact as a placeholder", () => {
    expect(say("en", "order.field_forbidden", { field: "{limit} $&" })).toContain("({limit} $&)")
    expect(say("en", "order.field_forbidden", { constructor: "x" })).not.toContain("(")
  })
})
