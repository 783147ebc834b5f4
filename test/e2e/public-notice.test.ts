/** Clause 4.12 as a story: a supervisor pastes a list of debtors and prints what tells nothing about anybody. */

import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest"
import { type Person, shoot } from "./browser.ts"
import { type Desks, openDesks } from "./demonstration-desks.ts"
import { overflow, seriousFaults } from "./page-faults.ts"

let desks: Desks
let supervisor: Person

beforeAll(async () => {
  desks = await openDesks(["客服主管"])
  supervisor = desks.who("客服主管")
})
afterEach(async ({ task }) => {
  if (task.result?.state === "fail") await shoot(supervisor.page, "failed-notice")
})
afterAll(() => desks?.close())

describe("a list of debtors", () => {
  it("becomes sums by building, and sends nothing", async () => {
    const { page } = supervisor
    await page.getByRole("navigation").getByRole("link", { name: "公示助手", exact: true }).click()
    const draft = page.getByRole("textbox", { name: "草稿或名单" })
    await draft.waitFor()
    await page.waitForLoadState("networkidle")
    const sent: string[] = []
    page.on("request", (request) => sent.push(request.url()))
    const rows = Array.from({ length: 6 }, (_, at) => `3-1-${101 + at} 王某${at} 1390000100${at} 1,200.50元`)
    await draft.fill(["物业费催缴：", ...rows].join("\n"))
    const made = page.getByRole("article")
    await made.getByText("3栋：共 6 户，合计 7,203.00 元。").waitFor()
    const shown = await made.innerText()
    expect(shown).not.toMatch(/王某|101|1390000/)
    expect(sent).toEqual([])
    for (const width of [1280, 375]) {
      await page.setViewportSize({ width, height: 900 })
      await shoot(page, `77-notice-${width}`)
      expect(await overflow(page)).toBe(0)
      expect(await seriousFaults(page)).toEqual([])
    }
    await page.emulateMedia({ media: "print" })
    await shoot(page, "77-notice-print")
    expect(await draft.isVisible()).toBe(false)
    await page.emulateMedia({ media: "screen" })
  })

  it("of fewer than five households is not published at all", async () => {
    const { page } = supervisor
    await page.getByRole("textbox", { name: "草稿或名单" }).fill("3-1-101 王某 1,200元\n3-1-102 李某 800元")
    await page.getByText(/名单只有 2 户/).waitFor()
    expect(await page.getByRole("article").innerText()).not.toMatch(/101|王某|1,200|800/)
    expect(supervisor.complaints).toEqual([])
  })
})
