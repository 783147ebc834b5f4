/** Clause 7.2: an export of traces holds under the installation's key, offline, and nothing of it can be changed or left out unseen. */

import { spawn, spawnSync } from "node:child_process"
import { readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { checkExport, exportedLog } from "../../src/ledger/trace-export.ts"
import { localHeader, readLocalToken } from "../../src/vault/local-token.ts"
import { program } from "../database.ts"
import {
  appoint,
  makeCommunity,
  send,
  startHouse,
  type TestCommunity,
  type TestHouse,
  type TestStaff,
} from "../house.ts"
import { addTraces, policyOf } from "../ledger.ts"

let house: TestHouse
let community: TestCommunity
let other: TestCommunity
let auditor: TestStaff
let middle = ""
let exported: string[] = []

const at = (rest: string) => `/api/communities/${community.communityId}/traces/export${rest}`
const inData = (name: string) => join(house.database.data, name)

beforeAll(async () => {
  house = await startHouse()
  community = await makeCommunity(house, 4)
  other = await makeCommunity(house, 5)
  auditor = await appoint(house, { community, post: "auditor" })
  const admin = await house.database.superuser()
  await addTraces(admin, community.communityId, 700)
  await addTraces(admin, other.communityId, 20)
  await untilSize(community, 700)
  await untilSize(other, 20)
  middle = new Date().toISOString()
  await sleep(20)
  await addTraces(admin, community.communityId, 30)
  await untilSize(community, 730)
  await admin.end()
})
afterAll(() => house.close())

async function untilSize({ communityId }: TestCommunity, size: number): Promise<void> {
  while ((house.house.ledger.publisher.logs?.writers.get(communityId)?.size ?? 0) < size) await sleep(50)
}

async function linesOf(query: string): Promise<string[]> {
  const { status, text } = await send(house, `GET ${at(query)}`, { as: auditor })
  expect(status).toBe(200)
  return text.split("\n").slice(0, -1)
}

async function check(
  lines: readonly string[],
  ...more: string[]
): Promise<{ code: number | null; out: string }> {
  await writeFile(inData("export.ndjson"), `${lines.join("\n")}\n`)
  const keys = join(house.database.data, "ledger", "verifier-keys")
  return hudun("ledger", "check-export", inData("export.ndjson"), "--key", keys, ...more)
}

function hudun(...args: string[]): { code: number | null; out: string } {
  const run = spawnSync(process.execPath, [join(program, "src/cli/hudun.ts"), ...args], { encoding: "utf8" })
  return { code: run.status, out: `${run.stdout}${run.stderr}` }
}

const countIn = (lines: readonly string[]) => lines.length - 1

describe("an export", () => {
  test("holds every trace of the log in order, and is good offline", async () => {
    exported = await linesOf("")
    expect(countIn(exported)).toBeGreaterThanOrEqual(730)
    const { code, out } = await check(exported, "--log", community.communityId)
    expect([code, out]).toEqual([0, expect.stringMatching(/^good {2}leaves 0 to (\d+) of \d+ in hudun\//)])
    const printed = await check(exported, "--print")
    expect(printed.out.split("\n").filter((line) => line.includes('"act":"use.look"'))).toHaveLength(730)
  })

  test("may begin and end at a time, and be empty", async () => {
    const before = await linesOf(`?before=${middle}`)
    expect(countIn(before)).toBe(700)
    expect((await check(before)).out).toMatch(/^good {2}leaves 0 to 699 of/)
    const after = await linesOf(`?after=${middle}`)
    expect(countIn(after)).toBeGreaterThanOrEqual(30)
    expect((await check(after)).out).toMatch(/^good {2}leaves 700 to/)
    const none = await linesOf("?after=2100-01-01T00:00:00.000Z")
    expect(countIn(none)).toBe(0)
    expect((await check(none)).out).toMatch(/^good {2}no leaves of/)
    const { status } = await send(house, `GET ${at("?after=yesterday")}`, { as: auditor })
    expect(status).toBe(400)
  })

  test("leaves a trace, and is for those who may read traces only", async () => {
    const { text } = await send(house, `GET ${at("").replace("/export", "?act=trace.export")}`, {
      as: auditor,
    })
    expect(text).toContain("trace.export")
    const clerk = await appoint(house, { community, post: "clerk" })
    expect((await send(house, `GET ${at("")}`, { as: clerk })).status).toBe(403)
    const stranger = await appoint(house, { community: other, post: "auditor" })
    expect((await send(house, `GET ${at("")}`, { as: stranger })).status).toBe(404)
    const local = `GET /api/local/communities/${community.communityId}/traces/export` as const
    expect((await send(house, local, { as: auditor })).status).toBe(401)
    expect((await send(house, local, { headers: { [localHeader]: "guess" } })).status).toBe(401)
    const token = await readLocalToken(house.database.data)
    expect((await send(house, local, { headers: { [localHeader]: token } })).status).toBe(200)
  })
})

/** As the command says it; a process for each would take long. */
async function verdict(lines: readonly string[]): Promise<string> {
  const policy = await policyOf(join(house.database.data, "ledger"), exportedLog(lines[0] ?? ""))
  return checkExport(eachOf(lines), policy).then(
    () => "good",
    (error: Error) => error.message,
  )
}

async function* eachOf(lines: readonly string[]): AsyncGenerator<string> {
  yield* lines
}

/** The line changed as JSON. */
function changed(line: string, change: (value: Record<string, unknown>) => void): string {
  const value: Record<string, unknown> = JSON.parse(line)
  change(value)
  return JSON.stringify(value)
}

const put = (index: number, ...lines: string[]) => exported.toSpliced(index, 1, ...lines)
const line = (index: number) => exported[index] ?? ""

describe("an export that was tampered with", () => {
  const attacks: readonly [string, () => string[], RegExp][] = [
    [
      "a flipped letter in a trace",
      () => put(401, line(401).replace("use.look", "use.lool")),
      /another trace at leaf 400/,
    ],
    [
      "a flipped letter of the salt",
      () =>
        put(
          401,
          changed(
            line(401),
            (value) =>
              (value["salt"] =
                `${String(value["salt"]).startsWith("A") ? "B" : "A"}${String(value["salt"]).slice(1)}`),
          ),
        ),
      /leaf 400/,
    ],
    [
      "a damaged salt",
      () =>
        put(
          401,
          changed(line(401), (value) => (value["salt"] = "AAAA")),
        ),
      /salt is damaged at leaf 400/,
    ],
    ["a missing line", () => put(401), /missing or out of order at leaf 400/],
    ["a missing first line of a trace", () => put(1), /out of order at leaf 0/],
    ["a missing end", () => exported.slice(0, -3), /the rest is missing at leaf/],
    ["lines exchanged", () => put(401, line(402)).toSpliced(402, 1, line(401)), /out of order at leaf 400/],
    ["a line twice", () => put(401, line(401), line(401)), /out of order at leaf 401/],
    [
      "a line renumbered",
      () =>
        put(401)
          .map((one, at) => (at < 401 ? one : one))
          .toSpliced(
            401,
            1,
            changed(line(402), (value) => (value["index"] = 400)),
          ),
      /another trace at leaf 400/,
    ],
    ["a damaged line", () => put(401, line(401).slice(0, 50)), /damaged at leaf 400/],
    [
      "a proof of another leaf",
      () =>
        put(
          401,
          changed(line(401), (value) => (value["proof"] = JSON.parse(line(402)).proof)),
        ),
      /leaf 400/,
    ],
    [
      "a trace that was gone",
      () => put(401, '{"index":400,"missing":true}'),
      /was missing in the database at leaf 400/,
    ],
    ["more than was said", () => [...exported, line(exported.length - 1)], /out of order|too much/],
    [
      "a count that hides the end",
      () =>
        put(
          0,
          changed(line(0), (value) => (value["count"] = 5)),
        ),
      /too much at leaf/,
    ],
    [
      "a checkpoint with another root",
      () => put(0, line(0).replace(/\\n([A-Za-z0-9+/]{42})/, "\\n$1".replace("$1", "A".repeat(42)))),
      /signature of a known key is wrong|not a hash/,
    ],
    ["no first line", () => exported.slice(1), /not an export|no known key/],
  ]

  test("is told by the command with 1", async () => {
    const { code, out } = await check(put(401))
    expect([code, out]).toEqual([
      1,
      expect.stringMatching(/^BAD {3}a line is missing or out of order at leaf 400/),
    ])
    expect(await verdict(exported)).toBe("good")
  })

  test.each(attacks)("%s", async (_name, attack, words) => {
    expect(await verdict(attack())).toMatch(words)
  })

  test("a checkpoint of another log, or of another installation", async () => {
    const stranger = await appoint(house, { community: other, post: "auditor" })
    const reply = await send(house, `GET /api/communities/${other.communityId}/traces/export`, {
      as: stranger,
    })
    const [head = ""] = reply.text.split("\n")
    expect(await verdict([head, ...exported.slice(1)])).toMatch(/leaf 0/)
    expect(await verdict(reply.text.trim().split("\n"))).toBe("good")
    const named = await check(reply.text.trim().split("\n"), "--log", community.communityId)
    expect([named.code, named.out]).toEqual([
      1,
      expect.stringMatching(/^BAD {3}the export is of another log/),
    ])
    const renamed = changed(head, (value) => (value["log"] = JSON.parse(line(0)).log))
    expect(await verdict([renamed, ...exported.slice(1)])).toMatch(/no known key signed/)
    const foreign = exported.map((one) => one.replaceAll(/hudun\/[0-9a-f]{16}/g, "hudun/0000000000000000"))
    expect(await verdict(foreign)).toMatch(/no known key signed/)
  })
})

test("a trace that was removed from the database is said to be missing", async () => {
  const admin = await house.database.superuser()
  await admin.query("set session_replication_role = replica")
  await admin.query(
    "delete from app.trace where community_id = $1 and trace_id = (select trace_ids[3] from app.ledger_batch where community_id = $1 and count > 3 order by first_index limit 1)",
    [other.communityId],
  )
  await admin.end()
  const stranger = await appoint(house, { community: other, post: "manager" })
  const { text } = await send(house, `GET /api/communities/${other.communityId}/traces/export`, {
    as: stranger,
  })
  expect(text).toContain('"missing":true')
  expect((await check(text.trim().split("\n"))).out).toMatch(
    /^BAD {3}the trace was missing in the database at leaf/,
  )
})

test("the command fetches an export from the running server", async () => {
  const address = new URL(await house.app.listen({ port: 0, host: "127.0.0.1" }))
  const env = { ...process.env, HUDUN_DATA: house.database.data, PORT: address.port, HOST: "127.0.0.1" }
  const run = (...args: string[]) => runBeside(env, "ledger", "export", ...args)
  const to = inData("fetched.ndjson")
  const good = await run("--community", community.communityId, "--before", middle, "--to", to)
  expect(good).toEqual([0, `700 traces in ${to}\n`])
  expect((await check((await readFile(to, "utf8")).trim().split("\n"))).code).toBe(0)
  expect((await run("--community", "99", "--to", to))[0]).toBe(1)
  expect((await run("--community", "40", "--after", "soon", "--to", to))[0]).toBe(2)
})

/** Beside the server, which runs in this process. */
async function runBeside(env: NodeJS.ProcessEnv, ...args: string[]): Promise<[number | null, string]> {
  const child = spawn(process.execPath, [join(program, "src/cli/hudun.ts"), ...args], {
    env,
    stdio: ["ignore", "pipe", "pipe"],
  })
  let out = ""
  child.stdout.on("data", (chunk: Buffer) => (out += chunk.toString("utf8")))
  const code = await new Promise<number | null>((resolve) => child.once("close", resolve))
  return [code, out]
}
