/** A repair on two screens: the desk hands it on and makes a link, the repairer works by it on a phone. Clause 4.6. */

import type { Page } from "playwright-core"
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest"
import { type Person, shoot, sitDown } from "./browser.ts"
import { type Desks, openDesks } from "./demonstration-desks.ts"
import { overflow, seriousFaults, standStill } from "./page-faults.ts"

let desks: Desks
let clerk: Person
let repairer: Person
let stranger: Person
let link = ""
/** Of the phone that calls. */
let lastFour = ""

beforeAll(async () => {
  desks = await openDesks(["客服", "客服主管"])
  clerk = desks.who("客服")
  repairer = await sitDown(desks.browser, 320)
  stranger = await sitDown(desks.browser, 375)
  const { page } = clerk
  await page.getByText("3栋1单元101").first().waitFor()
  lastFour = /1\d{2}\*{4}(\d{4})/.exec(await page.locator("main").innerText())?.[1] ?? ""
})
afterAll(() => desks?.close())
afterEach(async ({ task }) => {
  if (task.result?.state !== "fail") return
  for (const [name, { page }] of Object.entries({ clerk, repairer, stranger }))
    await shoot(page, `failed-${name}`)
})

/** What was clicked, to be counted. */
function counted() {
  let clicks = 0
  return {
    get clicks() {
      return clicks
    },
    async click(locator: ReturnType<Page["getByRole"]>) {
      clicks += 1
      await locator.click()
    },
  }
}

describe("a repair, from the call to the end", () => {
  it("is with a repairer after four clicks", async () => {
    const { page } = clerk
    await page.getByRole("navigation").getByRole("link", { name: "工单", exact: true }).click()
    await page.getByRole("heading", { name: "工单", exact: true }).waitFor()
    const hand = counted()
    await hand.click(
      page.getByRole("button", { name: "新工单" }).or(page.getByRole("link", { name: "新工单" })),
    )
    await page.getByRole("heading", { name: "新工单", exact: true }).waitFor()
    await page.getByRole("textbox", { name: "查找业主" }).fill(lastFour)
    await page.keyboard.press("Enter")
    await page.getByLabel("报修内容").fill("厨房水管漏水，下午在家")
    await hand.click(page.getByLabel("派给", { exact: true }))
    await hand.click(page.locator(".ant-select-dropdown:visible").getByTitle(/维修/).first())
    await hand.click(page.getByRole("button", { name: "登记并派单" }))
    await page.getByText("已派单").first().waitFor()
    expect(hand.clicks).toBeLessThanOrEqual(4)
  })

  it("the desk makes a link that is shown once", async () => {
    const { page } = clerk
    await page.getByRole("button", { name: "生成链接" }).click()
    const field = page.getByRole("textbox", { name: "上门链接" })
    await field.waitFor()
    link = await field.inputValue()
    expect(link).toMatch(/\/visit#\d+\.[0-9a-f-]{36}\.[\w-]{32}$/)
    await page.getByRole("img", { name: "上门链接二维码" }).waitFor()
    await shoot(page, "70-link")
  })

  it("the repairer sees what the visit needs at 320 pixels, and the phone for a while", async () => {
    const { page } = repairer
    await page.goto(link)
    await page.getByText("厨房水管漏水，下午在家").waitFor()
    await standStill(page)
    await shoot(page, "71-visit")
    expect(await overflow(page)).toBe(0)
    expect(await seriousFaults(page)).toEqual([])
    expect(await page.locator("body").innerText()).not.toMatch(/1\d{10}/)
    await page.getByRole("button", { name: "查看电话" }).click()
    await page
      .getByText(/^1\d{10}$/)
      .first()
      .waitFor()
    await page.getByText(/\d+ 秒后隐藏/).waitFor()
    await shoot(page, "72-visit-phone")
    const kept = await page.evaluate(() =>
      JSON.stringify([Object.values(localStorage), Object.values(sessionStorage)]),
    )
    expect(kept).not.toMatch(/1\d{10}|3栋/)
    expect(await page.evaluate(() => document.cookie)).toBe("")
  })

  it("another phone is refused, and the desk sees it", async () => {
    await stranger.page.goto(link)
    await stranger.page.getByText(/已在另一台手机上打开过/).waitFor()
    await shoot(stranger.page, "73-other-device")
    await clerk.page.reload()
    await clerk.page.getByText("另有 1 台设备试图打开").waitFor()
    await clerk.page.getByText("厨房水管漏水").waitFor()
  })

  it("the repairer sends a photo and finishes; the link is dead and the use archived", async () => {
    const { page } = repairer
    const photo = await page.screenshot({ type: "jpeg" })
    await page
      .locator("input[type=file]")
      .setInputFiles({ name: "p.jpg", mimeType: "image/jpeg", buffer: photo })
    await page.getByText("已保存第 1 张").waitFor()
    await page.getByRole("button", { name: "完工", exact: true }).click()
    await page.getByRole("dialog").getByRole("button", { name: "确认完工" }).click()
    await page.getByText("已完工，辛苦了。").waitFor()
    await page.reload()
    await page.getByText(/这个链接已失效/).waitFor()
    await shoot(page, "74-dead")
  })

  it("the desk sees the photo; the supervisor the incident; the four records are whole", async () => {
    const { page } = clerk
    await page.reload()
    await page.getByRole("button", { name: "查看照片" }).click()
    const picture = page.getByRole("img", { name: "现场照片 1" })
    await expect
      .poll(() => picture.evaluate((image) => (image instanceof HTMLImageElement ? image.naturalWidth : 0)))
      .toBeGreaterThan(0)
    await shoot(page, "75-photos")
    await page.getByRole("link", { name: /四步记录/ }).click()
    await page.getByText("登记的查看").waitFor()
    const text = await page.locator("main").innerText()
    for (const step of ["申请", "审批", "登记", "归档"]) expect(text).toContain(step)
    const supervisor = desks.who("客服主管")
    await supervisor.page.getByRole("navigation").getByRole("link", { name: "安全事件", exact: true }).click()
    await supervisor.page.getByText("上门链接被另一台设备打开").first().waitFor()
    await shoot(supervisor.page, "76-incidents")
    expect(await seriousFaults(supervisor.page)).toEqual([])
  })

  it("no page complained", () => {
    expect([...clerk.complaints, ...repairer.complaints, ...stranger.complaints]).toEqual([])
  })
})
