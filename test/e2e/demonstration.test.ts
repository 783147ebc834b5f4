/** The first minutes of somebody new: two clicks to a masked list, every post's pages at both widths, one click to remove it all. */

import type { Browser } from "playwright-core"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { type Credentials, openBrowser, type Person, shoot, signIn, sitDown } from "./browser.ts"
import { overflow, readLogins, seriousFaults, standStill } from "./page-faults.ts"
import { type Server, startServer } from "./server.ts"

let server: Server
let browser: Browser
let newcomer: Person
let logins: ReadonlyMap<string, Credentials> = new Map()

beforeAll(async () => {
  server = await startServer()
  browser = await openBrowser()
  newcomer = await sitDown(browser)
})
afterAll(async () => {
  await browser?.close()
  await server?.stop()
})

const pagesOf: Readonly<Record<string, readonly string[]>> = {
  客服: ["业主", "工单", "信息使用", "紧急使用", "制度"],
  客服主管: ["业主", "工单", "信息使用", "机关调取", "公示助手"],
  项目经理: ["业主", "工单", "信息使用", "导入", "不收集", "留痕", "人员"],
  维修师傅: ["工单"],
  审计员: ["信息使用", "留痕", "异常查看", "统计", "运行状态"],
  个人信息保护负责人: ["人员", "留痕", "第三方", "制度", "导入"],
}

describe("the demonstration community", () => {
  it("is two clicks away from the link of the first run", async () => {
    const { page } = newcomer
    await page.goto(server.setup)
    await page.getByRole("button", { name: "打开演示小区" }).click()
    await page.getByRole("button", { name: "以客服进入" }).waitFor({ timeout: 60_000 })
    await shoot(page, "20-logins")
    logins = await readLogins(page)
    await page.getByRole("button", { name: "以客服进入" }).click()
    await page.getByText("3栋1单元101").first().waitFor()
    expect(await page.locator("main").innerText()).toMatch(/1\d{2}\*{4}\d{4}/)
  })

  it.each(Object.keys(pagesOf))(
    "shows %s their pages without a fault at 1280 and 375 pixels",
    async (post) => {
      const one = logins.get(post)
      if (one === undefined) throw new Error(`no log-in for ${post}`)
      const pages = pagesOf[post] ?? []
      await Promise.all([1280, 375].map((width) => walk({ post, pages, width, ...one })))
    },
  )

  it("is removed by one click, and its log-ins with it", async () => {
    const { page } = await sitDown(browser)
    const officer = logins.get("个人信息保护负责人")
    await signIn(page, server.address, officer ?? { login: "", password: "" })
    await page.getByRole("button", { name: "删除演示小区" }).click()
    await page
      .getByRole("dialog")
      .getByRole("button", { name: /删\s*除/ })
      .click()
    await page.waitForURL(/\/(sign-in|setup)/)
    const reply = await page.request.post(`${server.address}/api/session`, { data: officer ?? {} })
    expect(reply.status()).toBe(401)
  })
})

interface Walk {
  readonly post: string
  readonly pages: readonly string[]
  readonly width: number
  readonly login: string
  readonly password: string
}

async function walk({ post, pages, width, login, password }: Walk): Promise<void> {
  const { page, complaints } = await sitDown(browser, width)
  await signIn(page, server.address, { login, password })
  for (const name of pages) {
    if (width < 700) await page.getByRole("button", { name: "打开导航" }).click()
    await page.getByRole("navigation").getByRole("link", { name, exact: true }).click()
    await page.getByRole("heading", { name, exact: true }).first().waitFor()
    await page.locator(".ant-skeleton").first().waitFor({ state: "detached" })
    await page.waitForLoadState("networkidle")
    await standStill(page)
    await shoot(page, `30-${post}-${name}-${width}`)
    expect({ post, name, width, wider: await overflow(page) }).toMatchObject({ wider: 0 })
    expect({ post, name, width, faults: await seriousFaults(page) }).toMatchObject({ faults: [] })
  }
  expect({ post, width, complaints }).toMatchObject({ complaints: [] })
  await page.context().close()
}
