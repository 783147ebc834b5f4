/** Consent as a story: greetings are off until somebody says yes on paper; a new text is live at once; taking back stops it. Clauses 2.5–2.7, 7.2. */

import { readFile } from "node:fs/promises"
import type { Page } from "playwright-core"
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest"
import { signature } from "../consents.ts"
import { draw, type Person, shoot, sitDown } from "./browser.ts"
import { type Desks, openDesks } from "./demonstration-desks.ts"
import { overflow, seriousFaults, standStill } from "./page-faults.ts"

let desks: Desks
let clerk: Person
let supervisor: Person
let officer: Person
let owner: Person

beforeAll(async () => {
  desks = await openDesks(["客服", "客服主管", "个人信息保护负责人"])
  clerk = desks.who("客服")
  supervisor = desks.who("客服主管")
  officer = desks.who("个人信息保护负责人")
  owner = await sitDown(desks.browser)
})
afterAll(() => desks?.close())
afterEach(async ({ task }) => {
  if (task.result?.state !== "fail") return
  for (const [name, { page }] of Object.entries({ clerk, supervisor, officer, owner }))
    await shoot(page, `failed-consent-${name}`)
})

const menu = ({ page }: Person, name: string) =>
  page.getByRole("navigation", { name: "导航" }).getByRole("link", { name, exact: true }).click()
const tab = ({ page }: Person, name: string) => page.getByRole("tab", { name, exact: true }).click()
const card = (page: Page) => page.getByRole("region", { name: "节日祝福" })

/** At both widths, looked over. */
async function shootBoth(page: Page, name: string): Promise<void> {
  await standStill(page)
  await shoot(page, name)
  if (process.env["SHOTS"] === undefined) return
  await page.setViewportSize({ width: 375, height: 900 })
  await page.waitForTimeout(300)
  await shoot(page, `${name}-375`)
  expect(await overflow(page)).toBe(0)
  await page.setViewportSize({ width: 1280, height: 900 })
  await page.waitForTimeout(300)
}

let personPath = ""

describe("greetings", () => {
  it("have no text at first, so nobody can be asked and none can be started", async () => {
    await menu(supervisor, "同意")
    await supervisor.page.getByText("还没有同意书").first().waitFor()
    await tab(supervisor, "凭同意的使用")
    expect(await supervisor.page.getByRole("button", { name: /发\s*起/ }).isDisabled()).toBe(true)
    await tab(supervisor, "同意书")
    expect(await supervisor.page.getByRole("button", { name: "新增同意书" }).isDisabled()).toBe(true)
  })

  it("get a text from the privacy officer, looked at before it is published", async () => {
    const { page } = officer
    await menu(officer, "同意")
    await page.getByRole("button", { name: "新增同意书" }).click()
    const dialog = page.getByRole("dialog", { name: "新增同意书" })
    await dialog.getByLabel("用途", { exact: true }).click()
    await page.locator(".ant-select-dropdown:visible").getByTitle("节日祝福", { exact: true }).click()
    await dialog.getByLabel("信息项").click()
    await page.locator(".ant-select-dropdown:visible").getByTitle("手机", { exact: true }).click()
    await dialog.getByLabel("信息项").press("Escape")
    await shoot(page, "consent-1-editor")
    await dialog.getByRole("button", { name: /预\s*览/ }).click()
    await dialog.getByText("没有人因此须重新征求。").waitFor()
    await shootBoth(page, "consent-1-preview")
    await dialog.getByRole("button", { name: "发布，立即生效" }).click()
    await card(page).waitFor()
    await shootBoth(page, "consent-2-texts")
  })

  it("are off by default: a use of them is for nobody, and cannot be started", async () => {
    const { page } = supervisor
    await page.reload()
    await tab(supervisor, "凭同意的使用")
    await page.getByText("还没有发起过").waitFor()
    await page.getByRole("button", { name: /发\s*起/ }).click()
    const dialog = page.getByRole("dialog")
    await dialog.getByText("目前没有人同意，不能发起").waitFor()
    expect(await dialog.getByRole("button", { name: /发\s*起/ }).isDisabled()).toBe(true)
    await shootBoth(page, "consent-3-nobody")
    await dialog.getByRole("button", { name: /取\s*消/ }).click()
  })

  it("are consented to on paper, with number, place in the cabinet and scan", async () => {
    const { page } = clerk
    await menu(clerk, "业主")
    const row = page.getByRole("row").filter({ hasText: "*" }).first()
    await row.getByRole("link").first().click()
    await page.getByRole("button", { name: "同意情况" }).click()
    await card(page).getByText("没有问过").waitFor()
    personPath = new URL(page.url()).pathname
    await shootBoth(page, "consent-4-person")
    await card(page).getByRole("button", { name: "录入纸质同意书" }).click()
    const dialog = page.getByRole("dialog", { name: "录入纸质同意书" })
    expect(await dialog.getByRole("button", { name: /^同\s*意$/ }).isDisabled()).toBe(true)
    await dialog.getByLabel("同意书编号").fill("T-2026-0001")
    await dialog.getByLabel("存放位置", { exact: true }).fill("A柜-2-15")
    const scan = { name: "scan.png", mimeType: "image/png", buffer: Buffer.from(signature, "base64") }
    await dialog.getByLabel("扫描件或照片").setInputFiles(scan)
    await dialog.getByRole("img", { name: "扫描件或照片" }).waitFor()
    await shootBoth(page, "consent-5-paper")
    await dialog.getByRole("button", { name: /^同\s*意$/ }).click()
    await card(page).getByText("已同意", { exact: true }).waitFor()
    await card(page)
      .getByText(/T-2026-0001 · A柜-2-15/)
      .waitFor()
    await shootBoth(page, "consent-6-given")
  })

  it("are then possible, for this one person", async () => {
    const { page } = supervisor
    await page.reload()
    await page.getByRole("button", { name: /发\s*起/ }).click()
    const dialog = page.getByRole("dialog")
    await dialog.getByText("将对已同意的 1 人进行").waitFor()
    await dialog.getByRole("button", { name: /发\s*起/ }).click()
    await page.getByText(/名单上 1 人，都已同意/).waitFor()
    await page.getByText("已完成").waitFor({ timeout: 15_000 })
    await shootBoth(page, "consent-7-run")
  })
})

