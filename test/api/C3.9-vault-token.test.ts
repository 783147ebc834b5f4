import { execFileSync, spawnSync } from "node:child_process"
import { existsSync } from "node:fs"
import { mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { openRootToken } from "../../src/vault/root-token.ts"
import type { TestDatabase } from "../database.ts"
import { makeCommunity } from "../house.ts"
import { openDatabase, startOver } from "../vault/house.ts"

/** Debian's softhsm2 and opensc; elsewhere the name of the test says that it was left out. */
const library = ["/usr/lib/softhsm/libsofthsm2.so", "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so"].find(
  existsSync,
)
const isHere = library !== undefined && spawnSync("pkcs11-tool", ["--help"]).error === undefined

describe.skipIf(!isHere)("a root key behind a PKCS#11 token (needs the packages softhsm2 and opensc)", () => {
  let folder: string
  let database: TestDatabase
  let env: Record<string, string>

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "hudun-softhsm-"))
    await mkdir(join(folder, "tokens"))
    await writeFile(join(folder, "softhsm2.conf"), `directories.tokendir = ${folder}/tokens\n`)
    process.env["SOFTHSM2_CONF"] = join(folder, "softhsm2.conf")
    const pin = ["--so-pin", "87654321", "--pin", "12345678"]
    execFileSync("softhsm2-util", ["--init-token", "--free", "--label", "hudun", ...pin], { stdio: "ignore" })
    const pair = [
      "--keypairgen",
      "--key-type",
      "rsa:3072",
      "--label",
      "root",
      "--id",
      "01",
      "--usage-decrypt",
    ]
    const login = ["--module", library ?? "", "--token-label", "hudun", "--login", "--pin", "12345678"]
    execFileSync("pkcs11-tool", [...login, ...pair], { stdio: "ignore" })
    await writeFile(join(folder, "pin"), "12345678\n", { mode: 0o600 })
    database = await openDatabase()
    env = {
      HUDUN_ROOT: `pkcs11:token=hudun;object=root?module-path=${library}`,
      HUDUN_ROOT_SECRET_FILE: join(folder, "pin"),
    }
  }, 120_000)
  afterAll(async () => {
    await database.stop()
    await rm(folder, { recursive: true, force: true })
  })

  it("opens what it sealed at the next start, and nothing without the token", async () => {
    const first = await startOver(database, { env })
    expect(first.house.vault.seal.state.sealed).toBe(false)
    const community = await makeCommunity(first, 7)
    const name = { ...community, subjectId: "00000000-0000-0000-0000-000000000001", class: "identity" }
    await first.house.keyring.ensureDataKeys([name])
    await first.close()
    const next = await startOver(database, { env })
    expect(await next.house.keyring.dataKey(name)).toBeDefined()
    await next.close()
    await rename(join(folder, "tokens"), join(folder, "taken"))
    await mkdir(join(folder, "tokens"))
    const without = await startOver(database, { env })
    expect(without.house.vault.seal.state).toMatchObject({ sealed: true, reason: "provider_refused" })
    await without.close()
    await rm(join(folder, "tokens"), { recursive: true })
    await rename(join(folder, "taken"), join(folder, "tokens"))
  })

  it("does not open with a wrong PIN", async () => {
    const setting = {
      kind: "pkcs11" as const,
      module: library ?? "",
      token: "hudun",
      object: "root",
      pinFile: undefined,
      path: join(database.data, "keys", "root.token"),
    }
    await expect(openRootToken(setting, { pin: "00000000", mayMake: false })).rejects.toThrow(
      "provider_refused",
    )
    const gone = { ...setting, path: join(database.data, "keys", "gone.token") }
    await expect(openRootToken(gone, { pin: "12345678", mayMake: false })).rejects.toThrow("root_missing")
  })
})
