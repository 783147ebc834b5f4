import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { Client } from "pg"
import { afterEach, beforeEach, expect, test } from "vitest"
import { type LocalPostgres, startLocalPostgres } from "./local-postgres.ts"
import { isRunning } from "./process-identity.ts"
import { StartFailure } from "./start-failure.ts"

const small = { shared_buffers: "16MB" }
let folder = ""
const started: LocalPostgres[] = []

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "hudun-test-"))
  // Open to pass, so that the server's account can: a closed folder is a case of its own.
  chmodSync(folder, 0o711)
})
afterEach(async () => {
  for (const server of started.splice(0)) await server.stop()
  rmSync(folder, { recursive: true, force: true })
})

async function start(directory = join(folder, "postgres")): Promise<LocalPostgres> {
  const server = await startLocalPostgres({ directory, settings: small })
  started.push(server)
  return server
}

async function ask(server: LocalPostgres, sql: string): Promise<unknown> {
  const client = new Client({ host: server.host, port: server.port, user: "postgres", database: "postgres" })
  client.on("error", () => {})
  await client.connect()
  try {
    const { rows } = await client.query({ text: sql, rowMode: "array" })
    return rows[0]?.[0]
  } finally {
    await client.end()
  }
}

test("it is created, joined while it runs, stopped, and started again with its rows", async () => {
  const first = await start()
  expect(first.how).toBe("created")
  await ask(first, "create table rows (n int)")
  await ask(first, "insert into rows values (1)")
  const second = await start()
  expect(second).toMatchObject({ how: "attached", pid: first.pid, host: first.host })
  await second.stop()
  expect(isRunning(first.pid)).toBe(false)
  const third = await start()
  expect(third.how).toBe("started")
  expect(await ask(third, "select count(*)::int from rows")).toBe(1)
}, 60_000)

test("nothing listens on the network, and only the server's account passes the folder of the socket", async () => {
  const server = await start()
  expect(await ask(server, "show listen_addresses")).toBe("")
  const account = statSync(join(folder, "postgres", "cluster"))
  expect(statSync(server.host)).toMatchObject({ uid: account.uid, mode: 0o40700 })
  expect(account.mode).toBe(0o40700)
}, 60_000)

test("five kills lose no row that was acknowledged", async () => {
  await ask(await start(), "create table rows (n int)")
  for (let round = 1; round <= 5; round++) {
    const server = await start()
    await ask(server, `insert into rows values (${round})`)
    process.kill(server.pid, "SIGKILL")
    const next = await start()
    expect(await ask(next, "select count(*)::int from rows")).toBe(round)
  }
}, 120_000)

test("a server that ends by itself is reported, one we stop is not", async () => {
  const ends: string[] = []
  const directory = join(folder, "postgres")
  const first = await startLocalPostgres({ directory, settings: small, onExit: () => ends.push("first") })
  process.kill(first.pid, "SIGKILL")
  while (ends.length === 0) await sleep(50)
  const second = await startLocalPostgres({ directory, settings: small, onExit: () => ends.push("second") })
  await second.stop()
  await sleep(700)
  expect(ends).toEqual(["first"])
}, 60_000)

test("a path longer than a socket's name may be works", async () => {
  const server = await start(join(folder, "a".repeat(120), "postgres"))
  expect(Buffer.byteLength(server.host)).toBeLessThan(85)
  expect(await ask(server, "select 1")).toBe(1)
}, 60_000)

test("a path with blanks, quotes and Chinese characters works", async () => {
  const directory = join(folder, "业主 'a' \"b\", c", "postgres")
  mkdirSync(directory, { recursive: true, mode: 0o755 })
  const server = await start(directory)
  expect(server.host).toBe(join(directory, "run"))
  expect(await ask(server, "select 1")).toBe(1)
}, 60_000)

test("a folder closed to the server's account works", async () => {
  const closed = join(folder, "closed")
  mkdirSync(closed)
  chmodSync(closed, 0o700)
  const server = await start(join(closed, "postgres"))
  process.kill(server.pid, "SIGHUP")
  expect(await ask(server, "select 1")).toBe(1)
  process.kill(server.pid, "SIGKILL")
  expect(await ask(await start(join(closed, "postgres")), "select 1")).toBe(1)
}, 60_000)

test("a half-made cluster is thrown away", async () => {
  const left = join(folder, "postgres", "cluster.making-killed")
  mkdirSync(left, { recursive: true })
  writeFileSync(join(left, "PG_VERSION"), "18\n")
  const server = await start()
  expect(server.how).toBe("created")
  expect(readdirSync(join(folder, "postgres")).filter((name) => name.startsWith("cluster."))).toEqual([])
}, 60_000)

test("data of another major version is refused and left as it was", async () => {
  const server = await start()
  await server.stop()
  const version = join(folder, "postgres", "cluster", "PG_VERSION")
  writeFileSync(version, "17\n")
  await expect(start()).rejects.toThrow(StartFailure)
  await expect(start()).rejects.toThrow("PostgreSQL 17")
  expect(readFileSync(version, "utf8")).toBe("17\n")
}, 60_000)

test("a stale note with the number of another program does not keep the server from starting", async () => {
  const server = await start()
  const note = join(folder, "postgres", "cluster", "postmaster.pid")
  const text = readFileSync(note, "utf8")
  await server.stop()
  expect(existsSync(note)).toBe(false)
  writeFileSync(note, text.replace(/^\d+/, String(process.ppid)))
  expect((await start()).how).toBe("started")
}, 60_000)

test("what is written does not reach the log, not even when the database refuses it", async () => {
  const server = await start()
  await expect(ask(server, "select '13900001234x'::bigint")).rejects.toThrow()
  await ask(server, "create table once (phone text primary key)")
  await ask(server, "insert into once values ('13900005678')")
  await expect(ask(server, "insert into once values ('13900005678')")).rejects.toThrow()
  const log = readFileSync(join(folder, "postgres", "server.log"), "utf8")
  expect(log).toContain("ready to accept connections")
  expect(log).not.toMatch(/1390000|insert into/)
}, 60_000)
