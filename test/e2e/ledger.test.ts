/** The traces as a story: a manager asks, keeps a question, sees the hours; a receipt and a printed root are checked by anybody. */

import type { Browser } from "playwright-core"
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest"
import { openBrowser, type Person, shoot, signIn, sitDown } from "./browser.ts"
import { overflow, readLogins, seriousFaults, standStill } from "./page-faults.ts"
import { type Server, startServer } from "./server.ts"

let server: Server
let browser: Browser
let manager: Person

beforeAll(async () => {
  server = await startServer()
  browser = await openBrowser()
  manager = await sitDown(browser)
  const { page } = manager
  await page.goto(server.setup)
  await page.getByRole("button", { name: "打开演示小区" }).click()
  await page.getByRole("button", { name: "以客服进入" }).waitFor({ timeout: 60_000 })
  const login = (await readLogins(page)).get("项目经理")
  if (login === undefined) throw new Error("no log-in for the manager")
  await signIn(page, server.address, login)
  await page.getByRole("navigation").getByRole("link", { name: "业主", exact: true }).waitFor()
})
afterAll(async () => {
  await browser?.close()
  await server?.stop()
})
afterEach(async ({ task }) => {
  if (task.result?.state === "fail") await shoot(manager.page, "failed-ledger")
})

/** Neither wider than the screen nor hard to read, at both widths; leaves a picture of each. */
async function looksGood({ page }: Person, name: string): Promise<void> {
  for (const width of [375, 1280]) {
    await page.setViewportSize({ width, height: 900 })
    await page.waitForLoadState("networkidle")
    await standStill(page)
    await shoot(page, `${name}-${width}`)
    expect({ name, width, wider: await overflow(page) }).toMatchObject({ wider: 0 })
    expect({ name, width, faults: await seriousFaults(page) }).toMatchObject({ faults: [] })
  }
}

describe("the traces", () => {
  it("are asked for in one box, which offers words and names what it does not know", async () => {
    const { page } = manager
    await page.getByRole("navigation").getByRole("link", { name: "留痕", exact: true }).click()
    const box = page.getByRole("combobox", { name: "按条件查留痕" })
    await box.fill("颜色:红")
    await box.press("Enter")
    await page.getByText("没有“颜色”这个条件。可用的条件：岗位、").waitFor()
    await box.fill("动作:登记")
    await page.locator(".ant-select-dropdown:visible").getByText("登记工单", { exact: true }).click()
    await page.getByRole("button", { name: "查询" }).click()
    await page.getByRole("list", { name: "当前条件" }).getByText("动作：登记工单").waitFor()
    expect(page.url()).toContain("q=act%3Aorder.open")
    await expect.poll(() => page.getByRole("cell", { name: "登记工单" }).count()).toBeGreaterThan(0)
    await looksGood(manager, "40-traces")
  })

  it("are asked for again by a view that was kept", async () => {
    const { page } = manager
    await page.getByRole("button", { name: "保存当前条件" }).click()
    await page.getByLabel("视图名称").fill("登记的工单")
    await page.getByRole("button", { name: "保存", exact: true }).click()
    const view = page.getByRole("button", { name: "登记的工单", exact: true })
    await view.waitFor()
    await page.getByRole("button", { name: "清除条件" }).click()
    await page.getByRole("list", { name: "当前条件" }).waitFor({ state: "detached" })
    await view.click()
    await page.getByRole("list", { name: "当前条件" }).getByText("动作：登记工单").waitFor()
  })

  it("of a home are on one page, which its address does not tell", async () => {
    const { page } = manager
    const box = page.getByRole("combobox", { name: "按条件查留痕" })
    await page.getByRole("button", { name: "清除条件" }).click()
    await box.fill("房号:99栋9单元909")
    await box.press("Enter")
    await page.getByText("没有这一户的留痕，或者它不在您的权限范围内。").waitFor()
    expect(decodeURIComponent(page.url())).not.toContain("909")
    await page.getByRole("navigation").getByRole("link", { name: "业主", exact: true }).click()
    await page.locator(".ant-table-row a, .hd-card a").first().click()
    await page
      .getByRole("button", { name: /的留痕$/ })
      .first()
      .click()
    await page.getByRole("heading", { name: /^一户一览：\d+栋/ }).waitFor()
    await page.getByText("写入花名册").first().waitFor()
    expect(decodeURIComponent(page.url())).toMatch(/q=home:[0-9a-f-]{36}$/)
    await looksGood(manager, "41-home")
  })

  it("are counted by post and hour", async () => {
    const { page } = manager
    await page.getByRole("button", { name: "时段热图" }).click()
    await page.getByRole("rowheader", { name: "项目经理" }).waitFor()
    await looksGood(manager, "42-hours")
  })
})

it("no page complained", () => {
  expect(manager.complaints).toEqual([])
})
