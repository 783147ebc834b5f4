/** Debian's Chromium, driven by what a person sees: roles, names, texts. Screenshots go to SHOTS when it is set. */

import { join } from "node:path"
import * as OTPAuth from "otpauth"
import { type Browser, chromium, type Page } from "playwright-core"

const quiet = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  // A page lives for seconds: what V8 spends on making it faster later is lost. A third of a page's processor time.
  "--js-flags=--no-opt --no-maglev --single-threaded --min-semi-space-size=64 --max-semi-space-size=64",
]

export function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium", args: quiet })
}

export interface Person {
  readonly page: Page
  /** What the page complained of, in the order of complaints. */
  readonly complaints: string[]
}

/** A person at a screen of their own: nothing is shared with the others. */
export async function sitDown(browser: Browser, width = 1280): Promise<Person> {
  const context = await browser.newContext({
    viewport: { width, height: 900 },
    locale: "zh-CN",
    // Nothing that slides or fades is waited for; people who ask for that get the same console.
    reducedMotion: "reduce",
    acceptDownloads: true,
  })
  const page = await context.newPage()
  page.setDefaultTimeout(45_000)
  const complaints: string[] = []
  page.on("pageerror", (error) => complaints.push(error.name))
  page.on("console", (message) => {
    if (message.type() === "error" && !/Failed to load resource/.test(message.text()))
      complaints.push(message.text())
  })
  return { page, complaints }
}

export async function shoot(page: Page, name: string): Promise<void> {
  const folder = process.env["SHOTS"]
  if (folder !== undefined) await page.screenshot({ path: join(folder, `${name}.png`) })
}

export interface Credentials {
  readonly login: string
  readonly password: string
  /** Base32 secret of the second factor, once there is one. */
  readonly secret?: string
}

export async function signIn(
  page: Page,
  address: string,
  { login, password, secret }: Credentials,
): Promise<void> {
  await page.goto(`${address}/sign-in`)
  await page.getByLabel("登录名").fill(login)
  await page.getByLabel("密码", { exact: true }).fill(password)
  await page.getByRole("button", { name: /登\s*录/ }).click()
  if (secret === undefined) return
  await page.getByLabel("动态验证码").fill(codeOf(secret))
  await page.getByRole("button", { name: /登\s*录/ }).click()
}

/** Enrols the second factor on the page that asks for it. Returns the secret. */
export async function enrol(page: Page): Promise<string> {
  const secret = (await page.locator("code.hd-secret").innerText()).replaceAll(/\s/g, "")
  await page.getByLabel("输入应用上显示的六位数字").fill(codeOf(secret))
  await page.getByRole("button", { name: "完成绑定" }).click()
  return secret
}

function codeOf(secret: string): string {
  return new OTPAuth.TOTP({ secret: OTPAuth.Secret.fromBase32(secret) }).generate()
}

/** The first password is changed at once. */
export async function changeFirstPassword(page: Page, first: string, next: string): Promise<void> {
  await page.getByLabel("当前密码").fill(first)
  await page.getByLabel("新密码", { exact: true }).fill(next)
  await page.getByLabel("再输一次新密码").fill(next)
  await page.getByRole("button", { name: "修改密码" }).click()
}

/** Appoints a colleague in the people page. Returns the first password that is shown once. */
export async function appoint(
  page: Page,
  who: { name: string; login: string; post: string; buildings?: readonly string[] },
): Promise<string> {
  await page.getByRole("button", { name: "安排人员" }).click()
  const dialog = page.getByRole("dialog", { name: "安排人员" })
  await dialog.getByLabel("姓名").fill(who.name)
  await dialog.getByLabel("登录名").fill(who.login)
  await choose(page, "岗位", who.post)
  for (const building of who.buildings ?? []) await choose(page, "楼栋", building)
  await dialog.getByRole("button", { name: /确\s*定/ }).click()
  const shown = page.getByRole("dialog", { name: "初始密码" })
  const password = await shown.locator("code").last().innerText()
  await shown.getByRole("button", { name: "已告知，关闭" }).click()
  return password
}

/** Signs in the box with a few strokes. */
export async function draw(page: Page): Promise<void> {
  const pad = page.getByRole("img", { name: "手写签名" })
  await pad.scrollIntoViewIfNeeded()
  const box = await pad.boundingBox()
  const [x, y, step] = [box?.x ?? 0, box?.y ?? 0, (box?.width ?? 0) / 8]
  await page.mouse.move(x + step, y + 50)
  await page.mouse.down()
  for (const stroke of [2, 3, 4, 5, 6]) await page.mouse.move(x + step * stroke, y + 50 - (stroke % 2) * 30)
  await page.mouse.up()
  await page.getByText("已签名").waitFor()
}

/** Picks an option of the select with this label. A list that stays open for more is closed, and only that: a dialog hears Escape too. */
async function choose(page: Page, label: string, option: string): Promise<void> {
  const field = page.getByLabel(label, { exact: true }).last()
  await field.click()
  const list = page.locator(".ant-select-dropdown:visible")
  await list.getByTitle(option, { exact: true }).click()
  if ((await field.getAttribute("aria-expanded")) === "true") await field.press("Escape")
  await list.waitFor({ state: "hidden" })
}
