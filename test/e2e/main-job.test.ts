/** The main job as a story: a roster comes in, a clerk works on an order, the manager reads what was recorded. */

import { readFile } from "node:fs/promises"
import { readXlsx } from "hucre/xlsx"
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
import { faultyRoster } from "./roster.ts"
import { type Server, startServer } from "./server.ts"

let server: Server
let browser: Browser
let officer: Person
let manager: Person
let clerk: Person

beforeAll(async () => {
  server = await startServer()
  browser = await openBrowser()
  officer = await sitDown(browser)
  manager = await sitDown(browser)
  clerk = await sitDown(browser)
})
afterAll(async () => {
  await browser?.close()
  await server?.stop()
})

const officerPassword = "Xiang-Yang-2026-wu"
let managerFirst = ""

function menuEntry(page: Page, name: string) {
  return page.getByRole("navigation").getByRole("link", { name, exact: true })
}

async function go(page: Page, menu: string): Promise<void> {
  await menuEntry(page, menu).click()
}

/** Signs in with the first password, changes it, and enrols a second factor where the post asks for one. */
async function begin(
  page: Page,
  { login, first, next, factor }: { login: string; first: string; next: string; factor: boolean },
) {
  await signIn(page, server.address, { login, password: first })
  await changeFirstPassword(page, first, next)
  if (factor) await enrol(page)
}

afterEach(async ({ task }) => {
  if (task.result?.state !== "fail") return
  for (const [name, { page }] of Object.entries({ officer, manager, clerk }))
    await shoot(page, `failed-${name}`)
})

describe("the main job", () => {
  it("first run: a company, a community, a privacy officer with a second factor", async () => {
    const { page } = officer
    await page.goto(server.setup)
    await page.getByLabel("物业公司全称").fill("向阳物业服务有限公司")
    await page.getByLabel("小区名称").fill("向阳花园")
    await page.getByLabel("姓名").fill("周负责")
    await page.getByLabel("登录名").fill("zhou")
    await page.getByLabel("密码").fill(officerPassword)
    await shoot(page, "01-first-run")
    await page.getByRole("button", { name: /创\s*建/ }).click()
    await page.getByText("绑定动态验证码").waitFor()
    expect(page.url()).not.toContain("code=")
    await enrol(page)
    await menuEntry(page, "人员").waitFor()
  })

  it("the officer appoints a manager with a personal log-in", async () => {
    const { page } = officer
    await go(page, "人员")
    managerFirst = await appoint(page, { name: "钱经理", login: "qian", post: "项目经理" })
    await shoot(page, "02-people")
    expect(managerFirst.length).toBeGreaterThan(9)
  })

  it("the manager imports 2,000 rows with 40 faulty cells and gets them back marked", async () => {
    const { page } = manager
    await begin(page, { login: "qian", first: managerFirst, next: "Chang-Jiang-77-shui", factor: true })
    await go(page, "导入")
    const { bytes, faults } = await faultyRoster(2_000)
    await page.locator("input[type=file]").setInputFiles({ name: "花名册.xlsx", mimeType: "", buffer: bytes })
    await page.getByText("每一列是什么").waitFor()
    await shoot(page, "03-mapping")
    await expect.poll(() => page.getByText("不收集").count()).toBeGreaterThan(0)
    await page.getByRole("button", { name: "开始预检" }).click()
    await page.getByText("预检结果").first().waitFor()
    await shoot(page, "04-checked")
    const waiting = page.waitForEvent("download")
    await page.getByRole("link", { name: "下载标出问题的工作簿" }).click()
    const marked = await readXlsx(await readFile(await (await waiting).path()))
    const sheet = marked.sheets[0]
    const why = faults.map(({ row }) => String(sheet?.rows[row - 1]?.at(7) ?? ""))
    expect(why.filter((text) => text !== "")).toHaveLength(40)
    expect(sheet?.rows.slice(1).filter((row) => (row.at(7) ?? "") !== "")).toHaveLength(40)
    await page.getByRole("button", { name: /^导入 \d/ }).click()
    await page.getByText("导入完成").first().waitFor({ timeout: 60_000 })
    await shoot(page, "05-imported")
  })

  it("the officer appoints a clerk of building 3", async () => {
    const { page } = officer
    await page.reload()
    const first = await appoint(page, { name: "孙客服", login: "sun", post: "客服", buildings: ["3栋"] })
    await begin(clerk.page, { login: "sun", first, next: "Tai-Shan-2026-shi", factor: false })
  })

  it("the clerk sees masks of building 3 only", async () => {
    const { page } = clerk
    await go(page, "业主")
    await page.getByText("3栋1单元").first().waitFor()
    await shoot(page, "06-masked-list")
    const text = await page.locator("main").innerText()
    expect(text).toMatch(/138\*{4}\d{4}/)
    expect(text).not.toMatch(/1\d{10}/)
    expect(text).not.toContain("4栋1单元")
  })

  it("the clerk takes a repair in and sees one phone for thirty seconds", async () => {
    const { page } = clerk
    await go(page, "工单")
    await page
      .getByRole("button", { name: "新工单" })
      .or(page.getByRole("link", { name: "新工单" }))
      .first()
      .click()
    await page.getByRole("textbox").first().fill("13800130007")
    await page.keyboard.press("Enter")
    await page.getByLabel("报修内容").fill("厨房水管漏水，今天下午在家")
    await shoot(page, "07-intake")
    await page.getByRole("button", { name: "登记工单" }).click()
    await page.getByRole("heading", { name: /工单 R/ }).waitFor()
    expect(await page.locator("main").innerText()).not.toContain("13800130007")
    await page.getByRole("button", { name: "联系业主" }).click()
    await page.getByText("13800130007").waitFor()
    await page.getByText(/\d+ 秒后隐藏/).waitFor()
    await shoot(page, "08-timed-phone")
    expect(page.url()).not.toContain("1380013")
    await page.getByText("明文已隐藏").waitFor({ timeout: 40_000 })
    expect(await page.locator("body").innerText()).not.toContain("13800130007")
  })

  it("closing ends it", async () => {
    const { page } = clerk
    await page
      .getByRole("button", { name: /办\s*结/ })
      .first()
      .click()
    await page
      .getByRole("dialog")
      .getByRole("button", { name: /办\s*结/ })
      .click()
    await page.getByText("工单已办结").first().waitFor()
    await expect.poll(() => page.getByRole("button", { name: "联系业主" }).isDisabled()).toBe(true)
    await shoot(page, "09-closed")
  })

  it("the manager reads the four records and the trace, and cannot see the phone", async () => {
    const { page } = manager
    await go(page, "信息使用")
    await page.getByRole("link", { name: /^R\d/ }).first().click()
    await page.getByText("登记的查看").waitFor()
    const text = await page.locator("main").innerText()
    for (const step of ["申请", "审批", "登记", "归档", "孙客服"]) expect(text).toContain(step)
    expect(text).not.toContain("13800130007")
    await shoot(page, "10-four-records")
    await go(page, "留痕")
    await page.getByText("查看明文").first().waitFor()
    await page.getByText("办结工单").first().waitFor()
    await shoot(page, "11-traces")
  })

  it("no page complained", () => {
    expect([...officer.complaints, ...manager.complaints, ...clerk.complaints]).toEqual([])
  })
})
