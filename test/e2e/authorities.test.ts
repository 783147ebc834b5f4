/** Clause 4.11 as a story: two officers ask for one home; what is missing is said, two sign, a numbered copy goes, the receipt closes it. */

import { afterAll, beforeAll, describe, expect, it } from "vitest"
import {
  type Desks,
  go,
  isFit,
  isFitHere,
  openDesks,
  photo,
  pick,
  press,
  signAt,
} from "./demonstration-desks.ts"

let desks: Desks

beforeAll(async () => {
  desks = await openDesks(["客服", "客服主管", "项目经理"])
})
afterAll(() => desks?.close())

describe("two officers with a paper", () => {
  it("are asked for what is missing, and only then does their request wait for the signatures", async () => {
    const page = desks.at("客服")
    await go(page, "机关调取")
    await press(page, /受理调取/)
    await page.getByLabel("机关名称").fill("和平派出所")
    await page.getByLabel("文书编号").fill("京公调证〔2026〕31号")
    await pick(page, "法律依据", "刑事诉讼法")
    await page.getByLabel("第 1 名 · 姓名").fill("周正")
    await page.getByLabel("第 2 名 · 姓名").fill("吴明")
    await page.getByLabel("证件号").nth(0).fill("京警011234")
    await page.getByLabel("证件号").nth(1).fill("京警015678")
    await pick(page, "楼栋", "3栋")
    await pick(page, "房屋", /\d/)
    await pick(page, "信息项", "手机")
    await press(page, /^清\s*点$/)
    await page.getByText(/1 户，\d+ 人/).waitFor()
    await press(page, /提交经理签批/)
    await page.getByText("缺法律文书的照片或 PDF").waitFor()
    await isFit(page, "86-authority-missing")
    await photo(page, "文书.png")
    await press(page, /提交经理签批/)
    await page.getByRole("heading", { name: /使用申请 · A/ }).waitFor()
    const address = page.url()
    await signAt(desks.at("客服主管"), address)
    await signAt(desks.at("项目经理"), address)
    await isFit(desks.at("项目经理"), "87-authority-signed")
  })

  it("get one numbered copy, and their names are masked until somebody has a reason to see them", async () => {
    const page = desks.at("客服")
    await go(page, "机关调取")
    await page.getByText("可生成副本").waitFor()
    const main = page.locator("main")
    await expect.poll(() => main.innerText()).toMatch(/周. ●●●●34/)
    expect(await main.innerText()).not.toMatch(/周正|011234/)
    await press(page, /看办案人员/)
    await page.getByText("周正　京警011234").waitFor()
    await page.getByText("这次查看已留痕。").waitFor()
    await page.keyboard.press("Escape")
    await page.getByText("周正　京警011234").waitFor({ state: "hidden" })
    await page.getByRole("link", { name: "去生成副本" }).click()
    await press(page, /生成文件/)
    await page.getByText("待下载").waitFor()
    await press(page, /取密码/)
    await press(page, /确\s*定/)
    await press(page, /我已记下/)
    const waiting = page.waitForEvent("download")
    await press(page, /^下\s*载$/)
    await press(page, /确\s*定/)
    expect((await waiting).suggestedFilename()).toMatch(/\.pdf$/)
  })

  it("sign for it, and the request is closed", async () => {
    const page = desks.at("客服")
    await go(page, "机关调取")
    await page.getByText("已交付，待回执").waitFor()
    await press(page, /登记回执/)
    await photo(page, "回执.png")
    await isFitHere(page, "88-receipt")
    await page
      .getByRole("dialog")
      .getByRole("button", { name: /保\s*存/ })
      .click()
    await page.getByText("已办结").first().waitFor()
    await page.getByRole("button", { name: "看回执" }).waitFor()
    await isFit(page, "89-authority-closed")
    expect(desks.complaints()).toEqual([])
  })
})
