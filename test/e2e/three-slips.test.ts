/** Clause 3.4 as a story: a repair of last year opens after three slips, in their order, once, and for nobody else. */

import type { Page } from "playwright-core"
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest"
import { sql } from "../faults/server.ts"
import { shoot } from "./browser.ts"
import { type Desks, isFitHere, openDesks } from "./demonstration-desks.ts"

const oldText = "去年厨房漏水"

let desks: Desks
/** Of the application. */
let address = ""
/** Masked name of whom the repair was for; others live in the same home. */
let owner = ""

beforeAll(async () => {
  desks = await openDesks(["客服", "客服主管", "档案保管人", "项目经理"], { 项目经理: 375 })
  await repairOfLastYear(desks.at("客服"))
})
afterAll(() => desks?.close())
afterEach(async ({ task }) => {
  if (task.result?.state === "fail") await desks.shootAll("failed-slips")
})

/** Taken in and closed over the page's own door; the year passes in the database. */
async function repairOfLastYear(page: Page): Promise<void> {
  const done = await page.evaluate(
    async ({ community, text }) => {
      const ask = async (method: string, path: string, body?: object) => {
        const init = { method, headers: { "content-type": "application/json" } }
        const reply = await fetch(
          `${community}${path}`,
          body ? { ...init, body: JSON.stringify(body) } : { method },
        )
        return { status: reply.status, body: await reply.json() }
      }
      const buildings = await ask("GET", "/buildings")
      const third = buildings.body.buildings.find(({ name }: { name: string }) => name === "3栋")
      const homes = await ask("GET", `/buildings/${third.buildingId}/homes`)
      const home = homes.body.homes.find(({ label }: { label: string }) => label === "3栋1单元101")
      const owners = await ask("GET", `/owners?building=${third.buildingId}`)
      const owner = owners.body.owners.find((one: { homeId: string }) => one.homeId === home.homeId)
      const orderId = crypto.randomUUID()
      const order = { orderId, kind: "repair", homeId: home.homeId, personId: owner.personId, text }
      const opened = await ask("POST", "/orders", order)
      const closed = await ask("POST", `/orders/${orderId}/close`, {})
      return { statuses: [opened.status, closed.status], owner: owner.name }
    },
    { community: `/api/communities/${desks.communityId}`, text: oldText },
  )
  expect(done.statuses).toEqual([200, 200])
  owner = done.owner
  await sql(
    desks.server.data,
    "update app.record set changed_at = now() - interval '400 days' where class = 'service'",
  )
}

async function pick(page: Page, label: string, option: string): Promise<void> {
  await page.getByLabel(label, { exact: true }).click()
  await page.locator(".ant-select-dropdown:visible").getByTitle(option, { exact: true }).first().click()
}

async function sign(who: string): Promise<void> {
  const page = desks.at(who)
  await page.goto(address)
  await page.getByRole("heading", { name: `轮到${who}签批` }).waitFor()
  await isFitHere(page, `96-sign-${who}`)
  await page.getByRole("button", { name: /^同\s*意$/ }).click()
  await page.getByText("已签批").first().waitFor()
}

/** Masks, and nothing to click on. */
async function nothingOpens(): Promise<void> {
  const page = desks.at("客服")
  await page.reload()
  await page.getByRole("heading", { name: "涉及的人（打码预览）" }).waitFor()
  expect(await page.locator(".hd-concerned-looks").count()).toBe(0)
  expect(await page.locator("main").innerText()).not.toContain(oldText)
}

async function look(page: Page): Promise<void> {
  await page.locator(".hd-concerned > li").filter({ hasText: owner }).getByRole("button").click()
}

describe("a repair of last year", () => {
  it("is applied for on one short page, which says how old it is", async () => {
    const page = desks.at("客服")
    await page.getByRole("navigation").getByRole("link", { name: "使用申请", exact: true }).click()
    await page.getByRole("button", { name: "申请使用" }).click()
    await pick(page, "楼栋", "3栋")
    await pick(page, "房屋", "3栋1单元101")
    await pick(page, "用途", "报修")
    await page.getByLabel("信息项", { exact: true }).click()
    await page.locator(".ant-select-dropdown:visible").getByTitle("报修", { exact: true }).last().click()
    await page.keyboard.press("Escape")
    await page.getByLabel("文号").fill("物函〔2026〕12号")
    await page.getByLabel("每项只看一次").check()
    await page.getByLabel("包括一年以前的服务记录（需三级签批）").check()
    await shoot(page, "96-apply")
    await page.getByRole("button", { name: "提交申请" }).click()
    await page.getByText("客服主管 → 档案保管人 → 项目经理").waitFor()
    await page.getByText("包括在内，最早的在 400 天前").waitFor()
    address = page.url()
    await nothingOpens()
  })

  it("is signed by nobody out of turn", async () => {
    for (const who of ["档案保管人", "项目经理"]) {
      const page = desks.at(who)
      await page.goto(address)
      await page.getByRole("heading", { name: /使用申请 · / }).waitFor()
      expect(await page.getByRole("button", { name: /^同\s*意$/ }).count()).toBe(0)
    }
  })

  it("opens after the third slip, and not before", async () => {
    await sign("客服主管")
    await nothingOpens()
    await sign("档案保管人")
    await nothingOpens()
    await sign("项目经理")
    const page = desks.at("客服")
    await page.reload()
    await look(page)
    await page.getByText(oldText).first().waitFor()
    await page.getByText(/\d+ 秒后隐藏/).waitFor()
    await shoot(page, "96-opened")
  })

  it("opens once: a second look is refused", async () => {
    const page = desks.at("客服")
    await page.reload()
    await look(page)
    await page.locator(".hd-refusal").first().waitFor()
    expect(await page.locator("main").innerText()).not.toContain(oldText)
    await shoot(page, "96-once")
    expect(desks.complaints()).toEqual([])
  })
})
