/** Clauses 4.8, 6.4: looks that give reason to ask are found in the traces within a minute, and decided on by somebody else. */

import { randomUUID } from "node:crypto"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { scoreWatch } from "../../bench/watch-score.ts"
import { Watch } from "../../src/duty/watch/jobs.ts"
import { watchCodes } from "../../src/lifecycle/catalogue/watch-shape.ts"
import { applyAs, approve } from "../applications.ts"
import { breakAs, endEmergency, lookIn, withPassword } from "../emergencies.ts"
import { send, type TestStaff } from "../house.ts"
import {
  at,
  type Desk,
  dispatch,
  done,
  hire,
  openDesk,
  openOrder,
  read,
  resident,
  sql,
  tracesOf,
} from "../orders.ts"
import { openSecond } from "../second-house.ts"
import { placeOf, plantFinding } from "../watch-samples.ts"

let desk: Desk
let officer: TestStaff

beforeAll(async () => {
  desk = await openDesk()
  officer = await hire(desk, "privacy_officer")
})
afterAll(() => desk.test.close())

const follow = async (house = desk.test.house): Promise<void> => {
  // Traces of transactions that run at this moment wait for the next round.
  for (let round = 0; round < 3; round += 1) await new Watch(house).round()
}

async function tie(staff: TestStaff, homeId: string, kind = "own"): Promise<string> {
  const tieId = randomUUID()
  const body = { tieId, staffId: staff.staffId, home: await placeOf(desk, homeId), kind }
  done(await send(desk.test, `POST ${at(desk, "/ties")}`, { as: officer, body }))
  return tieId
}

const page = (as: TestStaff, personId: string) => read(desk, as, `/persons/${personId}`)

interface Found {
  readonly findingId: string
  readonly code: string
  readonly place: string | null
  readonly evidence: readonly { act: string }[]
  readonly about: { readonly staffId: string; readonly name: string }
}

async function findings(about: TestStaff, as = officer): Promise<Found[]> {
  const { body } = done(await read(desk, as, "/findings?limit=100"))
  const all: unknown = body["findings"]
  if (!Array.isArray(all)) throw new Error("no findings")
  return all.filter((one: Found) => one.about.staffId === about.staffId)
}

const decide = (as: TestStaff, findingId: string, verdict = "explained", reason = "lawful_task") =>
  send(desk.test, `POST ${at(desk, `/findings/${findingId}/verdict`)}`, { as, body: { verdict, reason } })

interface Entered {
  readonly incidentId: string
  readonly findingId: string | null
}

async function incidents(as: TestStaff, findingId: string): Promise<Entered[]> {
  const { body } = done(await read(desk, as, "/incidents?limit=100"))
  const all: unknown = body["incidents"]
  if (!Array.isArray(all)) throw new Error("no incidents")
  return all.filter((one: Entered) => one.findingId === findingId)
}

describe("a look", () => {
  it("at one's own home without an order is found, with its trace and the place, and no name of a resident", async () => {
    const clerk = await hire(desk, "clerk", ["1"])
    const { personId, homeId, name, phone } = resident(desk, "1")
    await tie(clerk, homeId)
    done(await page(clerk, personId))
    await follow()
    const [one] = await findings(clerk)
    expect(one).toMatchObject({
      code: "own_home",
      place: await placeOf(desk, homeId),
      evidence: [{ act: "roster.person" }],
    })
    expect(JSON.stringify(one)).not.toContain(name)
    expect(JSON.stringify(one)).not.toContain(phone)
    expect((await tracesOf(desk)).some(({ act }) => act === "watch.find")).toBe(true)
  })

  it("at a relative's home is found, and another home is nobody's business", async () => {
    const clerk = await hire(desk, "clerk", ["1", "2"])
    await tie(clerk, resident(desk, "1", 1).homeId, "relative")
    done(await page(clerk, resident(desk, "2").personId))
    await follow()
    expect(await findings(clerk)).toEqual([])
    done(await page(clerk, resident(desk, "1", 1).personId))
    await follow()
    expect((await findings(clerk)).map(({ code }) => code)).toEqual(["relative"])
  })

  it("at the same home under an order that somebody else has a hand in is no finding", async () => {
    const [clerk, colleague] = [await hire(desk, "clerk", ["3"]), await hire(desk, "clerk", ["3"])]
    await tie(clerk, resident(desk, "3").homeId)
    const order = await openOrder(desk, colleague, { building: "3", phone: "13900001111" })
    done(await dispatch(desk, colleague, order, clerk))
    done(
      await send(desk.test, `POST ${at(desk, `/uses/${order.useId}/look`)}`, {
        as: clerk,
        body: { field: "phone" },
      }),
    )
    await follow()
    expect(await findings(clerk)).toEqual([])
  })

  it("is found behind any number of traces that no person left", async () => {
    const clerk = await hire(desk, "clerk", ["1"])
    const { personId, homeId } = resident(desk, "1")
    await tie(clerk, homeId)
    await follow()
    await sql(
      desk,
      `insert into app.trace (community_id, trace_id, at, post, act, clause, subjects, fields, outcome, regime_version, client, salt)
       select $1, gen_random_uuid(), now(), 'publisher', 'text.scan', '2.9', '{}', '{}', 'done', 1, 'job', decode(repeat('00', 16), 'hex')
       from generate_series(1, 1100)`,
      [desk.community.communityId],
    )
    done(await page(clerk, personId))
    await follow()
    expect((await findings(clerk)).map(({ code }) => code)).toEqual(["own_home"])
  })

  it("behind a tie that is over is no finding", async () => {
    const clerk = await hire(desk, "clerk", ["1"])
    const tieId = await tie(clerk, resident(desk, "1").homeId)
    done(await send(desk.test, `POST ${at(desk, `/ties/${tieId}/end`)}`, { as: officer, body: {} }))
    done(await page(clerk, resident(desk, "1").personId))
    await follow()
    expect(await findings(clerk)).toEqual([])
  })
})

