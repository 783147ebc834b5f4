/** Forms as stories: a clerk at the desk, a resident with a phone, a sheet of paper, the notice on the wall. Clauses 2.3, 2.5, 2.6, 2.8. */

import type { Page } from "playwright-core"
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest"
import { draw, type Person, shoot, sitDown } from "./browser.ts"
import { type Desks, openDesks } from "./demonstration-desks.ts"

let desks: Desks
let clerk: Person
let manager: Person
let phone: Person
let code = ""

beforeAll(async () => {
  desks = await openDesks(["客服", "项目经理"])
  manager = desks.who("项目经理")
  clerk = desks.who("客服")
  phone = await sitDown(desks.browser, 375)
  await phone.page.context().grantPermissions(["geolocation"], { origin: desks.server.address })
  await phone.page.context().setGeolocation({ latitude: 31.2304, longitude: 121.4737 })
  await phone.page.addInitScript(() => {
    const own = navigator.geolocation.getCurrentPosition.bind(navigator.geolocation)
    navigator.geolocation.getCurrentPosition = (...args) => {
      // Kept in the document: read from outside the page.
      const { dataset } = document.documentElement
      dataset["placesAsked"] = String(Number(dataset["placesAsked"] ?? "0") + 1)
      own(...args)
    }
  })
})
afterAll(() => desks?.close())
afterEach(async ({ task }) => {
  if (task.result?.state !== "fail") return
  for (const [name, { page }] of Object.entries({ manager, clerk, phone }))
    await shoot(page, `failed-${name}`)
})

function menuEntry(page: Page, name: string) {
  return page.getByRole("navigation").getByRole("link", { name, exact: true })
}

async function pick(page: Page, label: string, option: string): Promise<void> {
  await page.getByLabel(label, { exact: true }).first().click()
  await page.locator(".ant-select-dropdown:visible").getByTitle(option, { exact: true }).click()
}

/** How often the page asked where the phone is. */
function placesAsked(): Promise<number> {
  return phone.page.evaluate(() => Number(document.documentElement.dataset["placesAsked"] ?? "0"))
}

