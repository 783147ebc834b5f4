import { spawn } from "node:child_process"
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { afterEach, beforeEach, expect, test } from "vitest"
import { lockData } from "./data-lock.ts"
import { StartFailure } from "./start-failure.ts"

let folder = ""
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "hudun-lock-"))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** Another process that takes the lock, says so, and lives on. */
async function holder(): Promise<{ pid: number; kill(): Promise<void> }> {
  const program = `
    import { lockData } from ${JSON.stringify(join(import.meta.dirname, "data-lock.ts"))}
    try { lockData(${JSON.stringify(folder)}); console.log("held") } catch { console.log("refused") }
    setInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ["--input-type=module-typescript", "-e", program], {
    stdio: ["ignore", "pipe", "inherit"],
  })
  const said = await new Promise<string>((done) =>
    child.stdout.once("data", (data) => done(String(data).trim())),
  )
  return Object.assign(
    { pid: child.pid ?? 0, said },
    {
      async kill() {
        child.kill("SIGKILL")
        while (child.exitCode === null && child.signalCode === null) await sleep(10)
      },
    },
  )
}

test("a second process is refused and told the number of the first", async () => {
  const first = await holder()
  expect(() => lockData(folder)).toThrow(StartFailure)
  expect(() => lockData(folder)).toThrow(String(first.pid))
  await first.kill()
})

test("the lock of a killed process is taken over, and leaves no drafts", async () => {
  const first = await holder()
  await first.kill()
  const lock = lockData(folder)
  expect(readdirSync(folder)).toEqual(["hudun.lock"])
  lock.release()
  expect(existsSync(join(folder, "hudun.lock"))).toBe(false)
})

test("a reused process number does not hold the lock", () => {
  writeFileSync(join(folder, "hudun.lock"), JSON.stringify({ pid: 1, started: "another boot 1" }))
  lockData(folder).release()
})

test("a torn lock file holds nothing", () => {
  writeFileSync(join(folder, "hudun.lock"), "")
  lockData(folder).release()
})

test("a lock held by ourselves is not given twice", () => {
  const lock = lockData(folder)
  expect(() => lockData(folder)).toThrow(String(process.pid))
  lock.release()
})
