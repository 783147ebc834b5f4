/** A keyring's database or a root provider that is away, late or refuses when the server starts: it starts sealed, and opens by itself. */

import { randomUUID } from "node:crypto"
import { writeFile } from "node:fs/promises"
import { connect, createServer, type Server, type Socket } from "node:net"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import type { TestDatabase } from "../database.ts"
import { fillRoster, makeCommunity, send, syntheticRoster, type TestHouse } from "../house.ts"
import { openDatabase, startOver, until } from "../vault/house.ts"
import { startTransit } from "../vault/transit-server.ts"

let database: TestDatabase
let gate: Gate

/** Stands before the keyring's server: lets through, or takes connections and never answers, or is not there. */
interface Gate {
  readonly port: number
  mood: "through" | "hanging"
  /** Holds back what goes through, as a machine that has stopped does, or lets go again. */
  hold(isHeld: boolean): void
  open(): Promise<void>
  shut(): Promise<void>
}

async function gateTo(socketPath: string): Promise<Gate> {
  const sockets = new Set<Socket>()
  let server: Server | undefined
  let port = 0
  const made: Gate = {
    get port() {
      return port
    },
    mood: "through",
    hold(isHeld) {
      made.mood = isHeld ? "hanging" : "through"
      for (const socket of sockets) {
        if (isHeld) socket.pause()
        else socket.resume()
      }
    },
    async open() {
      server = createServer((socket) => {
        sockets.add(socket.on("error", () => undefined))
        if (made.mood === "hanging") return
        const behind = connect(socketPath).on("error", () => undefined)
        sockets.add(behind)
        socket.pipe(behind).pipe(socket)
      })
      await new Promise<void>((resolve) => server?.listen(port, "127.0.0.1", resolve))
      const address = server.address()
      port = typeof address === "object" && address !== null ? address.port : 0
    },
    async shut() {
      for (const socket of sockets) socket.destroy()
      sockets.clear()
      await new Promise((resolve) => (server ? server.close(resolve) : resolve(undefined)))
    },
  }
  await made.open()
  return made
}

beforeAll(async () => {
  database = await openDatabase()
  const { host = "", port = 0 } = database.as("hudun_app")
  gate = await gateTo(join(host, `.s.PGSQL.${port}`))
  await sql("create database apart owner hudun_owner")
  await withHouse(async (house) => {
    const community = await makeCommunity(house, 7)
    await fillRoster(house, community, syntheticRoster(20, 2))
  })
}, 120_000)
afterAll(async () => {
  await gate.shut()
  await database.stop()
})

async function sql(text: string): Promise<object[]> {
  const admin = await database.superuser()
  try {
    return (await admin.query<object>(text)).rows
  } finally {
    await admin.end()
  }
}

function keyringAt(name: string): Record<string, string> {
  return { KEYRING_URL: `postgresql://postgres@127.0.0.1:${gate.port}/${name}` }
}

async function withHouse(work: (house: TestHouse) => Promise<void>, env = keyringAt("apart")) {
  const house = await startOver(database, { env })
  try {
    await work(house)
  } finally {
    await house.close()
  }
}

async function expectSealed(house: TestHouse, reason: string): Promise<void> {
  expect(await send(house, "GET /livez")).toMatchObject({ status: 200 })
  expect(await send(house, "GET /readyz")).toMatchObject({ status: 503, body: { status: "sealed", reason } })
  expect((await send(house, "GET /api/seal")).body).toMatchObject({ sealed: true, reason })
  const wrong = { login: "nobody-here", password: "wrong-password" }
  expect((await send(house, "POST /api/session", { body: wrong })).body["code"]).toBe("sign_in.wrong")
  const refused = await send(house, "GET /api/communities/70/owners")
  expect(refused).toMatchObject({ status: 503, body: { code: "server.sealed" } })
}

