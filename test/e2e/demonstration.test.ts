/** The first minutes of somebody new: two clicks to a masked list, every post's pages at both widths, one click to remove it all. */

import { readFile } from "node:fs/promises"
import { createRequire } from "node:module"
import type { Browser, Page } from "playwright-core"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { openBrowser, type Person, shoot, signIn, sitDown } from "./browser.ts"
import { type Server, startServer } from "./server.ts"

let server: Server
let browser: Browser
let newcomer: Person
const logins = new Map<string, { login: string; password: string }>()

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
  客服: ["业主", "工单", "信息使用", "制度"],
  客服主管: ["业主", "工单", "信息使用"],
  项目经理: ["业主", "工单", "信息使用", "导入", "不收集", "留痕", "人员"],
  维修师傅: ["工单"],
  审计员: ["信息使用", "留痕"],
  个人信息保护负责人: ["人员", "留痕", "制度", "导入"],
}

describe("the demonstration community", () => {
  it("is two clicks away from the link of the first run", async () => {
    const { page } = newcomer
    await page.goto(server.setup)
    await page.getByRole("button", { name: "打开演示小区" }).click()
    await page.getByRole("button", { name: "以客服进入" }).waitFor({ timeout: 60_000 })
    await shoot(page, "20-logins")
    await remember(page)
    await page.getByRole("button", { name: "以客服进入" }).click()
    await page.getByText("3栋1单元101").first().waitFor()
    expect(await page.locator("main").innerText()).toMatch(/1\d{2}\*{4}\d{4}/)
  })

  it.each(Object.keys(pagesOf))(
    "shows %s their pages without a fault at 1280 and 375 pixels",
    async (post) => {
      const one = logins.get(post)
      if (one === undefined) throw new Error(`no log-in for ${post}`)
      for (const width of [1280, 375]) await walk({ post, pages: pagesOf[post] ?? [], width, ...one })
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

/** Reads the list of log-ins as a person would copy it. */
async function remember(page: Page): Promise<void> {
  for (const row of await page.getByRole("listitem").all()) {
    const enter = row.getByRole("button", { name: /^以.+进入$/ })
    if ((await enter.count()) === 0) continue
    const post = ((await enter.getAttribute("aria-label")) ?? "").replace(/^以|进入$/g, "")
    const [login = "", password = ""] = await row.locator("code").allInnerTexts()
    logins.set(post, { login, password })
  }
}

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

/** Waits until nothing moves or fades: a colour half-way through is not the colour the page has. */
async function standStill(page: Page): Promise<void> {
  await page.waitForFunction(() =>
    document
      .getAnimations()
      .every(
        ({ effect, playState }) =>
          playState !== "running" || effect?.getComputedTiming().endTime === Number.POSITIVE_INFINITY,
      ),
  )
}

/** Pixels by which the page is wider than the screen. */
function overflow(page: Page): Promise<number> {
  return page.evaluate(() => Math.max(0, document.documentElement.scrollWidth - window.innerWidth))
}

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8")

/** Serious and critical findings of axe-core, by rule. */
async function seriousFaults(page: Page): Promise<string[]> {
  await page.evaluate(axe)
  const found: unknown = await page.evaluate(
    "axe.run(document, { resultTypes: ['violations'] }).then((r) => r.violations.filter((v) => v.impact === 'serious' || v.impact === 'critical').map((v) => v.id + ' ' + v.nodes[0].html.slice(0, 120)))",
  )
  return Array.isArray(found) ? found.map(String) : ["axe did not answer"]
}
