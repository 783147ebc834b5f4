/** Clause 2.9 as a story: a clerk types a phone and a door code, is told so, moves the one and masks the other, and saves. */

import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest"
import { type Person, shoot } from "./browser.ts"
import { type Desks, openDesks } from "./demonstration-desks.ts"
import { overflow, seriousFaults } from "./page-faults.ts"

let desks: Desks
let clerk: Person

beforeAll(async () => {
  desks = await openDesks(["客服"])
  clerk = desks.who("客服")
})
afterEach(async ({ task }) => {
  if (task.result?.state === "fail") await shoot(clerk.page, "failed-free-text")
})
afterAll(() => desks?.close())

describe("a clerk who writes too much into the text", () => {
  it("is shown what was found, and cannot submit it as it is", async () => {
    const { page } = clerk
    await page.getByRole("navigation").getByRole("link", { name: "工单", exact: true }).click()
    await page
      .getByRole("button", { name: "新工单" })
      .or(page.getByRole("link", { name: "新工单" }))
      .click()
    await page.getByRole("textbox").first().fill("3-1-101")
    await page.keyboard.press("Enter")
    const text = page.getByLabel("报修内容")
    // Of a household of several the clerk picks one; of one the form opens at once.
    const one = page.getByRole("button", { name: /\*/ }).first()
    await text.or(one).first().waitFor()
    if (await one.isVisible()) await one.click()
    await page.getByLabel("报修内容").fill("厨房漏水，打一三九零零零零七六五四，门锁密码123456")
    await page.getByRole("status").getByText("一三九零零零零七六五四").waitFor()
    await shoot(page, "60-free-text")
    expect(await overflow(page)).toBe(0)
    expect(await seriousFaults(page)).toEqual([])
    await page.setViewportSize({ width: 375, height: 800 })
    await shoot(page, "61-free-text-375")
    expect(await overflow(page)).toBe(0)
    await page.setViewportSize({ width: 1280, height: 900 })
    await page.getByRole("button", { name: "登记工单" }).click()
    await page.getByRole("alert").getByText("还有 2 处没有处理").waitFor()
  })

  it("moves the phone, masks the code, and saves", async () => {
    const { page } = clerk
    await page.getByRole("button", { name: "移到联系电话" }).click()
    expect(await page.getByLabel("联系电话").inputValue()).toBe("13900007654")
    await page
      .getByRole("listitem", { name: "门锁密码或钥匙位置" })
      .getByRole("button", { name: /打\s*码/ })
      .click()
    expect(await page.getByLabel("报修内容").inputValue()).toBe("厨房漏水，打（见联系电话），门锁密码***")
    await page.getByRole("button", { name: "登记工单" }).click()
    await page.getByText("门锁密码***").waitFor()
    expect(clerk.complaints).toEqual([])
  })
})
