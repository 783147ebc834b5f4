/** A change of the regime as a story: the officer drafts, mends what the check finds, assesses, signs; the manager signs; it is live. */

import type { Browser, Page } from "playwright-core"
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest"
import {
  appoint,
  changeFirstPassword,
  enrol,
  openBrowser,
  type Person,
  shoot,
  signIn,
  sitDown,
} from "./browser.ts"
import { type Server, startServer } from "./server.ts"

let server: Server
let browser: Browser
let officer: Person
let manager: Person

beforeAll(async () => {
  server = await startServer()
  browser = await openBrowser()
  officer = await sitDown(browser)
  manager = await sitDown(browser)
})
afterAll(async () => {
  await browser?.close()
  await server?.stop()
})
afterEach(async ({ task }) => {
  if (task.result?.state !== "fail") return
  for (const [name, { page }] of Object.entries({ officer, manager }))
    await shoot(page, `failed-regime-${name}`)
})

const go = (page: Page, menu: string) =>
  page.getByRole("navigation").getByRole("link", { name: menu, exact: true }).click()
const tab = (page: Page, name: string | RegExp) => page.getByRole("tab", { name }).click()
let draftAddress = ""
let assessmentAddress = ""

async function save(page: Page): Promise<void> {
  const answered = page.waitForResponse(/\/changes$/)
  await page.getByRole("button", { name: "保存草案" }).click()
  await answered
}

