/** Clauses 2.5, 2.7: a consent ends by itself when its days are over, or when the regime leaves it nothing to cover. */

import { randomUUID } from "node:crypto"
import { setTimeout as sleep } from "node:timers/promises"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import type { Regime } from "../../src/lifecycle/catalogue/regime-shape.ts"
import { regimeV1 } from "../../src/lifecycle/catalogue/regime-v1.ts"
import { writeVersion } from "../../src/lifecycle/catalogue/sql.ts"
import { recordIn } from "../../src/lifecycle/consent/receipt.ts"
import { answer, give, lookInRun, startRun, textOf, writeText } from "../consents.ts"
import { type Reply, send, type TestStaff } from "../house.ts"
import { at, type Desk, done, hire, openDesk, read, resident, sql, tracesOf } from "../orders.ts"

const day = 86_400_000

let desk: Desk
let clerk: TestStaff
let officer: TestStaff

beforeAll(async () => {
  desk = await openDesk()
  clerk = await hire(desk, "clerk", ["1", "2"])
  officer = await hire(desk, "privacy_officer")
  done(await writeText(desk, officer, textOf(0, { validDays: 30 })))
})
afterAll(() => desk.test.close())

const person = (index: number) => resident(desk, "1", index).personId

async function featureOf(personId: string): Promise<unknown> {
  const { body } = done(await read(desk, clerk, `/persons/${personId}/consents`))
  return body["features"]
}

/** Keeps the walker off a use, and whoever writes what has lapsed off a person. */
async function startHeld(personId: string): Promise<{ runId: string; release: () => Promise<void> }> {
  const runId = randomUUID()
  const holder = await desk.test.database.superuser()
  await holder.query("select pg_advisory_lock(hashtextextended($1, 18))", [runId])
  await startRun(desk, desk.manager, runId)
  const place = `${desk.community.communityId}/${personId}`
  await holder.query("select pg_advisory_lock(hashtextextended($1, 17))", [place])
  return { runId, release: () => holder.end() }
}

interface Lapse {
  readonly event_id: string
  readonly subject_ref: string
  readonly stopped: unknown
}

function lapsesOf(personId: string): Promise<Lapse[]> {
  return sql<Lapse & Record<string, unknown>>(
    desk,
    "select event_id, subject_ref, stopped from app.consent_event where person_id = $1 and kind = 'lapsed' order by seq",
    [personId],
  )
}

async function untilLapsed(personId: string, count = 1): Promise<Lapse> {
  for (let tries = 0; tries < 150; tries += 1) {
    const lapses = await lapsesOf(personId)
    const newest = lapses.at(-1)
    if (lapses.length === count && newest !== undefined) return newest
    await sleep(100)
  }
  throw new Error("no event came")
}

async function inForce(regime: Regime): Promise<void> {
  const setup = { communities: "0", buildings: "", classes: "", posts: "setup", actor: "" }
  const { house } = desk.test
  // The clock of the database decides.
  const since = new Date(Date.now() - 1_000)
  await house.spine.database.transaction(setup, (tx) => writeVersion(tx, regime, since))
  await house.refreshRegime()
  expect(house.regime().version).toBe(regime.version)
}

const startNow = (): Promise<Reply> =>
  send(desk.test, `POST ${at(desk, "/consent-runs")}`, {
    as: desk.manager,
    body: { runId: randomUUID(), feature: "greeting", occasion: "other" },
  })

/** Sets the clock ahead by whole days, and on to the morning where it is still before the night's work. */
function ahead(days: number): void {
  desk.test.time.ahead += days * day
  const hour = new Date(Date.now() + desk.test.time.ahead + 8 * 3_600_000).getUTCHours()
  if (hour < 2) desk.test.time.ahead += 2 * 3_600_000
}

