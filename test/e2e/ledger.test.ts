/** The traces as a story: a manager asks, keeps a question, sees the hours; a receipt and a printed root are checked by anybody. */

import { readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import type { Page } from "playwright-core"
import { toString as drawCode } from "qrcode"
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest"
import { folderOf } from "../../src/ledger/log-name.ts"
import { type Person, shoot, sitDown } from "./browser.ts"
import { type Desks, openDesks } from "./demonstration-desks.ts"
import { overflow, seriousFaults, standStill } from "./page-faults.ts"

let desks: Desks
let manager: Person
/** Somebody with a phone and no log-in. */
let stranger: Person
let receiptLink = ""
let sheetLink = ""

beforeAll(async () => {
  desks = await openDesks(["项目经理"])
  manager = desks.who("项目经理")
  stranger = await sitDown(desks.browser, 375)
})
afterAll(() => desks?.close())
afterEach(async ({ task }) => {
  if (task.result?.state !== "fail") return
  await shoot(manager.page, "failed-manager")
  await shoot(stranger.page, "failed-stranger")
})

/** Neither wider than the screen nor hard to read; leaves a picture of each width. */
async function looksGood({ page }: Person, name: string, widths = [375, 1280]): Promise<void> {
  for (const width of widths) {
    await page.setViewportSize({ width, height: 900 })
    await page.waitForLoadState("networkidle")
    await standStill(page)
    await shoot(page, `${name}-${width}`)
    expect({ name, width, wider: await overflow(page) }).toMatchObject({ wider: 0 })
    expect({ name, width, faults: await seriousFaults(page) }).toMatchObject({ faults: [] })
  }
}

describe("the traces", () => {
  it("are asked for in one box, which offers words and names what it does not know", async () => {
    const { page } = manager
    await page.getByRole("navigation").getByRole("link", { name: "留痕", exact: true }).click()
    const box = page.getByRole("combobox", { name: "按条件查留痕" })
    await box.fill("颜色:红")
    await box.press("Enter")
    await page.getByText("没有“颜色”这个条件。可用的条件：岗位、").waitFor()
    await box.fill("动作:登记")
    await page.locator(".ant-select-dropdown:visible").getByText("登记工单", { exact: true }).click()
    await page.getByRole("button", { name: "查询" }).click()
    await page.getByRole("list", { name: "当前条件" }).getByText("动作：登记工单").waitFor()
    expect(page.url()).toContain("q=act%3Aorder.open")
    await expect.poll(() => page.getByRole("cell", { name: "登记工单" }).count()).toBeGreaterThan(0)
    await looksGood(manager, "40-traces")
  })

  it("are asked for again by a view that was kept", async () => {
    const { page } = manager
    await page.getByRole("button", { name: "保存当前条件" }).click()
    await page.getByLabel("视图名称").fill("登记的工单")
    await page.getByRole("button", { name: "保存", exact: true }).click()
    const view = page.getByRole("button", { name: "登记的工单", exact: true })
    await view.waitFor()
    await page.getByRole("button", { name: "清除条件" }).click()
    await page.getByRole("list", { name: "当前条件" }).waitFor({ state: "detached" })
    await view.click()
    await page.getByRole("list", { name: "当前条件" }).getByText("动作：登记工单").waitFor()
  })

  it("of a home are on one page, which its address does not tell", async () => {
    const { page } = manager
    const box = page.getByRole("combobox", { name: "按条件查留痕" })
    await page.getByRole("button", { name: "清除条件" }).click()
    await box.fill("房号:99栋9单元909")
    await box.press("Enter")
    await page.getByText("没有这一户的留痕，或者它不在您的权限范围内。").waitFor()
    // Not the path: the number of the community is any number.
    expect(decodeURIComponent(new URL(page.url()).search)).not.toContain("909")
    await page.getByRole("navigation").getByRole("link", { name: "业主", exact: true }).click()
    await page.locator(".ant-table-row a, .hd-card a").first().click()
    await page
      .getByRole("button", { name: /的留痕$/ })
      .first()
      .click()
    await page.getByRole("heading", { name: /^一户一览：\d+栋/ }).waitFor()
    await page.getByText("写入花名册").first().waitFor()
    expect(decodeURIComponent(page.url())).toMatch(/q=home:[0-9a-f-]{36}$/)
    await looksGood(manager, "41-home", [375])
  })

  it("are exported with their proofs, for the days that are asked for", async () => {
    const { page } = manager
    const link = page.getByRole("link", { name: "导出（带证明）" })
    const arriving = page.waitForEvent("download")
    await link.click()
    const path = await (await arriving).path()
    const [head = "", first = ""] = (await readFile(path, "utf8")).split("\n")
    expect(Object.keys(JSON.parse(head))).toEqual(
      expect.arrayContaining(["log", "first", "count", "checkpoint"]),
    )
    expect(first).toContain("c2sp.org/tlog-proof@v1")
    await page.getByRole("button", { name: "清除条件" }).click()
    const box = page.getByRole("combobox", { name: "按条件查留痕" })
    await box.fill("不早于:2026-10-01")
    await box.press("Enter")
    await expect.poll(() => link.getAttribute("href")).toContain("after=2026-09-30T16%3A00%3A00.000Z")
  })

  it("are counted by post and hour", async () => {
    const { page } = manager
    await page.getByRole("button", { name: "时段热图" }).click()
    await page.getByRole("rowheader", { name: "项目经理" }).waitFor()
    await looksGood(manager, "42-hours")
  })
})

describe("a receipt", () => {
  it("is checked in the browser of anybody who has it, step by step", async () => {
    const { page } = manager
    await manyTraces(page)
    await page.goBack()
    await page.getByRole("button", { name: "打开这条留痕的回执" }).last().click()
    await page.getByText("回执成立").waitFor()
    receiptLink = page.url()
    expect(receiptLink).toMatch(/\/verify#r=[\w-]{400,}$/)
    await stranger.page.goto(receiptLink)
    await stranger.page.getByText("回执成立").waitFor()
    expect(await stranger.page.getByText("通过", { exact: true }).count()).toBe(4)
    await looksGood(stranger, "43-receipt")
  })

  it("with a flipped byte is refused", async () => {
    const { page } = stranger
    const box = page.getByLabel("粘贴回执文字")
    const receipt = await box.inputValue()
    const at = receipt.indexOf("extra ") + 60
    const other = receipt[at] === "A" ? "B" : "A"
    await box.fill(receipt.slice(0, at) + other + receipt.slice(at + 1))
    await page.getByRole("button", { name: "核对", exact: true }).click()
    await page.getByText("回执不成立").waitFor()
    expect(await page.getByText("回执里的留痕").count()).toBe(0)
    await looksGood(stranger, "44-refused", [375])
  })

  it("stands in a log that anybody computes anew, tile by tile", async () => {
    const { page } = stranger
    await page.goto(receiptLink)
    await page.reload()
    await page.getByText("回执成立").waitFor()
    await page.getByRole("button", { name: "开始核对" }).click()
    await page.getByText(/整本账本共 \d+ 条，条条相符，签名有效。并且包含回执当时的账本。/).waitFor()
    expect(await page.locator(".hd-tile-lit").count()).toBeGreaterThan(1)
    await looksGood(stranger, "45-whole", [375])
  })

  it("stands in a log whose first bad leaf is named", async () => {
    const { page } = stranger
    await flip(join(desks.server.data, "ledger", await folderOfLog(page), "tile/entries/000"), 77)
    await page.getByRole("button", { name: "开始核对" }).click()
    await page.getByText("第一处不对在第 78 条").waitFor()
    expect(await page.locator(".hd-tile-bad").count()).toBe(1)
    await shoot(page, "46-bad-leaf")
    await flip(join(desks.server.data, "ledger", await folderOfLog(page), "tile/entries/000"), 77)
  })
})

describe("the root of the log", () => {
  it("goes on one sheet of A4", async () => {
    const { page } = manager
    await page.goBack()
    await page.getByRole("button", { name: "账本指纹" }).click()
    await page.getByRole("img", { name: "扫码核对账本" }).waitFor()
    await looksGood(manager, "47-sheet")
    await page.emulateMedia({ media: "print" })
    await shoot(page, "47-sheet-print")
    const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true })
    if (process.env["SHOTS"] !== undefined) await writeFile(join(process.env["SHOTS"], "sheet.pdf"), pdf)
    await page.emulateMedia({ media: null })
    const text = pdf.toString("latin1")
    expect(text.match(/\/Type\s*\/Page\b/g)).toHaveLength(1)
    expect(text).toMatch(/\/MediaBox\s*\[0 0 59[45]\S* 84[12]/)
  })

  it("leads a phone to the page that says whether it still fits", async () => {
    const code = manager.page.getByRole("img", { name: "扫码核对账本" })
    sheetLink = (await code.locator("..").getAttribute("href")) ?? ""
    const drawn = await drawCode(sheetLink, { type: "svg", errorCorrectionLevel: "M", margin: 2 })
    expect(await code.getAttribute("src")).toBe(`data:image/svg+xml;base64,${btoa(drawn)}`)
    await manyTraces(manager.page, 3)
    const { page } = stranger
    await page.setViewportSize({ width: 375, height: 900 })
    await page.goto(sheetLink)
    await page.getByText("一致", { exact: true }).waitFor()
    const printed = await manager.page.locator(".hd-fingerprint").innerText()
    expect(await page.locator(".hd-fingerprint").first().innerText()).toBe(printed)
    await looksGood(stranger, "48-consistent", [375])
  })

  it("that was printed by another hand does not fit", async () => {
    const { page } = stranger
    const note = Buffer.from(sheetLink.split("#c=")[1] ?? "", "base64url").toString("utf8")
    const size = Number(note.split("\n")[1])
    const forged = note.replace(`\n${size}\n`, `\n${size - 1}\n`)
    await page.goto(`${sheetLink.split("#")[0] ?? ""}#c=${Buffer.from(forged).toString("base64url")}`)
    await page.getByText("不一致", { exact: true }).waitFor()
    await looksGood(stranger, "49-inconsistent", [375])
  })
})

/** More than one tile of them: each question leaves a trace. */
async function manyTraces(page: Page, rounds = 9): Promise<void> {
  const url = `${desks.server.address}/api/communities/${desks.communityId}/traces?limit=1`
  for (let round = 0; round < rounds; round += 1)
    await Promise.all(Array.from({ length: 30 }, () => page.request.get(url)))
}

/** The folder of the log that is chosen, by what the receipt says of it. */
async function folderOfLog(page: Page): Promise<string> {
  const text = await page.getByLabel("粘贴回执文字").inputValue()
  return folderOf(/^hudun\/.*$/m.exec(text)?.[0] ?? "")
}

/** Flips a bit of an entry; a second time flips it back. */
async function flip(file: string, entry: number): Promise<void> {
  const bytes = await readFile(file)
  const at = 2 + 34 * entry
  bytes[at] = (bytes[at] ?? 0) ^ 1
  await writeFile(file, bytes)
}

it("no page complained", () => {
  expect([...manager.complaints, ...stranger.complaints]).toEqual([])
})
