import { writeFile } from "node:fs/promises"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { newKey } from "../../src/vault/new-key.ts"
import { openTransit } from "../../src/vault/root-transit.ts"
import type { TestDatabase } from "../database.ts"
import { makeCommunity, type TestCommunity, type TestHouse } from "../house.ts"
import { openDatabase, startOver, until } from "../vault/house.ts"
import { startTransit, type TransitServer } from "../vault/transit-server.ts"

let database: TestDatabase
let transit: TransitServer
let test: TestHouse
let community: TestCommunity
let env: Record<string, string>

beforeAll(async () => {
  database = await openDatabase()
  transit = await startTransit(join(database.data, "transit"))
  const tokenFile = join(database.data, "transit", "token")
  await writeFile(tokenFile, `${transit.token}\n`, { mode: 0o600 })
  env = {
    HUDUN_ROOT: `transit:${transit.url}/transit/hudun`,
    HUDUN_ROOT_SECRET_FILE: tokenFile,
    HUDUN_ROOT_CA_FILE: transit.caFile,
  }
  test = await startOver(database, { env })
  community = await makeCommunity(test, 7)
})
afterAll(async () => {
  await test.close()
  await transit.stop()
  await database.stop()
})

function someKey() {
  const name = { ...community, subjectId: "00000000-0000-0000-0000-000000000001", class: "identity" }
  return test.house.keyring.ensureDataKeys([name])
}

describe("a root key in a transit service", () => {
  it("wraps and unwraps, and never leaves the service", async () => {
    expect(await someKey()).toHaveLength(1)
    test.house.keyring.forget()
    expect(await someKey()).toHaveLength(1)
    expect(transit.asked["encrypt"]).toBeGreaterThan(1)
    expect(transit.asked["decrypt"]).toBeGreaterThan(0)
  })

  it.each([
    ["broken", "provider_unreachable"],
    ["forbidden", "provider_refused"],
  ] as const)("%s, the server seals itself and opens again by itself", async (mood, reason) => {
    test.house.keyring.forget()
    transit.mood = mood
    await expect(someKey()).rejects.toThrow("server.sealed")
    expect(test.house.vault.seal.state).toMatchObject({ sealed: true, reason })
    await expect(someKey()).rejects.toThrow("server.sealed")
    transit.mood = "well"
    await until(() => !test.house.vault.seal.state.sealed, 40)
    expect(await someKey()).toHaveLength(1)
  })

  it("gone, a server starts sealed and opens when it is back", async () => {
    await transit.stop()
    const late = await startOver(database, { env })
    expect(late.house.vault.seal.state).toMatchObject({ sealed: true, reason: "provider_unreachable" })
    await transit.start()
    await until(() => !late.house.vault.seal.state.sealed, 40)
    await late.close()
  })
})

describe("the transit client", () => {
  const setting = () => ({
    kind: "transit" as const,
    origin: transit.url,
    mount: "transit",
    key: "hudun",
    tokenFile: undefined,
    caFile: undefined,
  })

  it("gives up on a service that does not answer", async () => {
    transit.mood = "slow"
    const { readFile } = await import("node:fs/promises")
    const access = { token: transit.token, ca: await readFile(transit.caFile, "utf8"), patience: 200 }
    await expect(openTransit(setting(), access)).rejects.toThrow("provider_slow")
    transit.mood = "well"
  })

  it("does not talk to a service whose certificate nobody vouches for", async () => {
    const access = { token: transit.token, ca: undefined }
    await expect(openTransit(setting(), access)).rejects.toThrow("provider_unreachable")
  })

  it("does not unwrap at another place what was wrapped at one, nor a changed ciphertext", async () => {
    const { readFile } = await import("node:fs/promises")
    const root = await openTransit(setting(), {
      token: transit.token,
      ca: await readFile(transit.caFile, "utf8"),
    })
    const place = { tenant: "7", purpose: "kek" as const, of: ["1"] }
    const wrapped = await root.wrap(place, newKey(32))
    await expect(root.unwrap({ place: { ...place, tenant: "8" }, bytes: 32 }, wrapped)).rejects.toThrow(
      "unopenable",
    )
    await expect(root.unwrap({ place, bytes: 16 }, wrapped)).rejects.toThrow("unopenable")
    expect((await root.unwrap({ place, bytes: 32 }, wrapped)).symmetricKeySize).toBe(32)
  })
})
