/** Clause 4.9 as a story: smoke in a home, the clerk sees the phone at once, the manager sees that, two review, the file is archived. */

import type { Page } from "playwright-core"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { shoot } from "./browser.ts"
import { type Desks, isFitHere, openDesks } from "./demonstration-desks.ts"

let desks: Desks
/** Of the emergency. */
let address = ""

beforeAll(async () => {
  desks = await openDesks(["客服", "项目经理", "个人信息保护负责人"], { 项目经理: 375 })
})
afterAll(() => desks?.close())

async function pick(page: Page, label: string, option: string): Promise<void> {
  await page.getByLabel(label, { exact: true }).click()
  await page.locator(".ant-select-dropdown:visible").getByTitle(option, { exact: true }).first().click()
}

async function review(who: string): Promise<void> {
  const page = desks.at(who)
  await page.goto(address)
  const form = page.getByRole("region", { name: "事后复核" })
  await form.getByText("情况属实", { exact: true }).last().click()
  await form.getByText("现场核实过").last().click()
  await isFitHere(page, `93-review-${who}`)
  await form.getByRole("button", { name: "提交复核" }).click()
  await page.getByText("已复核").first().waitFor()
}

describe("smoke on the third floor", () => {
  it("the clerk chooses the home, says what happened, and has to show that it is them", async () => {
    const page = desks.at("客服")
    await page.getByRole("button", { name: "紧急使用" }).click()
    await page.getByRole("heading", { name: "紧急使用：查看一户的联系方式" }).waitFor()
    await pick(page, "楼栋", "3栋")
    await pick(page, "房屋", "3栋1单元101")
    await page.getByText("火灾", { exact: true }).click()
    await page.getByLabel("一句话说明").fill("厨房冒烟，敲门无人应")
    await page.getByLabel("您的登录密码").fill("not-my-password")
    await isFitHere(page, "90-break")
    await page.getByRole("button", { name: "立即打开" }).click()
    await page.getByText("密码不正确，请重新输入。").waitFor()
    await page.getByLabel("您的登录密码").fill(desks.loginOf("客服").password)
    await page.getByRole("button", { name: "立即打开" }).click()
    await page.getByText(/^还剩 (30:00|29:\d\d)$/).waitFor()
    address = page.url()
  })

  it("and sees the phone, for some seconds, while the half hour runs", async () => {
    const page = desks.at("客服")
    await page.getByRole("button", { name: "查看明文" }).first().click()
    await page
      .getByText(/^1\d{10}$/)
      .first()
      .waitFor()
    await page.getByText(/\d+ 秒后隐藏/).waitFor()
    await isFitHere(page, "91-opened")
  })

  it("the manager has it on the screen within seconds, whatever page they are on, and reads no phone", async () => {
    const page = desks.at("项目经理")
    const alarm = page.getByRole("alert").filter({ hasText: "演示客服因火灾正在查看一户的联系方式" })
    await alarm.waitFor({ timeout: 8_000 })
    await isFitHere(page, "92-alarm")
    await alarm.getByRole("link", { name: "查看" }).click()
    await page.getByRole("heading", { name: /紧急使用 · E/ }).waitFor()
    expect(await page.locator("main").innerText()).not.toMatch(/1\d{10}/)
    expect(await page.getByRole("button", { name: "查看明文" }).count()).toBe(0)
    await page.getByText("紧急使用还没有结束").waitFor()
  })

  it("the clerk hands it back, and nothing opens any more", async () => {
    const page = desks.at("客服")
    await page.getByRole("button", { name: /^交\s*还$/ }).click()
    await page.getByRole("button", { name: /^(OK|确\s*定)$/ }).click()
    await page.getByText("提前交还").waitFor()
    expect(await page.getByRole("button", { name: "查看明文" }).count()).toBe(0)
    expect(await page.locator("main").innerText()).not.toMatch(/1\d{10}/)
  })

  it("two people review it, and the second archives the file", async () => {
    await review("项目经理")
    await review("个人信息保护负责人")
    const page = desks.at("个人信息保护负责人")
    await page.getByText("已归档").first().waitFor()
    await page.getByText("查看 1 次").first().waitFor()
  })

  it("the owner is told, and that is recorded", async () => {
    const page = desks.at("个人信息保护负责人")
    const panel = page.getByRole("region", { name: "告知业主" })
    await panel.getByText(/因火灾，物业客服为尽快联系您家（3栋1单元101）/).waitFor()
    await panel.getByText("电话", { exact: true }).click()
    await panel.getByLabel("告知时间").click()
    await page.locator(".ant-picker-now-btn").click()
    await panel.getByRole("button", { name: "登记已告知" }).click()
    await panel.getByText(/演示负责人（个人信息保护负责人）登记/).waitFor()
    await isFitHere(page, "94-archived")
    await page.getByRole("navigation", { name: "导航" }).getByRole("link", { name: "紧急使用" }).click()
    await page.getByRole("row", { name: /火灾/ }).getByText("已归档").waitFor()
    await shoot(page, "95-list")
    expect(desks.complaints()).toEqual([])
  })
})
