/** The real server as a process of its own, to be killed and started again on the same data folder. */

import { type ChildProcess, spawn } from "node:child_process"
import { randomUUID } from "node:crypto"
import { readFile } from "node:fs/promises"
import { createServer } from "node:net"
import { join, resolve } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import pg from "pg"
import type { Post } from "../../src/duty/people/post.ts"
import { hashOf } from "../../src/duty/people/session.ts"

const program = resolve(import.meta.dirname, "../..")
const patience = 120_000

export interface Ended {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
}

export interface Server {
  readonly process: ChildProcess
  /** Everything it said on both outputs. */
  readonly said: () => string
  readonly ended: Promise<Ended>
}

export interface Place {
  readonly data: string
  readonly port: number
  readonly env?: Readonly<Record<string, string>>
}

/** Starts it and does not wait. */
export function launch({ data, port, env = {} }: Place): Server {
  const child = spawn(process.execPath, ["src/main.ts"], {
    cwd: program,
    env: { ...process.env, PORT: String(port), HUDUN_DATA: data, ...quickStart(data), ...env },
    stdio: ["ignore", "pipe", "pipe"],
  })
  let said = ""
  const hear = (text: Buffer) => (said += text.toString("utf8"))
  child.stdout?.on("data", hear)
  child.stderr?.on("data", hear)
  const ended = new Promise<Ended>((done) => child.once("exit", (code, signal) => done({ code, signal })))
  return { process: child, said: () => said, ended }
}

/** It starts some fifty times: what Node compiled once it need not compile again. */
function quickStart(data: string): Record<string, string> {
  return { NODE_COMPILE_CACHE: process.env["NODE_COMPILE_CACHE"] ?? join(data, "compiled") }
}

/** Starts it and waits until it is ready to serve. Throws what it said when it ends instead. */
export async function start(place: Place): Promise<Server> {
  const server = launch(place)
  const state = { ended: false }
  void server.ended.then(() => (state.ended = true))
  const deadline = Date.now() + patience
  while (!(await isReady(place.port))) {
    if (state.ended || Date.now() > deadline) throw new Error(`it did not start: ${server.said()}`)
    await sleep(25)
  }
  return server
}

export async function isReady(port: number): Promise<boolean> {
  try {
    const reply = await fetch(`http://127.0.0.1:${port}/readyz`, { signal: AbortSignal.timeout(5_000) })
    await reply.arrayBuffer()
    return reply.status === 200
  } catch {
    return false
  }
}

export async function untilReady(port: number, milliseconds = 60_000): Promise<void> {
  const deadline = Date.now() + milliseconds
  while (!(await isReady(port))) {
    if (Date.now() > deadline) throw new Error("the server does not become ready")
    await sleep(50)
  }
}

export async function stop({ process: child, ended }: Server): Promise<Ended> {
  child.kill("SIGTERM")
  return ended
}

export async function kill({ process: child, ended }: Server): Promise<void> {
  child.kill("SIGKILL")
  await ended
}

/** Process number and socket folder of the embedded PostgreSQL, from the note it keeps in its folder. */
async function postgresOf(data: string): Promise<{ pid: number; host: string }> {
  const note = await readFile(join(data, "postgres", "cluster", "postmaster.pid"), "utf8")
  const lines = note.split("\n")
  return { pid: Number(lines[0]), host: lines[4] ?? "" }
}

/** Kills PostgreSQL; false when none runs at this moment. */
export async function killPostgres(data: string): Promise<boolean> {
  try {
    const { pid } = await postgresOf(data)
    process.kill(pid, "SIGKILL")
    return true
  } catch {
    return false
  }
}

/** Ends PostgreSQL for good after a server was killed, and waits until it is gone. */
export async function endPostgres(data: string): Promise<void> {
  const found = await postgresOf(data).catch(() => undefined)
  if (found === undefined) return
  try {
    process.kill(found.pid, "SIGQUIT")
    for (let tries = 0; tries < 200; tries += 1) {
      process.kill(found.pid, 0)
      await sleep(50)
    }
  } catch {
    // Gone.
  }
}

/** Past the server, as the superuser. */
export async function sql<Row extends pg.QueryResultRow>(
  data: string,
  text: string,
  values: unknown[] = [],
): Promise<Row[]> {
  const { host } = await postgresOf(data)
  const client = new pg.Client({ host, port: 5432, user: "postgres", database: "hudun" })
  client.on("error", () => undefined)
  await client.connect()
  try {
    return (await client.query<Row>(text, values)).rows
  } finally {
    await client.end()
  }
}

export interface Company {
  readonly tenantId: string
  readonly communityId: string
}

