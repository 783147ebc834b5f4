/** Clauses 2.7, 7.2: taking back is as easy as giving, stops a running use on every server, and gives a receipt of what stopped. */

import { execFile } from "node:child_process"
import { randomUUID } from "node:crypto"
import { writeFile } from "node:fs/promises"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { promisify } from "node:util"
import type { FastifyInstance } from "fastify"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { createApp } from "../../src/app.ts"
import { readConfig } from "../../src/config.ts"
import { verifyEd25519 } from "../../src/ledger/ed25519.ts"
import { parseVerifierKey } from "../../src/ledger/note.ts"
import { openConsentReceipt } from "../../src/lifecycle/consent/receipt.ts"
import { type OpenHouse, openHouse } from "../../src/open-house.ts"
import { openLog } from "../../src/platform/log.ts"
import { answer, give, lookInRun, startRun, writeText } from "../consents.ts"
import { program } from "../database.ts"
import type { TestHouse, TestStaff } from "../house.ts"
import { type Desk, done, hire, openDesk, read, resident, sql, tracesOf } from "../orders.ts"

let desk: Desk
/** The same community as a second server sees it. */
let other: Desk
let second: OpenHouse
let app: FastifyInstance
let clerk: TestStaff

beforeAll(async () => {
  desk = await openDesk()
  clerk = await hire(desk, "clerk", ["1", "2", "3", "4"])
  done(await writeText(desk, await hire(desk, "privacy_officer")))
  const { database } = desk.test
  const log = openLog(join(database.data, "second.log"))
  const config = readConfig({ HUDUN_DATA: database.data }, database.data)
  const server = { ...database, stop: () => Promise.resolve() }
  second = await openHouse({ config, program, log, server })
  const options = { log, web: undefined, setup: undefined, origin: undefined, requestsPerMinute: 1_000_000 }
  app = await createApp(second, options)
  const test: TestHouse = { ...desk.test, house: second.house, open: second, app }
  other = { ...desk, test }
})
afterAll(async () => {
  await app.close()
  await second.close()
  await desk.test.close()
})

/** Keeps the walkers of both servers off a use that is started now. */
async function startHeld(): Promise<{ runId: string; release: () => Promise<void> }> {
  const runId = randomUUID()
  const holder = await desk.test.database.superuser()
  await holder.query("select pg_advisory_lock(hashtextextended($1, 18))", [runId])
  await startRun(desk, desk.manager, runId)
  return { runId, release: () => holder.end() }
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    if (await isSo()) return
    await sleep(100)
  }
  throw new Error("it did not come to be")
}

describe("a withdrawal", () => {
  it("at one server stops a running use at the other within five seconds", async () => {
    const { personId, phone } = resident(desk, "1")
    await give(desk, clerk, personId)
    await give(desk, clerk, resident(desk, "2").personId)
    const { runId, release } = await startHeld()
    const ask = { runId, personId }
    for (const at of [desk, other])
      expect((await lookInRun(at, desk.manager, ask)).body).toMatchObject({ values: [phone] })
    const before = Date.now()
    done((await answer(desk, clerk, { personId, kind: "withdrawn" })).reply)
    for (const at of [other, desk]) {
      const reply = await lookInRun(at, desk.manager, ask)
      expect(reply).toMatchObject({ status: 403, body: { code: "consent.withdrawn" } })
      expect(reply.text).not.toContain(phone)
    }
    expect(Date.now() - before).toBeLessThan(5_000)
    const refused = (await tracesOf(desk)).filter(
      ({ act, outcome }) => act === "consent.run_look" && outcome === "refused",
    )
    expect(refused.length).toBe(2)
    await release()
  })

  it("takes the person out of what has not been sent: the walker makes no entry for them", async () => {
    const people = ["1", "2", "3", "4"].flatMap((building) =>
      [0, 1, 2].map((index) => resident(desk, building, index)),
    )
    for (const { personId } of people) await answer(desk, clerk, { personId, ownWish: true })
    const { runId, release } = await startHeld()
    const left = resident(desk, "4", 2).personId
    const { reply } = await answer(other, clerk, { personId: left, kind: "withdrawn" })
    expect(done(reply).body).toMatchObject({ feature: { state: "withdrawn", given: [] } })
    await release()
    await until(
      async () => (await read(desk, desk.manager, `/consent-runs/${runId}`)).body["endedAt"] !== null,
    )
    const rows = await sql<{ person_id: string; outcome: string }>(
      desk,
      "select person_id, outcome from app.consent_message where run_id = $1 order by outcome",
      [runId],
    )
    expect(rows.map(({ outcome }) => outcome)).toEqual([...Array<string>(11).fill("queued"), "stopped"])
    expect(rows.at(-1)?.person_id).toBe(left)
    expect(JSON.stringify(rows)).not.toContain(resident(desk, "1").phone)
  })

  it("needs no reason, no paper and no newer text; a second one finds nothing to take back", async () => {
    const { personId } = resident(desk, "3")
    done((await answer(desk, clerk, { personId, kind: "withdrawn", textVersion: 99 })).reply)
    const { reply } = await answer(desk, clerk, { personId, kind: "withdrawn" })
    expect(reply).toMatchObject({ status: 409, body: { code: "consent.not_given" } })
  })
})

