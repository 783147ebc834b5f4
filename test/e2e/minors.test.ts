/** Clause 2.10 as a story: a child's record opens by no order; with the guardian's consent and the officer's signature, once. */

import type { Page } from "playwright-core"
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest"
import { textOf } from "../consents.ts"
import { draw, shoot } from "./browser.ts"
import { type Desks, isFitHere, openDesks } from "./demonstration-desks.ts"

let desks: Desks
let child = ""
let order = ""
/** Of the application. */
let address = ""

const posts = ["客服", "客服主管", "项目经理", "个人信息保护负责人"]

beforeAll(async () => {
  desks = await openDesks(posts, { 个人信息保护负责人: 375 })
  await setTheScene()
})
afterAll(() => desks?.close())
afterEach(async ({ task }) => {
  if (task.result?.state === "fail") await desks.shootAll("failed-minors")
})

const community = () => `/c/${desks.communityId}`

/** A text for greetings, and an order of somebody of building 3: over the pages' own door. */
async function setTheScene(): Promise<void> {
  const api = community().replace("/c/", "/api/communities/")
  await desks.at("个人信息保护负责人").evaluate(
    async ({ path, body }) => {
      const headers = { "content-type": "application/json" }
      await fetch(path, { method: "POST", headers, body: JSON.stringify(body) })
    },
    { path: `${api}/consent-texts`, body: textOf(0) },
  )
  const made = await desks.at("客服").evaluate(async (path) => {
    const { owners } = await (await fetch(`${path}/owners?limit=1`)).json()
    const [{ personId, homeId }] = owners
    const orderId = crypto.randomUUID()
    const headers = { "content-type": "application/json" }
    const body = JSON.stringify({ orderId, kind: "repair", homeId, personId, text: "灯不亮" })
    const { status } = await fetch(`${path}/orders`, { method: "POST", headers, body })
    return { personId: String(personId), orderId, status }
  }, api)
  expect(made.status).toBe(200)
  child = `${community()}/owners/${made.personId}`
  order = `${community()}/orders/${made.orderId}`
}

async function apply(): Promise<void> {
  const page = desks.at("客服")
  const personId = child.split("/").at(-1) ?? ""
  await page.goto(`${desks.server.address}${community()}/applications/new?person=${personId}`)
  await page.getByLabel("用途", { exact: true }).click()
  await page.locator(".ant-select-dropdown:visible").getByTitle("节日祝福", { exact: true }).click()
  await page.getByLabel("信息项", { exact: true }).click()
  await page.locator(".ant-select-dropdown:visible").getByTitle("手机", { exact: true }).click()
  await page.keyboard.press("Escape")
  await page.getByLabel("文号").fill("物函〔2026〕15号")
  await page.getByRole("button", { name: "提交申请" }).click()
}

/** Whose signatures the page says are needed: at night the rules ask for the manager too, whatever the hour of this run is. */
async function chainOf(page: Page): Promise<string[]> {
  const chain = await page.getByText(/^客服主管 → .*个人信息保护负责人$/).innerText()
  return chain.split(" → ")
}

async function sign(who: string): Promise<void> {
  const page = desks.at(who)
  await page.goto(address)
  await page.getByRole("heading", { name: `轮到${who}签批` }).waitFor()
  await page.getByText("未满十四岁", { exact: true }).waitFor()
  await isFitHere(page, `97-sign-${who}`)
  await page.getByRole("button", { name: /^同\s*意$/ }).click()
  await page.getByText("已签批").first().waitFor()
}

describe("a child under fourteen", () => {
  it("is noted as one, and from then on no order opens the record", async () => {
    const page = desks.at("客服")
    await page.goto(`${desks.server.address}${child}/consents`)
    await page.getByRole("button", { name: /未满 ?14/ }).click()
    await page
      .getByRole("dialog")
      .getByRole("button", { name: /登\s*记/ })
      .click()
    await page.getByText("未满 14 周岁，由监护人同意").waitFor()
    await page.goto(`${desks.server.address}${order}`)
    await page.getByRole("button", { name: "联系业主" }).click()
    await page.getByText(/对方未满 14 周岁，不能凭工单查看/).waitFor()
    await shoot(page, "97-by-order")
    expect(await page.locator("main").innerText()).not.toMatch(/1\d{10}/)
  })

  it("is not applied for without the guardian", async () => {
    await apply()
    const page = desks.at("客服")
    await page.getByText(/监护人还没有同意这项用途/).waitFor()
    await shoot(page, "97-no-consent")
  })

  it("the guardian consents, by name, relation and signature", async () => {
    const page = desks.at("客服")
    await page.goto(`${desks.server.address}${child}/consents`)
    const card = page.getByRole("region", { name: "节日祝福" })
    await card.getByRole("button", { name: "现在征求" }).click()
    const dialog = page.getByRole("dialog")
    await dialog.getByLabel("监护人", { exact: true }).fill("赵一一")
    await draw(page)
    await shoot(page, "97-guardian")
    await dialog.getByRole("button", { name: /^同\s*意$/ }).click()
    await card.getByText("已同意").first().waitFor()
  })

  it("is seen once, after supervisor and privacy officer have signed", async () => {
    await apply()
    const page = desks.at("客服")
    const chain = await chainOf(page)
    address = page.url()
    for (const who of chain) await sign(who)
    await page.reload()
    await page.locator(".hd-concerned-looks").getByRole("button").first().click()
    await page.getByText(/\d+ 秒后隐藏/).waitFor()
    await shoot(page, "97-seen")
    await page.reload()
    await page.locator(".hd-concerned-looks").getByRole("button").first().click()
    await page.locator(".hd-refusal").first().waitFor()
    expect(desks.complaints()).toEqual([])
  })
})