/** The first run with the code that the server printed. */
export async function setUp({ port, data }: Place, server: Server): Promise<Company> {
  const code = /\/setup#code=(\S+)/.exec(server.said())?.[1] ?? ""
  const officer = { name: "钱负责", login: "officer", password: "sing-a-quiet-song" }
  const reply = await fetch(`http://127.0.0.1:${port}/api/setup`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ code, company: "测试物业公司", community: "测试花园", officer }),
  })
  const { communityId = "" }: { communityId?: string } = await reply.json()
  const [row] = await sql<{ tenant_id: string }>(
    data,
    "select tenant_id from app.community where community_id = $1",
    [communityId],
  )
  return { communityId, tenantId: row?.tenant_id ?? "" }
}

export interface Person {
  readonly staffId: string
  readonly cookie: string
}

/** Somebody with a post over the whole community and a session, past the ceremony of signing in. */
export async function appoint(data: string, company: Company, post: Post): Promise<Person> {
  const staffId = randomUUID()
  const cookie = `${randomUUID()}${randomUUID()}`
  await sql(data, "insert into app.staff values ($1, $2, $3, false, now())", [
    staffId,
    company.tenantId,
    `测${post.slice(0, 8)}`,
  ])
  await sql(
    data,
    `insert into app.appointment (appointment_id, staff_id, post, tenant_id, community_id, valid_from)
     values ($1, $2, $3, $4, $5, now() - interval '1 day')`,
    [randomUUID(), staffId, post, company.tenantId, company.communityId],
  )
  await sql(data, "insert into app.login values ($1, $2)", [`t${staffId.slice(0, 12)}`, staffId])
  await sql(
    data,
    "insert into app.credential (staff_id, password_hash, must_change, second_factor, changed_at) values ($1, 'none', false, '\\x00', now())",
    [staffId],
  )
  await sql(data, "insert into app.session values ($1, $2, now(), now() + interval '1 day')", [
    hashOf(cookie),
    staffId,
  ])
  return { staffId, cookie }
}

export interface Reply {
  /** 0: the connection broke, and nobody knows what became of the request. */
  readonly status: number
  readonly body: Record<string, unknown>
  readonly text: string
}

export interface Asking {
  readonly port: number
  readonly as: Person
}

export async function ask(
  { port, as }: Asking,
  line: `${"GET" | "POST"} ${string}`,
  body?: object | FormData,
): Promise<Reply> {
  const [method = "GET", path = "/"] = line.split(" ")
  const isForm = body instanceof FormData
  try {
    const reply = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      headers: {
        cookie: `hudun_session=${as.cookie}`,
        ...(body && !isForm ? { "content-type": "application/json" } : {}),
      },
      ...(body ? { body: isForm ? body : JSON.stringify(body) } : {}),
      signal: AbortSignal.timeout(60_000),
    })
    const text = await reply.text()
    return { status: reply.status, text, body: objectOf(text) }
  } catch {
    return { status: 0, text: "", body: {} }
  }
}

function objectOf(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === "object" && value !== null ? { ...value } : {}
  } catch {
    return {}
  }
}

/** Takes a roster in as the console does. Returns the import's id. */
export async function importRoster(asking: Asking, communityId: string, bytes: Buffer): Promise<string> {
  const form = new FormData()
  form.append("file", new Blob([new Uint8Array(bytes)]), "roster.xlsx")
  const path = `/api/communities/${communityId}/imports`
  const uploaded = await ask(asking, `POST ${path}`, form)
  if (uploaded.status !== 200) throw new Error(`not uploaded: ${uploaded.text}`)
  const { importId, sheetIndex, sheets } = JSON.parse(uploaded.text)
  const fates = sheets[sheetIndex].columns.map((column: { fate: object }) => column.fate)
  await ask(asking, `POST ${path}/${importId}/check`, { sheetIndex, fates })
  await untilState(asking, `${path}/${importId}`, "checked")
  await ask(asking, `POST ${path}/${importId}/commit`, {})
  await untilState(asking, `${path}/${importId}`, "done")
  return String(importId)
}

async function untilState(asking: Asking, path: string, state: string): Promise<void> {
  for (let tries = 0; tries < 600; tries += 1) {
    const { body } = await ask(asking, `GET ${path}`)
    if (body["state"] === state) return
    if (body["state"] === "failed") throw new Error(`failed: ${String(body["failure"])}`)
    await sleep(100)
  }
  throw new Error(`not ${state}`)
}

export function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const probe = createServer()
    probe.once("error", fail)
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address()
      const port = typeof address === "object" && address ? address.port : 0
      probe.close(() => done(port))
    })
  })
}