async function receiptOf(personId: string, eventId: string): Promise<string> {
  let receipt = ""
  await until(async () => {
    const { body } = done(await read(desk, clerk, `/persons/${personId}/consents/${eventId}/receipt`))
    receipt = String(body["receipt"])
    return body["isProved"] === true
  })
  return receipt
}

async function publicKeys(): Promise<Uint8Array[]> {
  const { body } = await desk.test.app.inject({ method: "GET", url: "/ledger/verifier-keys" })
  return body
    .trim()
    .split("\n")
    .map((line) => parseVerifierKey(line).publicKey)
}

describe("a receipt", () => {
  it("of a withdrawal lists what stopped, shows no value, and verifies offline; altered, it does not", async () => {
    const { personId, phone } = resident(desk, "1", 1)
    await answer(desk, clerk, { personId, ownWish: true })
    const { runId, release } = await startHeld()
    const { eventId } = await answer(desk, clerk, { personId, kind: "withdrawn" })
    const text = await receiptOf(personId, eventId)
    expect(text).not.toContain(phone)
    const opened = await openConsentReceipt(text, await publicKeys(), verifyEd25519)
    expect(opened).toMatchObject({
      isSigned: true,
      isBound: true,
      record: {
        schema_version: "ISO/IEC TS 27560:2023",
        receipt_id: eventId,
        event: { event_type: "withdrawn" },
        stopped: [{ use_id: runId, purpose: "greeting", pii_types: ["phone"], was_queued: false }],
      },
    })
    await release()
    const forged = text.replace('"event_type": "withdrawn"', '"event_type": "given"')
    expect(await openConsentReceipt(forged, await publicKeys(), verifyEd25519)).toMatchObject({
      isSigned: false,
      isBound: false,
    })
    const { eventId: elsewhere } = await answer(desk, clerk, { personId, ownWish: true })
    const swapped = { ...JSON.parse(await receiptOf(personId, elsewhere)), proof: opened.proof }
    expect(
      await openConsentReceipt(JSON.stringify(swapped), await publicKeys(), verifyEd25519),
    ).toMatchObject({
      isSigned: true,
      isBound: false,
    })
  })

  it("is checked by the command without a server: good, tampered with, and under a foreign key", async () => {
    const { personId } = resident(desk, "2", 1)
    await answer(desk, clerk, { personId, ownWish: true })
    const { eventId } = await answer(desk, clerk, { personId, kind: "withdrawn" })
    const folder = desk.test.database.data
    const text = await receiptOf(personId, eventId)
    const keys = join(folder, "ledger", "verifier-keys")
    await writeFile(join(folder, "good.json"), text)
    await writeFile(join(folder, "bad.json"), text.replace('"desk"', '"paper"'))
    const check = (file: string) =>
      promisify(execFile)(process.execPath, [
        join(program, "src/cli/hudun.ts"),
        "consent",
        "check-receipt",
        join(folder, file),
        "--key",
        keys,
      ])
    expect((await check("good.json")).stdout).toMatch(
      /good {2}signed: withdrawn greeting .*\ngood {2}leaf \d+ of \d+/,
    )
    await expect(check("bad.json")).rejects.toMatchObject({ code: 1, stdout: expect.stringContaining("BAD") })
  })

  it("of somebody else's event is not there", async () => {
    const { personId } = resident(desk, "2", 1)
    const reply = await read(desk, clerk, `/persons/${personId}/consents/${randomUUID()}/receipt`)
    expect(reply).toMatchObject({ status: 404, body: { code: "thing.absent" } })
  })
})
