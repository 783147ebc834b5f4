import { createHash } from "node:crypto"
import { expect, it } from "vitest"
import { hashOfText, renderText } from "./consent-text.ts"

const words = { name: "节日祝福", text: "想给您发祝福。", use: "发祝福", without: "不影响服务" }
const phone = { "zh-CN": "手机", en: "Phone" }

it("a text is rendered to the letter, in the language it is read in", () => {
  expect(renderText(words, [phone], "zh-CN")).toBe(
    "节日祝福\n想给您发祝福。\n信息项：手机\n用于：发祝福\n不同意也没关系：不影响服务",
  )
  expect(renderText({ ...words, name: "Greetings" }, [phone], "en")).toContain("Data: Phone")
})

it("says how long a yes holds, where it is so", () => {
  expect(renderText({ ...words, validDays: 30 }, [phone], "zh-CN")).toMatch(/\n有效期：自同意起 30 天$/)
  expect(renderText({ ...words, validDays: 1 }, [phone], "en")).toMatch(/\nValid for: 1 day from your yes$/)
  expect(renderText({ ...words, validDays: null }, [phone], "en")).not.toContain("Valid for")
})

it("its hash is SHA-256 of exactly these letters", () => {
  const rendered = renderText(words, [phone], "zh-CN")
  expect(hashOfText(rendered)).toBe(createHash("sha256").update(rendered).digest("hex"))
  expect(hashOfText(`${rendered} `)).not.toBe(hashOfText(rendered))
})
