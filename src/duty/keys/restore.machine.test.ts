import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, expect, it } from "vitest"
import type { Manifest } from "./backup-manifest.ts"
import { restoreLedgerKey } from "./restore.ts"

const manifest: Manifest = {
  format: "hudun-backup-1",
  kind: "keyring",
  at: "2026-11-24T00:00:00.000Z",
  migrations: [],
  transaction: "1",
  ledger: [],
  tables: [],
  files: [{ name: "ledger.key", bytes: 6, sha256: "" }],
}
let place: string
let backup: string
let keys: string

beforeEach(async () => {
  place = await mkdtemp(join(tmpdir(), "hudun-restore-"))
  backup = join(place, "backup")
  keys = join(place, "data", "keys")
  await mkdir(backup)
  await writeFile(join(backup, "ledger.key"), "sealed")
  await chmod(join(backup, "ledger.key"), 0o644)
})
afterEach(() => rm(place, { recursive: true }))

const bringBack = (of: Manifest) => restoreLedgerKey(backup, join(place, "data"), of)
const modeOf = async (name: string) => (await stat(join(keys, name))).mode & 0o777

it("brings the log's key back for its owner's eyes only, though everybody may read the backup", async () => {
  await bringBack(manifest)
  expect(await readFile(join(keys, "ledger.key"), "utf8")).toBe("sealed")
  expect(await modeOf("ledger.key")).toBe(0o600)
  expect(await readdir(keys)).toEqual(["ledger.key"])
})

it("does so over a draft that was left behind for everybody to read", async () => {
  await mkdir(keys, { recursive: true })
  await writeFile(join(keys, "ledger.key.new"), "sea")
  await chmod(join(keys, "ledger.key.new"), 0o644)
  await bringBack(manifest)
  expect(await modeOf("ledger.key")).toBe(0o600)
  expect(await readFile(join(keys, "ledger.key"), "utf8")).toBe("sealed")
})

it("leaves a key that lies there, and brings none back that the backup does not name", async () => {
  await bringBack({ ...manifest, files: [] })
  await expect(stat(keys)).rejects.toThrow("ENOENT")
  await mkdir(keys, { recursive: true })
  await writeFile(join(keys, "ledger.key"), "ours")
  await bringBack(manifest)
  expect(await readFile(join(keys, "ledger.key"), "utf8")).toBe("ours")
})