describe("a look under break-glass", () => {
  it("at one's own home is found; at any other it is an emergency, looked into by two and not here", async () => {
    const clerk = await withPassword(desk, "clerk", ["1"])
    const [own, other] = [resident(desk, "1"), resident(desk, "1", 1)]
    await tie(clerk, own.homeId)
    const honest = await breakAs(desk, clerk, { homeId: other.homeId, reason: "flood" })
    done(await lookIn(desk, clerk, { id: honest, personId: other.personId }))
    done(await endEmergency(desk, clerk, honest))
    await follow()
    expect(await findings(clerk)).toEqual([])
    const id = await breakAs(desk, clerk, { homeId: own.homeId })
    done(await lookIn(desk, clerk, { id, personId: own.personId }))
    await follow()
    expect(await findings(clerk)).toMatchObject([
      { code: "own_home", place: await placeOf(desk, own.homeId), evidence: [{ act: "emergency.break" }] },
    ])
  })
})

it("ten tries at what is not there are found", async () => {
  const clerk = await hire(desk, "clerk", ["1"])
  for (let tried = 0; tried < 9; tried += 1) expect((await page(clerk, randomUUID())).status).toBe(404)
  await follow()
  expect(await findings(clerk)).toEqual([])
  expect((await page(clerk, randomUUID())).status).toBe(404)
  await follow()
  expect((await findings(clerk)).map(({ code }) => code)).toEqual(["probe"])
})

it("an approver who signs without reading is found; one who reads is not", async () => {
  const [hasty, calm] = [await hire(desk, "supervisor", ["1"]), await hire(desk, "supervisor", ["1"])]
  for (let signed = 0; signed < 5; signed += 1) {
    const clerk = await hire(desk, "clerk", ["1"])
    await approve(desk, hasty, await applyAs(desk, clerk))
    const other = await applyAs(desk, clerk)
    done(await read(desk, calm, `/applications/${other}`))
    desk.test.time.ahead += 20_000
    await approve(desk, calm, other)
  }
  await follow()
  expect((await findings(hasty)).map(({ code }) => code)).toEqual(["haste"])
  expect(await findings(calm)).toEqual([])
})

it("two processes that follow by turns find each thing once: what one has kept is of the past when the other wrote", async () => {
  const clerk = await hire(desk, "clerk", ["1"])
  const second = await openSecond(desk.test)
  const watches = [new Watch(desk.test.house), new Watch(second.house)]
  const homes = [0, 1, 2].map((nth) => resident(desk, "1", nth))
  for (const [nth, { homeId, personId }] of homes.entries()) {
    await tie(clerk, homeId)
    done(await page(clerk, personId))
    for (let round = 0; round < 3; round += 1) await watches[nth % 2]?.round()
    expect(await findings(clerk)).toHaveLength(nth + 1)
  }
  const places = (await findings(clerk)).map(({ place }) => place)
  expect(new Set(places).size).toBe(homes.length)
  await second.close()
})

it("two processes that follow at the same moment find each thing once", async () => {
  const clerk = await hire(desk, "clerk", ["1"])
  await tie(clerk, resident(desk, "1", 2).homeId)
  const second = await openSecond(desk.test)
  done(await page(clerk, resident(desk, "1", 2).personId))
  await Promise.all([follow(), follow(second.house), follow(), follow(second.house)])
  await follow()
  expect(await findings(clerk)).toHaveLength(1)
  await second.close()
})