describe("a text that is valid for thirty days", () => {
  it("says so to whoever reads it, and takes no nonsense", async () => {
    const { body } = done(await read(desk, clerk, "/consent-texts"))
    expect(body["texts"]).toMatchObject([
      { validDays: 30, words: { "zh-CN": { rendered: expect.stringContaining("有效期：自同意起 30 天") } } },
    ])
    for (const validDays of [0, 3_651, 1.5])
      expect((await writeText(desk, officer, textOf(1, { validDays }))).status).toBe(400)
  })

  it("is held to on the thirtieth day at the use, before anybody has written it down; within them it holds", async () => {
    const early = person(0)
    const late = person(1)
    await give(desk, clerk, early)
    ahead(29)
    await give(desk, clerk, late)
    const { runId, release } = await startHeld(early)
    const phone = resident(desk, "1", 0).phone
    expect((await lookInRun(desk, desk.manager, { runId, personId: early })).body).toMatchObject({
      values: [phone],
    })
    ahead(1)
    const over = await lookInRun(desk, desk.manager, { runId, personId: early })
    expect(over).toMatchObject({ status: 403, body: { code: "consent.missing" } })
    expect(over.text).not.toContain(phone)
    expect((await lookInRun(desk, desk.manager, { runId, personId: late })).status).toBe(200)
    expect(await featureOf(early)).toMatchObject([
      { state: "lapsed", given: [], events: [{ kind: "given" }] },
    ])
    expect(await lapsesOf(early)).toEqual([])

    await release()
    const { event_id: eventId, subject_ref: subject, stopped } = await untilLapsed(early)
    expect(stopped).toMatchObject([{ runId, wasQueued: false }])
    const traces = (await tracesOf(desk)).filter(({ act }) => act === "consent.lapsed")
    expect(traces).toMatchObject([{ clause: "2.7", use_id: eventId, subjects: [subject] }])
    expect(await lapsesOf(late)).toEqual([])
    expect(await featureOf(late)).toMatchObject([{ state: "given", given: ["phone"] }])
  })

  it("shows in history, counts, lists and on its receipt", async () => {
    const [{ event_id: eventId } = { event_id: "" }] = await lapsesOf(person(0))
    expect(await featureOf(person(0))).toMatchObject([
      {
        state: "lapsed",
        coolingUntil: null,
        events: [
          { eventId, kind: "lapsed", channel: "server", askedPost: null, stopped: 1 },
          { kind: "given" },
        ],
      },
    ])
    const { body } = done(await read(desk, officer, "/consents/counts"))
    expect(body["counts"]).toMatchObject([{ feature: "greeting", states: { given: 1, lapsed: 1 } }])
    const list = done(await read(desk, clerk, "/consents?feature=greeting&state=lapsed"))
    expect(list.body["persons"]).toMatchObject([{ personId: person(0) }])
    const issued = done(await read(desk, clerk, `/persons/${person(0)}/consents/${eventId}/receipt`))
    expect(recordIn(String(issued.body["receipt"]))).toMatchObject({
      event: { event_type: "lapsed", entity: "server", channel: "server", evidence: "none" },
      stopped: [{ purpose: "greeting", was_queued: false }],
    })
  })

  it("is asked again at once, without the pause after a no; nobody but the server lets a consent lapse", async () => {
    const personId = person(0)
    done((await answer(desk, clerk, { personId, kind: "asked" })).reply)
    const again = done((await answer(desk, clerk, { personId })).reply)
    expect(again.body).toMatchObject({ feature: { state: "given", given: ["phone"] } })
    expect((await answer(desk, clerk, { personId, kind: "lapsed" })).reply.status).toBe(400)
    expect((await answer(desk, clerk, { personId, channel: "server", kind: "withdrawn" })).reply.status).toBe(
      400,
    )
  })
})

describe("a regime that leaves a consent nothing to cover", () => {
  const { phone: _phone, ...silent } = regimeV1.matrix["greeting"] ?? {}

  it("ends it at the use at once, and in the records soon after", async () => {
    const personId = person(1)
    const { runId, release } = await startHeld(personId)
    expect((await lookInRun(desk, desk.manager, { runId, personId })).status).toBe(200)
    await inForce({ ...regimeV1, version: 2, matrix: { ...regimeV1.matrix, greeting: silent } })
    expect(await lookInRun(desk, desk.manager, { runId, personId })).toMatchObject({
      status: 403,
      body: { code: "consent.missing" },
    })
    expect(await lapsesOf(personId)).toEqual([])
    await release()
    expect((await untilLapsed(personId)).stopped).toMatchObject([{ runId, wasQueued: false }])
    await untilLapsed(person(0), 2)
  })

  it("starts no use on it, and asks nobody for a yes that would cover nothing", async () => {
    expect(await startNow()).toMatchObject({ status: 403, body: { code: "consent.missing" } })
    for (const kind of ["asked", "given"]) {
      const { reply } = await answer(desk, clerk, { personId: person(1), kind })
      expect(reply).toMatchObject({ status: 422, body: { code: "consent.scope_forbidden" } })
    }
  })

  it("that covers it again does not bring it back: it is asked again, and then holds", async () => {
    await inForce({ ...regimeV1, version: 3 })
    expect(await featureOf(person(1))).toMatchObject([{ state: "lapsed", given: [] }])
    expect(await startNow()).toMatchObject({ status: 403, body: { code: "consent.missing" } })
    await give(desk, clerk, person(1))
    expect((await startNow()).status).toBe(200)
    await inForce({ ...regimeV1, version: 4 })
    await sleep(2_500)
    expect(await lapsesOf(person(1))).toHaveLength(1)
    expect(await featureOf(person(1))).toMatchObject([{ state: "given", given: ["phone"] }])
  })
})
