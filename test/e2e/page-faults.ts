/** What makes a page bad whoever looks at it, and how the log-ins of the demonstration are read. */

import { readFile } from "node:fs/promises"
import { createRequire } from "node:module"
import type { Page } from "playwright-core"
import type { Credentials } from "./browser.ts"

/** Reads the list of log-ins as a person would copy it, by the word of the post. */
export async function readLogins(page: Page): Promise<ReadonlyMap<string, Credentials>> {
  const logins = new Map<string, Credentials>()
  for (const row of await page.getByRole("listitem").all()) {
    const enter = row.getByRole("button", { name: /^以.+进入$/ })
    if ((await enter.count()) === 0) continue
    const post = ((await enter.getAttribute("aria-label")) ?? "").replace(/^以|进入$/g, "")
    const [login = "", password = ""] = await row.locator("code").allInnerTexts()
    logins.set(post, { login, password })
  }
  return logins
}

/** Waits until nothing moves or fades: a colour half-way through is not the colour the page has. */
export async function standStill(page: Page): Promise<void> {
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
export function overflow(page: Page): Promise<number> {
  return page.evaluate(() => Math.max(0, document.documentElement.scrollWidth - window.innerWidth))
}

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8")

/** Serious and critical findings of axe-core, by rule. */
export async function seriousFaults(page: Page): Promise<string[]> {
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axe)
  const found: unknown = await page.evaluate(
    "axe.run(document, { resultTypes: ['violations'] }).then((r) => r.violations.filter((v) => v.impact === 'serious' || v.impact === 'critical').map((v) => v.id + ' ' + v.nodes[0].html.slice(0, 120)))",
  )
  return Array.isArray(found) ? found.map(String) : ["axe did not answer"]
}
