import { expect, it } from "vitest"
import { makePdf } from "./pdf.ts"

const size = (bytes: Uint8Array) => bytes.byteLength

it("a PDF holds its Chinese font, rare characters too, and fetches nothing", async () => {
  const bytes = await makePdf({
    title: "评估",
    content: [{ text: "影响评估：䶮、㛃、𠮷" }, { qr: "https://localhost/" }],
  })
  const text = Buffer.from(bytes).toString("latin1")
  expect(text.slice(0, 5)).toBe("%PDF-")
  expect(text).toMatch(/\/FontFile[23]/)
  expect(text).toContain("NotoSansSC")
  expect(size(bytes)).toBeLessThan(200_000)
})

it("a picture from elsewhere breaks it", async () => {
  await expect(makePdf({ title: "x", content: [{ image: "/etc/passwd" }] })).rejects.toThrow(
    "could not be made",
  )
})
