/** People of the demonstration, each at a screen of their own, signed in. */

import type { Browser, Page } from "playwright-core"
import { expect, inject } from "vitest"
import { type Credentials, openBrowser, type Person, shoot, sitDown } from "./browser.ts"
import { overflow, seriousFaults, standStill } from "./page-faults.ts"
import { type Server, startServer } from "./server.ts"

export interface Desks {
  readonly server: Server
  readonly browser: Browser
  readonly communityId: string
  who(post: string): Person
  at(post: string): Page
  loginOf(post: string): Credentials
  /** For a test that failed. */
  shootAll(name: string): Promise<void>
  /** Whatever any page complained of. */
  complaints(): string[]
  close(): Promise<void>
}

/** Starts the server on a copy of the demonstration, and sits these posts down. `widths`: of screens other than 1280. */
export async function openDesks(
  posts: readonly string[],
  widths: Readonly<Record<string, number>> = {},
): Promise<Desks> {
  const { data, communityId, logins } = inject("demonstration")
  const [server, browser] = await Promise.all([startServer(data), openBrowser()])
  const loginOf = (post: string): Credentials => {
    const login = logins[post]
    if (login === undefined) throw new Error(`no log-in for ${post}`)
    return login
  }
  const seated = posts.map(async (post) => {
    const person = await sitDown(browser, widths[post])
    await enter(person.page, server.address, loginOf(post))
    return [post, person] as const
  })
  const people = new Map(await Promise.all(seated))
  const who = (post: string): Person => {
    const person = people.get(post)
    if (person === undefined) throw new Error(`${post} does not sit anywhere`)
    return person
  }
  return {
    server,
    browser,
    communityId,
    who,
    at: (post) => who(post).page,
    loginOf,
    async shootAll(name) {
      for (const [post, { page }] of people) await shoot(page, `${name}-${post}`)
    },
    complaints: () => [...people.values()].flatMap(({ complaints }) => complaints),
    async close() {
      await browser.close()
      await server.stop()
    },
  }
}

/** By the door of the sign-in page, which has stories of its own. */
async function enter(page: Page, address: string, { login, password }: Credentials): Promise<void> {
  const reply = await page.request.post(`${address}/api/session`, { data: { login, password } })
  expect(reply.status()).toBe(200)
  await page.goto(address)
  await page.waitForURL(/\/c\//)
}

export const go = (page: Page, menu: string) =>
  page.getByRole("navigation").getByRole("link", { name: menu, exact: true }).click()

/** Picks the first option that has the text, of the select with this label. A list that stays open for more is closed, and only that. */
export async function pick(page: Page, label: string, option: string | RegExp): Promise<void> {
  const field = page.getByLabel(label, { exact: true }).last()
  await field.click()
  const list = page.locator(".ant-select-dropdown:visible")
  await list.locator(".ant-select-item-option").filter({ hasText: option }).first().click()
  if ((await field.getAttribute("aria-expanded")) === "true") await field.press("Escape")
  await list.waitFor({ state: "hidden" })
}

export const press = (page: Page, name: RegExp) => page.getByRole("button", { name }).first().click()

export const confirm = (page: Page) =>
  page
    .locator(".ant-popconfirm:visible")
    .getByRole("button", { name: /确\s*定/ })
    .click()

/** A photo of a paper, put into the one place for it. */
export async function photo(page: Page, name: string): Promise<void> {
  const buffer = await page.screenshot()
  await page.locator("input[type=file]").last().setInputFiles({ name, mimeType: "image/png", buffer })
  await page.getByText(name, { exact: true }).waitFor()
}

/** As wide as the screen, with no serious fault. */
export async function isFitHere(page: Page, name: string): Promise<void> {
  await standStill(page)
  await shoot(page, name)
  expect({ name, wider: await overflow(page) }).toEqual({ name, wider: 0 })
  expect({ name, faults: await seriousFaults(page) }).toEqual({ name, faults: [] })
}

/** At a desk and on a phone. A dialog of a row does not outlast the change from table to cards. */
export async function isFit(page: Page, name: string): Promise<void> {
  const desk = page.viewportSize()
  await standStill(page)
  await shoot(page, name)
  await page.setViewportSize({ width: 375, height: 900 })
  await isFitHere(page, `${name}-375`)
  if (desk !== null) await page.setViewportSize(desk)
}

export async function signAt(page: Page, address: string): Promise<void> {
  await page.goto(address)
  const signed = page.waitForResponse(/\/sign$/)
  await press(page, /^同\s*意$/)
  expect((await signed).status()).toBe(200)
}