async function expectOpening(house: TestHouse): Promise<void> {
  await until(() => !house.house.vault.seal.state.sealed, 15)
  expect(await send(house, "GET /readyz")).toMatchObject({ status: 200, body: { status: "ready" } })
}

describe("a keyring's database, when the server starts,", () => {
  it("that is not there leaves it sealed, and open once it is", async () => {
    await gate.shut()
    await withHouse(async (house) => {
      await expectSealed(house, "keyring_unreachable")
      await gate.open()
      await expectOpening(house)
    })
  })

  it("that takes the connection and never answers leaves it sealed within seconds, and open once it answers", async () => {
    await gate.shut()
    gate.mood = "hanging"
    await gate.open()
    const begin = performance.now()
    await withHouse(async (house) => {
      expect(performance.now() - begin).toBeLessThan(12_000)
      await expectSealed(house, "keyring_unreachable")
      gate.mood = "through"
      await expectOpening(house)
    })
  })

  it("that is another one's, or no longer there, is told apart from one that is away", async () => {
    await withHouse(async (house) => {
      await expectSealed(house, "keyring_refused")
      await sql("create database later owner hudun_owner")
      // An empty one, under data that has companies: it is not filled with new keys.
      await until(() => reasonOf(house) === "keyring_empty", 15)
    }, keyringAt("later"))
  })

  it("that goes away and comes back while it is sealed by hand keeps the order", async () => {
    await withHouse(async (house) => {
      await house.house.vault.seal.close()
      await gate.shut()
      await until(() => reasonOf(house) === "keyring_unreachable", 15)
      await gate.open()
      await until(() => reasonOf(house) === "by_hand", 15)
      expect((await house.house.vault.seal.open()).sealed).toBe(false)
    })
  })
})

describe("a keyring's database that stops answering while the server is open", () => {
  it("closes it within seconds, so that nobody waits in vain, and opens it once it answers", async () => {
    await withHouse(async (house) => {
      await expectOpening(house)
      gate.hold(true)
      try {
        await until(() => reasonOf(house) === "keyring_unreachable", 20)
        await expectSealed(house, "keyring_unreachable")
      } finally {
        gate.hold(false)
      }
      await until(() => !house.house.vault.seal.state.sealed, 45)
    })
  }, 120_000)

  it("that is gone leaves it open, and who needs a key is told at once", async () => {
    await withHouse(async (house) => {
      await expectOpening(house)
      await gate.shut()
      await new Promise((resolve) => setTimeout(resolve, 3_000))
      expect(reasonOf(house)).toBe("open")
      const name = { tenantId: "7", communityId: "70", subjectId: randomUUID(), class: "identity" }
      await expect(house.house.keyring.dataKey(name)).rejects.toThrow()
      await gate.open()
      expect(await house.house.keyring.dataKey(name)).toBeUndefined()
    })
  })
})

describe("a root provider, when the server starts,", () => {
  it("that never answers or is not there leaves it sealed, and open once it answers", async () => {
    const other = await openDatabase()
    const transit = await startTransit(join(other.data, "transit"))
    await writeFile(join(other.data, "token"), transit.token, { mode: 0o600 })
    const env = {
      HUDUN_ROOT: `transit:${transit.url}/transit/hudun`,
      HUDUN_ROOT_SECRET_FILE: join(other.data, "token"),
      HUDUN_ROOT_CA_FILE: transit.caFile,
    }
    await (await startOver(other, { env })).close()
    transit.mood = "slow"
    const late = await startOver(other, { env })
    await expectSealed(late, "provider_slow")
    transit.mood = "well"
    await expectOpening(late)
    await late.close()
    await transit.stop()
    const away = await startOver(other, { env })
    await expectSealed(away, "provider_unreachable")
    await transit.start()
    await away.close()
    await transit.stop()
    await other.stop()
  }, 120_000)
})

function reasonOf({ house }: TestHouse): string {
  const { state } = house.vault.seal
  return state.sealed ? state.reason : "open"
}
