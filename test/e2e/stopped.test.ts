/** The new clerk asks for more, is stopped on the spot; the supervisor sees it live and teaches; the card shows. Clause 2.4. */

import { afterAll, beforeAll, expect, it } from "vitest"
import { type Person, shoot } from "./browser.ts"
import { type Desks, openDesks } from "./demonstration-desks.ts"
import { overflow } from "./page-faults.ts"

let desks: Desks
let clerk: Person
let supervisor: Person

beforeAll(async () => {
  desks = await openDesks(["客服", "客服主管"])
  clerk = desks.who("客服")
  supervisor = desks.who("客服主管")
})
afterAll(() => desks?.close())

const menu = ({ page }: Person, name: string) =>
  page.getByRole("navigation", { name: "导航" }).getByRole("link", { name, exact: true }).click()

it("the supervisor's page waits, live and empty", async () => {
  await menu(supervisor, "当场制止")
  await supervisor.page.getByText("没有人多要信息").waitFor()
  await supervisor.page.getByText("实时", { exact: true }).waitFor()
})

it("the clerk asks for a field nobody may take, by the page's own door, and is refused", async () => {
  const { page } = clerk
  const communityId = /\/c\/(\d+)/.exec(page.url())?.[1] ?? ""
  const status = await page.evaluate(async (path) => {
    const body = JSON.stringify({ kind: "repair", text: "漏水", employer: "某公司" })
    const headers = { "content-type": "application/json" }
    return (await fetch(path, { method: "POST", headers, body })).status
  }, `/api/communities/${communityId}/orders`)
  expect(status).toBe(422)
})

it("the supervisor sees it without reloading, and makes it a lesson", async () => {
  const { page } = supervisor
  const row = page.getByRole("row", { name: /工作单位/ })
  await row.waitFor({ timeout: 5_000 })
  expect(await row.innerText()).toContain("待裁定")
  await shoot(page, "50-stopped-live")
  await row.getByRole("button", { name: "写成卡片" }).click()
  const dialog = page.getByRole("dialog", { name: "写成课堂卡片" })
  expect(await dialog.getByLabel("中文").inputValue()).toContain("报修")
  await shoot(page, "51-teach")
  await dialog.getByRole("button", { name: /发\s*布/ }).click()
  await row.getByText("已成案例").waitFor()
})

it("the clerk reads the card, proposes the field all the same, and is told from when and why", async () => {
  const { page } = clerk
  await menu(clerk, "课堂")
  await page.getByRole("article", { name: "工作单位" }).waitFor()
  await shoot(page, "52-lessons")
  await page.getByRole("button", { name: "提议新增信息项" }).click()
  const dialog = page.getByRole("dialog", { name: "提议信息项" })
  await dialog.getByLabel("信息项").fill("工作单位")
  await dialog.getByLabel("用途").fill("报修")
  await dialog.getByLabel("为什么没有它办不成事").fill("想知道白天能否上门")
  await dialog.getByRole("button", { name: /提\s*交/ }).click()
  await dialog.getByText(/入职未满 90 天/).waitFor()
  await dialog.getByText(/课堂上讲过/).waitFor()
  await shoot(page, "53-too-new")
  await supervisor.page.getByRole("row", { name: /提议/ }).waitFor({ timeout: 5_000 })
})

it("no page complained, and all fit on a phone", async () => {
  await clerk.page.keyboard.press("Escape")
  for (const { page } of [clerk, supervisor]) {
    await page.setViewportSize({ width: 375, height: 800 })
    await page.waitForTimeout(300)
    await shoot(page, `54-phone-${page === clerk.page ? "lessons" : "stopped"}`)
    expect(await overflow(page)).toBe(0)
  }
  expect([...clerk.complaints, ...supervisor.complaints]).toEqual([])
})