describe("a change of the regime", () => {
  it("starts with a privacy officer and a manager", async () => {
    const { page } = officer
    await page.goto(server.setup)
    await page.getByLabel("物业公司全称").fill("向阳物业服务有限公司")
    await page.getByLabel("小区名称").fill("向阳花园")
    await page.getByLabel("姓名").fill("周负责")
    await page.getByLabel("登录名").fill("zhou")
    await page.getByLabel("密码").fill("Xiang-Yang-2026-wu")
    await page.getByRole("button", { name: /创\s*建/ }).click()
    await enrol(page)
    await go(page, "人员")
    await page.getByText("周负责").nth(1).waitFor()
    const first = await appoint(page, { name: "钱经理", login: "qian", post: "项目经理" })
    await signIn(manager.page, server.address, { login: "qian", password: first })
    await changeFirstPassword(manager.page, first, "Chang-Jiang-77-shui")
    await enrol(manager.page)
  })

  it("is drafted, and a purpose for convenience is refused on the spot", async () => {
    const { page } = officer
    await go(page, "制度")
    await tab(page, "修订")
    await page.getByText("尚无影响评估").waitFor()
    await shoot(page, "regime-1-desk")
    await page.getByRole("button", { name: "起草修订" }).click()
    await page.getByLabel("名称", { exact: true }).fill("开办泳池")
    await page
      .getByRole("button", { name: "开 始" })
      .or(page.getByRole("button", { name: "开始" }))
      .click()
    await page.getByLabel("代码").fill("pool")
    await page.getByRole("button", { name: "新增用途" }).click()
    draftAddress = page.url().replace(/\?.*/, "")
    await page.getByLabel("名称（中文）").fill("方便管理")
    await page.getByLabel("名称（英文）").fill("Pool")
    await page.getByLabel("为业主办什么（中文）").fill("核对健康承诺，办理泳池入场")
    await page.getByLabel("为业主办什么（英文）").fill("Checking the health statement, admission to the pool")
    await save(page)
    await page.getByText("不能为了省事而收集").waitFor()
    await shoot(page, "regime-2-convenience")
    await page.getByLabel("名称（中文）").fill("泳池")
  })

  it("is filled in with the keyboard, and the check asks for an assessment", async () => {
    const { page } = officer
    await tab(page, "收集范围")
    await page.getByRole("button", { name: /^收房验房 姓名/ }).focus()
    await page.keyboard.press("ArrowDown")
    expect(await page.locator(":focus").getAttribute("aria-label")).toContain("收房验房 称呼")
    await page.getByRole("button", { name: /^泳池 手机/ }).press("1")
    await page.getByRole("button", { name: /^泳池 健康/ }).press("2")
    await shoot(page, "regime-3-grid")
    await save(page)
    await tab(page, /^检查/)
    await page.getByText("“泳池”还没有影响评估").waitFor()
    await shoot(page, "regime-4-check")
    await tab(page, "与现行版差异")
    await page.getByText("新增用途“泳池”").waitFor()
    await page.getByText(/泳池·健康：禁止 → 可选/).waitFor()
    await tab(page, "影响")
    await page.getByText("过去三十天的办理不会有不同").waitFor()
  })

  it("sets the company's own limits, and says what is stricter than before", async () => {
    const { page } = officer
    await tab(page, "界限与提醒")
    await page.getByLabel("查看用量上限 · 其他").fill("2000")
    await page.getByLabel("挨户查看一栋楼 · 户数").fill("5")
    await page.getByRole("switch", { name: "启用规则：审批过快或照抄理由" }).click()
    await save(page)
    await shoot(page, "regime-4-limits")
    await tab(page, "与现行版差异")
    await page.getByText("查看用量上限 · 其他：2500 → 2000").waitFor()
    await page.getByText("挨户查看一栋楼 · 户数：8 → 5").waitFor()
    await page.getByText("停用规则“审批过快或照抄理由”").waitFor()
  })

  it("is assessed and signed by the officer", async () => {
    const { page } = officer
    await tab(page, "签字")
    await page.getByRole("button", { name: /签\s*字/ }).click()
    await page.getByText("周负责").last().waitFor()
    await shoot(page, "regime-5-signed-once")
    await page.getByRole("link", { name: "写评估" }).click()
    await page.getByLabel("用途", { exact: true }).click()
    await page.getByTitle("泳池").last().click()
    await page.getByRole("button", { name: "写评估" }).click()
    for (const question of ["处理什么信息", "一、", "二、", "三、"])
      await page.getByLabel(question).fill("只核对是否适合下水，看过即走，不留存病名，每次查看留痕。")
    await page.getByRole("button", { name: "保存评估" }).click()
    await page
      .getByRole("button", { name: "打 印" })
      .or(page.getByRole("button", { name: "打印" }))
      .waitFor()
    assessmentAddress = page.url()
    await shoot(page, "regime-6-assessment")
  })

  it("goes live with the manager's two signatures, and the history shows the difference", async () => {
    const { page } = manager
    await page.goto(draftAddress)
    await tab(page, "签字")
    await page.getByRole("button", { name: /签\s*字/ }).click()
    await page.getByText("这个用途还没有签字的影响评估").waitFor()
    await page.goto(assessmentAddress)
    await page.getByRole("button", { name: /签\s*字/ }).click()
    await page.getByText("已签字：钱经理").waitFor()
    await page.goto(draftAddress)
    await tab(page, "签字")
    await page.getByRole("button", { name: /签\s*字/ }).click()
    await page.getByText("已成为第 2 版").waitFor()
    await page.getByRole("link", { name: "返回制度" }).click()
    await page.getByText("新增用途“泳池”").waitFor()
    await shoot(page, "regime-7-history")
    await tab(page, "用途与信息项")
    await page.getByRole("columnheader", { name: "泳池" }).waitFor()
    for (const { complaints } of [officer, manager]) expect(complaints).toEqual([])
  })

  it("is read on a phone", async () => {
    const { page } = officer
    await page.setViewportSize({ width: 375, height: 812 })
    await page.goto(`${draftAddress}?tab=check`)
    await page.getByRole("list", { name: "检查" }).waitFor()
    await shoot(page, "regime-8-phone-check")
    await page.goto(`${draftAddress}?tab=limits`)
    await page.getByLabel("查看用量上限 · 其他").waitFor()
    await shoot(page, "regime-8-phone-limits")
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(375)
    await page.goto(`${draftAddress}`)
    await page.getByText("泳池").first().waitFor()
    await shoot(page, "regime-9-phone")
    const width = await page.evaluate(() => document.documentElement.scrollWidth)
    expect(width).toBeLessThanOrEqual(375)
  })
})