describe("a finding", () => {
  it("is never shown to whom it is about, nor under a second account, nor decided by them", async () => {
    const [manager, second] = [await hire(desk, "manager"), await hire(desk, "manager")]
    const body = { staffId: manager.staffId, sameAs: second.staffId }
    done(await send(desk.test, `POST ${at(desk, "/same-person")}`, { as: officer, body }))
    const findingId = await plantFinding(desk, manager)
    expect(await findings(manager, manager)).toEqual([])
    expect(await findings(manager, second)).toEqual([])
    for (const self of [manager, second])
      expect((await decide(self, findingId)).body["code"]).toBe("thing.absent")
    expect(await findings(manager)).toHaveLength(1)
  })

  it("is decided on once, with a reason that fits, and that never changes", async () => {
    const findingId = await plantFinding(desk, await hire(desk, "clerk"))
    expect((await decide(officer, findingId, "warned", "lawful_task")).status).toBe(400)
    expect(done(await decide(officer, findingId)).body).toMatchObject({
      state: "explained",
      decided: { reason: "lawful_task", by: { staffId: officer.staffId } },
    })
    expect((await decide(desk.manager, findingId, "incident", "passed_on")).body["code"]).toBe(
      "watch.decided",
    )
    await expect(sql(desk, "update app.watch_verdict set verdict = 'warned'")).rejects.toThrow("append only")
  })

  it("decided to be an incident is in the register, for whoever supervises the person and never for themselves", async () => {
    const clerk = await hire(desk, "clerk", ["1"])
    const [near, far] = [await hire(desk, "supervisor", ["1"]), await hire(desk, "supervisor", ["2"])]
    const findingId = await plantFinding(desk, clerk)
    const { body } = done(await decide(officer, findingId, "incident", "passed_on"))
    const [one] = await incidents(near, findingId)
    expect(one).toMatchObject({
      kind: "watch_finding",
      findingCode: "neighbour",
      place: await placeOf(desk, resident(desk, "1").homeId),
      about: (await findings(clerk))[0]?.about.name,
    })
    expect(body["decided"]).toMatchObject({ incidentId: one?.incidentId })
    expect(await incidents(officer, findingId)).toHaveLength(1)
    expect(await incidents(far, findingId)).toEqual([])
    const supervisor = await hire(desk, "supervisor", ["1"])
    const theirs = await plantFinding(desk, supervisor)
    done(await decide(desk.manager, theirs, "incident", "not_explained"))
    expect(await incidents(near, theirs)).toHaveLength(1)
    expect(await incidents(supervisor, theirs)).toEqual([])
  })

  it("about no one home is an incident of a building that the person works in; other verdicts are none", async () => {
    const clerk = await hire(desk, "clerk", ["2"])
    const [near, far] = [await hire(desk, "supervisor", ["2", "3"]), await hire(desk, "supervisor", ["1"])]
    const findingId = await plantFinding(desk, clerk, { code: "probe", isAtHome: false })
    done(await decide(desk.manager, findingId, "incident", "not_explained"))
    expect(await incidents(near, findingId)).toMatchObject([{ findingCode: "probe", place: null }])
    expect(await incidents(far, findingId)).toEqual([])
    const warned = await plantFinding(desk, clerk)
    expect(done(await decide(officer, warned, "warned", "talked_to")).body["decided"]).toMatchObject({
      incidentId: null,
    })
    expect(await incidents(officer, warned)).toEqual([])
  })

  it("is no incident in the database alone, without the register", async () => {
    const findingId = await plantFinding(desk, await hire(desk, "clerk"))
    const forged = sql(
      desk,
      `insert into app.watch_verdict select community_id, finding_id, staff_id, 'incident', 'passed_on', $2, 'privacy_officer', now()
       from app.watch_finding where finding_id = $1`,
      [findingId, officer.staffId],
    )
    await expect(forged).rejects.toThrow("register of incidents")
  })

  it("is read by the auditor, who does not decide; a clerk reads none", async () => {
    const [auditor, clerk] = [await hire(desk, "auditor"), await hire(desk, "clerk")]
    const findingId = await plantFinding(desk, clerk)
    expect((await findings(clerk, auditor)).map((one) => one.findingId)).toEqual([findingId])
    expect((await decide(auditor, findingId)).body["code"]).toBe("post.not_allowed")
    expect((await read(desk, clerk, "/findings")).body["code"]).toBe("post.not_allowed")
  })
})

it("a tie needs a home of the community, and somebody who works here", async () => {
  const clerk = await hire(desk, "clerk")
  const body = { tieId: randomUUID(), staffId: clerk.staffId, home: "99栋1单元101", kind: "own" }
  const post = (as: TestStaff, more: object = {}) =>
    send(desk.test, `POST ${at(desk, "/ties")}`, { as, body: { ...body, ...more } })
  expect((await post(officer)).body["code"]).toBe("watch.no_such_home")
  const home = await placeOf(desk, resident(desk, "1").homeId)
  expect((await post(officer, { home, staffId: randomUUID() })).body["code"]).toBe("thing.absent")
  expect((await post(clerk, { home })).body["code"]).toBe("post.not_allowed")
})

it("simulated staff: snoopers of each kind are found, lawful work is left in peace (the year: npm run score:watch)", () => {
  const score = scoreWatch({ staff: 40, homes: 2_400, days: 60, each: 2, seed: 7 })
  // Habits of work and patience show over months: those two are measured over the year.
  for (const code of watchCodes.filter((one) => one !== "patient" && one !== "off_duty"))
    expect([code, score.found.get(code)?.found]).toEqual([code, 2])
  const wrong = [...score.wrong.values()].reduce((sum, one) => sum + one, 0)
  expect((1_000 * wrong) / score.staffDays).toBeLessThanOrEqual(1)
  expect(score.patient.every(({ all }) => all !== undefined)).toBe(true)
})
