/** People of the demonstration, each at a screen of their own, signed in. */

import type { Browser, Page } from "playwright-core"
import { expect } from "vitest"
import { type Credentials, type Person, shoot, signIn, sitDown } from "./browser.ts"
import { overflow, readLogins, seriousFaults, standStill } from "./page-faults.ts"
import type { Server } from "./server.ts"

const nobody: Credentials = { login: "", password: "" }

export interface Desks {
  readonly people: ReadonlyMap<string, Person>
  at(post: string): Page
}

/** Opens the demonstration and sits these posts down. */
export async function openDesks(
  { server, browser }: { server: Server; browser: Browser },
  posts: readonly string[],
): Promise<Desks> {
  const { page } = await sitDown(browser)
  await page.goto(server.setup)
  await page.getByRole("button", { name: "打开演示小区" }).click()
  await page.getByRole("button", { name: "以客服进入" }).waitFor({ timeout: 90_000 })
  const logins = await readLogins(page)
  await page.context().close()
  const seated = posts.map(async (post) => {
    const person = await sitDown(browser)
    await signIn(person.page, server.address, logins.get(post) ?? nobody)
    await person.page.waitForURL(/\/c\//)
    return [post, person] as const
  })
  const people = new Map(await Promise.all(seated))
  return {
    people,
    at(post) {
      const person = people.get(post)
      if (person === undefined) throw new Error(`${post} does not sit anywhere`)
      return person.page
    },
  }
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