describe("a text that the officer changes", () => {
  it("is live in under a minute, without a restart, at the desk that has the page open", async () => {
    const { page } = officer
    await card(page)
      .getByRole("button", { name: /修\s*改/ })
      .click()
    const dialog = page.getByRole("dialog", { name: "修改同意书" })
    await dialog.getByLabel("正文 中文").fill("逢年过节，我们想称呼您一声，发一条祝福短信。")
    await dialog.getByLabel("信息项").click()
    await page.locator(".ant-select-dropdown:visible").getByTitle("称呼", { exact: true }).click()
    await dialog.getByLabel("信息项").press("Escape")
    await dialog.getByRole("button", { name: /预\s*览/ }).click()
    await dialog.getByText(/比 1 人同意过的要得更多/).waitFor()
    await shootBoth(page, "consent-8-widened")
    const before = Date.now()
    await dialog.getByRole("button", { name: "发布，立即生效" }).click()
    await clerk.page.reload()
    await card(clerk.page).getByText("须重新征求", { exact: true }).waitFor()
    expect(Date.now() - before).toBeLessThan(60_000)
    await card(page).getByText("须重新征求 1").waitFor()
    await shootBoth(page, "consent-9-history")
  })

  it("makes the holder of the old receipt be asked again, and until then is not used", async () => {
    const { page } = clerk
    await menu(clerk, "同意")
    await tab(clerk, "名单")
    await shootBoth(page, "consent-10-again")
    await page.getByRole("link", { name: "重新征求" }).click()
    await card(page).getByRole("button", { name: "重新征求" }).click()
    const dialog = page.getByRole("dialog", { name: "请本人阅读并答复" })
    await dialog.getByText(/想称呼您一声/).waitFor()
    await standStill(page)
    await draw(page)
    await shootBoth(page, "consent-11-signed")
    await dialog.getByRole("button", { name: /^同\s*意$/ }).click()
    await card(page).getByText("已同意", { exact: true }).waitFor()
  })
})

describe("a withdrawal", () => {
  it("takes one click and no reason, stops the use, and gives a receipt of what stopped", async () => {
    const { page } = clerk
    await card(page).getByRole("button", { name: "撤回同意" }).click()
    const dialog = page.getByRole("dialog")
    await shootBoth(page, "consent-12-withdraw")
    await dialog.getByRole("button", { name: /撤\s*回/ }).click()
    await page.getByRole("heading", { name: "撤回停止了什么" }).waitFor()
    await page.getByText("已签名，并附账本证明").waitFor({ timeout: 20_000 })
    await shootBoth(page, "consent-13-receipt")
    await page.emulateMedia({ media: "print" })
    await shoot(page, "consent-13-receipt-print")
    await page.emulateMedia({ media: "screen" })
    const desk = supervisor.page
    await menu(supervisor, "同意")
    await tab(supervisor, "凭同意的使用")
    await desk.getByRole("button", { name: /发\s*起/ }).click()
    await desk.getByRole("dialog").getByText("目前没有人同意，不能发起").waitFor()
  })

  it("leaves a receipt that anybody checks without signing in: right, or forged when one letter differs", async () => {
    const download = clerk.page.waitForEvent("download")
    await clerk.page.getByRole("link", { name: /下\s*载/ }).click()
    const receipt = await readFile(await (await download).path(), "utf8")
    const { page } = owner
    const check = async (text: string) => {
      await page.goto(`${desks.server.address}/verify`)
      await page.getByLabel("粘贴回执文字").fill(text)
      await page.getByRole("button", { name: /^核\s*对$/ }).click()
    }
    await check(receipt)
    await page.getByText("同意回执是真的").waitFor()
    await page.getByText("撤回停止了什么").waitFor()
    await shootBoth(page, "consent-15-right")
    for (const [one, other] of [
      ['"event_type": "withdrawn"', '"event_type": "given"'],
      ["一条祝福短信", "十条广告短信"],
    ] as const) {
      expect(receipt).toContain(one)
      await check(receipt.replace(one, other))
      await page.getByText("同意回执不成立").waitFor()
      expect(await page.getByText("撤回停止了什么").count()).toBe(0)
    }
    await shootBoth(page, "consent-16-forged")
  })

  it("starts the pause: nobody asks again before its time, but a person may come by themselves", async () => {
    const { page } = clerk
    await page.goto(`${desks.server.address}${personPath}`)
    await card(page)
      .getByText(/前不再征求/)
      .first()
      .waitFor()
    expect(await card(page).getByRole("button", { name: "现在征求" }).isDisabled()).toBe(true)
    expect(await card(page).getByRole("button", { name: "本人主动要求" }).isEnabled()).toBe(true)
    await shootBoth(page, "consent-14-cooling")
  })
})

it("no page complained, nor has a serious fault", async () => {
  expect(await seriousFaults(clerk.page)).toEqual([])
  expect(await seriousFaults(officer.page)).toEqual([])
  const all = [clerk, supervisor, officer, owner].flatMap(({ complaints }) => complaints)
  expect(all).toEqual([])
})