describe("forms", () => {
  it("the clerk registers a car: only what parking needs, the optional field off until it is switched on", async () => {
    const { page } = clerk
    await menuEntry(page, "登记").click()
    await pick(page, "用途", "停车")
    await page.getByLabel("姓名", { exact: true }).fill("魏新车")
    const shown = await page.locator("main").innerText()
    for (const never of ["身份证", "家庭成员", "工作单位", "健康"]) expect(shown).not.toContain(never)
    const title = page.getByRole("switch", { name: "称呼" })
    expect(await title.getAttribute("aria-checked")).toBe("false")
    expect(shown).toContain("不提供，照样办理")
    await page.getByLabel("手机", { exact: true }).fill("13900006161")
    await page.getByLabel("车牌", { exact: true }).fill("京A61616")
    await pick(page, "楼栋", "3栋")
    await pick(page, "房屋", "3栋1单元101")
    await title.click()
    await page.getByLabel("称呼", { exact: true }).last().fill("魏先生")
    await page.getByText(/停车 · 称呼/).waitFor()
    expect(await page.getByRole("button", { name: /保\s*存/ }).isDisabled()).toBe(true)
    await draw(page)
    await shoot(page, "forms-desk")
    await page.setViewportSize({ width: 375, height: 900 })
    await page.waitForTimeout(300)
    await shoot(page, "forms-desk-375")
    await page.setViewportSize({ width: 1280, height: 900 })
    await page.getByRole("button", { name: /保\s*存/ }).click()
    await page.getByText("已并入业主资料").waitFor()
    expect(page.url()).not.toMatch(/1390000|61616/)
  })

  it("the clerk prints numbered sheets", async () => {
    const { page } = clerk
    await page.getByRole("tab", { name: "纸质表" }).click()
    await page.evaluate(() => {
      window.print = () => undefined
    })
    await pick(page, "用途", "入住登记")
    await page.getByLabel("份数").fill("2")
    await page.getByRole("button", { name: "登记编号并打印" }).click()
    const sheets = page.getByRole("article")
    await expect.poll(() => sheets.count()).toBe(2)
    const [first = "", second = ""] = await sheets.allInnerTexts()
    expect(first).toMatch(/-000001/)
    expect(second).toMatch(/-000002/)
    expect(first).toContain("本人签名")
    await page.emulateMedia({ media: "print" })
    await shoot(page, "forms-paper")
    await page.emulateMedia({ media: "screen" })
  })

  it("the manager hangs the code of the property fee", async () => {
    const { page } = manager
    await menuEntry(page, "登记").click()
    await page.getByRole("tab", { name: "柜台二维码" }).click()
    await pick(page, "用途", "缴物业费")
    await page.getByRole("button", { name: "生成二维码" }).click()
    await page.getByRole("button", { name: "二维码", exact: true }).click()
    const link = page.getByRole("dialog").getByRole("link")
    await page.getByRole("img", { name: /手机扫码填写/ }).waitFor()
    await shoot(page, "forms-code")
    code = (await link.getAttribute("href")) ?? ""
    expect(code).toContain("/f/")
  })

  it("a resident fills it in on a phone; the place is asked when 代缴费 is used, and at no moment before", async () => {
    const { page } = phone
    await page.goto(code)
    await page.getByRole("heading", { name: "缴物业费" }).waitFor()
    await shoot(page, "forms-phone")
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(375)
    const field = page.getByRole("switch", { name: /^位置/ })
    expect(await field.count()).toBe(0)
    expect(await page.locator("body").innerText()).not.toContain("位置")
    await page.getByLabel("房号").fill("3栋1单元101")
    await page.getByLabel("缴费").first().fill("2026 年第 1 季度")
    expect(await placesAsked()).toBe(0)
    await page.getByRole("switch", { name: /代缴费/ }).check()
    await field.waitFor()
    expect(await placesAsked()).toBe(0)
    await field.check()
    await page.getByText("已读取位置").waitFor()
    expect(await placesAsked()).toBe(1)
    await page.getByRole("button", { name: "提交" }).click()
    await page.getByText("打开了选填项，须有本人签名").waitFor()
    await draw(page)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(375)
    await shoot(page, "forms-phone-located")
    await page.getByRole("button", { name: "提交" }).click()
    await page.getByText("已提交").waitFor()
    const kept = await page.evaluate(() =>
      JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage)]),
    )
    expect(kept).not.toMatch(/季度|31\.23/)
    expect(page.url()).toBe(code)
  })

  it("a phone that refuses its place pays all the same, at 320 pixels too", async () => {
    const { page } = phone
    await page.context().clearPermissions()
    await page.setViewportSize({ width: 320, height: 640 })
    await page.goto(code)
    await page.getByLabel("房号").fill("3栋1单元101")
    await page.getByLabel("缴费").first().fill("2026 年第 2 季度")
    await page.getByRole("switch", { name: /代缴费/ }).check()
    await page.getByRole("switch", { name: /^位置/ }).click()
    await page.getByText("不影响缴费").waitFor()
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320)
    await page.getByRole("button", { name: "提交" }).click()
    await page.getByText("已提交").waitFor()
  })

  it("the desk accepts one and rejects the other", async () => {
    const { page } = manager
    await page
      .getByRole("dialog")
      .getByRole("button", { name: /关\s*闭/ })
      .last()
      .click()
    await page.getByRole("tab", { name: "手机提交" }).click()
    await page.getByText("3栋1单元101").first().waitFor()
    await shoot(page, "forms-inbox")
    expect(await page.locator("main").innerText()).not.toContain("31.23")
    await page.getByRole("button", { name: "接收", exact: true }).first().click()
    await page.getByRole("dialog").getByRole("button", { name: "接收", exact: true }).click()
    await page.getByText("已加密保存").waitFor()
    await page.getByRole("button", { name: "不接收" }).first().click()
    await pick(page, "原因", "重复提交")
    await page.getByRole("dialog").getByRole("button", { name: "不接收" }).click()
    await page.getByText("没有待处理的提交").waitFor()
  })

  it("the notice hangs for everybody, in both languages", async () => {
    const { page } = phone
    await page.setViewportSize({ width: 375, height: 800 })
    await page.goto(`${desks.server.address}/notice/${/\/f\/(\d+)-/.exec(code)?.[1] ?? ""}`)
    await page.getByRole("heading", { name: "收集清单" }).waitFor()
    await page.getByRole("heading", { name: "对外提供清单" }).waitFor()
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(375)
    await shoot(page, "forms-notice")
    await page.getByRole("button", { name: "English" }).click()
    await page.getByRole("heading", { name: "List of collection" }).waitFor()
  })

  it("the register of channels is read by whoever collects, and changed by the officer alone", async () => {
    const { page } = manager
    await menuEntry(page, "登记渠道").click()
    await page.getByText("客服电话").waitFor()
    await shoot(page, "forms-channels")
    expect(
      await page
        .getByRole("button", { name: /修\s*改/ })
        .first()
        .isDisabled(),
    ).toBe(true)
  })

  it("no page complained", () => {
    expect([...clerk.complaints, ...manager.complaints, ...phone.complaints]).toEqual([])
  })
})
