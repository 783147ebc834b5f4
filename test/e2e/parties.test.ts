/**
 * Clause 4.10 as a story: a contract is entered and signed, a lift company is told phone numbers after the signatures, and what
 * it was told is archived when two have seen that it is gone.
 */

import { randomUUID } from "node:crypto"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { assessed } from "../regime-desk.ts"
import {
  confirm,
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
  desks = await openDesks(["客服主管", "项目经理", "个人信息保护负责人"])
})
afterAll(() => desks?.close())

/** Of giving it away: written by the officer, signed by the manager. */
async function assess(): Promise<void> {
  const [officer, manager] = [desks.at("个人信息保护负责人"), desks.at("项目经理")]
  const base = `${desks.server.address}/api/communities/${desks.communityId}/assessments`
  const assessmentId = randomUUID()
  const data = { assessmentId, purpose: "repair", text: assessed([], { isShared: true }) }
  const written = await officer.request.post(base, { data })
  const signed = await manager.request.post(`${base}/${assessmentId}/sign`, { data: { edition: 1 } })
  expect([written.status(), signed.status()]).toEqual([200, 200])
}

describe("a lift company", () => {
  it("has a contract that the manager enters, once it was assessed, and the privacy officer signs", async () => {
    const page = desks.at("项目经理")
    await go(page, "第三方")
    await page.getByText("还没有向第三方提供过信息").waitFor()
    await page.getByRole("tab", { name: "合同登记" }).click()
    await press(page, /登记合同/)
    const dialog = page.getByRole("dialog", { name: "登记第三方合同" })
    await dialog.getByLabel("单位名称").fill("安顺电梯有限公司")
    await dialog.getByLabel("合同编号").fill("梯维〔2026〕8号")
    await dialog.getByLabel("起", { exact: true }).fill("2026-01-01")
    await dialog.getByLabel("止", { exact: true }).fill("2099-12-31")
    await pick(page, "我方责任人", "演示经理")
    await pick(page, "用途", "报修")
    await pick(page, "信息项", "手机")
    await dialog.getByRole("button", { name: "提交签字" }).click()
    await dialog.getByText("没有有效的个人信息保护影响评估").waitFor()
    await isFit(page, "80-party-unassessed")
    await assess()
    await dialog.getByRole("button", { name: "提交签字" }).click()
    await page.getByText("待签字").first().waitFor()
    const officer = desks.at("个人信息保护负责人")
    await go(officer, "第三方")
    await officer.getByRole("tab", { name: "合同登记" }).click()
    await press(officer, /^签\s*字$/)
    await confirm(officer)
    await officer.getByText("有效", { exact: true }).waitFor()
    await isFit(officer, "81-party-signed")
  })

  it("is told after the manager's signature and the officer's, and never before", async () => {
    const page = desks.at("客服主管")
    await go(page, "第三方")
    await press(page, /申请提供/)
    await pick(page, "第三方", "安顺电梯")
    await pick(page, "用途", "报修")
    await pick(page, "信息项", "手机")
    await pick(page, "楼栋", "3栋")
    await page.getByLabel("对方最晚保存到").fill("2099-06-30")
    await press(page, /^清\s*点$/)
    await page.getByText(/\d+ 户，\d+ 人/).waitFor()
    await isFit(page, "82-sharing-counted")
    await press(page, /按此数提交申请/)
    await page.getByRole("heading", { name: /使用申请 · A/ }).waitFor()
    const address = page.url()
    await go(page, "第三方")
    await page.getByText("等待签批").waitFor()
    expect(await page.getByRole("button", { name: "已电话告知" }).count()).toBe(0)
    const manager = desks.at("项目经理")
    await signAt(manager, address)
    await manager.getByText("安顺电梯有限公司").first().waitFor()
    await isFit(manager, "83-sharing-signed")
    await signAt(desks.at("个人信息保护负责人"), address)
    await page.reload()
    await press(page, /^已电话告知$/)
    await confirm(page)
    await page.getByText("已提供", { exact: true }).waitFor()
  })

  it("has deleted it: its paper is kept, somebody else confirms, and the sharing is archived", async () => {
    const page = desks.at("客服主管")
    await press(page, /登记收回/)
    const dialog = page.getByRole("dialog", { name: /返还或删除/ })
    await photo(page, "删除证明.png")
    await isFitHere(page, "84-proof")
    await dialog.getByRole("button", { name: /提\s*交/ }).click()
    await page.getByText("待确认收回").waitFor()
    await page
      .getByText("须由另一个人确认")
      .or(page.getByRole("button", { name: "确认收回" }))
      .first()
      .waitFor()
    const manager = desks.at("项目经理")
    await go(manager, "第三方")
    await press(manager, /^确认收回$/)
    await confirm(manager)
    await manager.getByRole("cell", { name: "已收回", exact: true }).waitFor()
    await isFit(manager, "85-sharing-archived")
    expect(await manager.locator("main").innerText()).not.toMatch(/1\d{10}/)
    expect(desks.complaints()).toEqual([])
  })
})
