/** Clause 4.9: an emergency is loud at once, two other people review it within a day, and the owner is told. */

import { randomUUID } from "node:crypto"
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest"
import { z } from "zod"
import {
  breakAs,
  endEmergency,
  lookIn,
  notJustified,
  readEmergency,
  review,
  tell,
  withPassword,
} from "../emergencies.ts"
import type { TestStaff } from "../house.ts"
import { type Desk, done, hire, openDesk, read, sql, tracesOf } from "../orders.ts"

const hour = 3_600_000

let desk: Desk
let clerk: TestStaff
let supervisor: TestStaff
let manager: TestStaff
let officer: TestStaff

beforeAll(async () => {
  desk = await openDesk()
  clerk = await withPassword(desk, "clerk", ["1"])
  supervisor = await withPassword(desk, "supervisor", ["1", "2"])
  manager = desk.manager
  officer = await hire(desk, "privacy_officer")
})
beforeEach(() => {
  desk.test.time.ahead += 61_000
})
afterAll(() => desk.test.close())

const now = () => Date.now() + desk.test.time.ahead
const codeOf = ({ status, body }: { status: number; body: Record<string, unknown> }) =>
  status === 200 ? "done" : body["code"]

async function over(as = clerk): Promise<string> {
  const id = await breakAs(desk, as)
  done(await endEmergency(desk, as, id))
  return id
}

async function link(one: TestStaff, other: TestStaff): Promise<void> {
  const person = randomUUID()
  for (const { staffId } of [one, other])
    await sql(desk, "insert into app.same_person values ($1, $2, $1, now())", [staffId, person])
}

describe("the alarm", () => {
  it("shows who broke the glass and why to supervisor, manager and officer at once, without place or person", async () => {
    const id = await breakAs(desk, clerk)
    for (const as of [supervisor, manager, officer]) {
      const { body, text } = done(await read(desk, as, "/emergency-alarm"))
      expect(body["running"]).toMatchObject([
        { emergencyId: id, reason: "fire", by: { staffId: clerk.staffId } },
      ])
      expect(text).not.toContain("单元")
    }
    const far = await hire(desk, "supervisor", ["3"])
    expect(done(await read(desk, far, "/emergency-alarm")).body["running"]).toEqual([])
    const colleague = await hire(desk, "clerk", ["1"])
    expect(done(await read(desk, clerk, "/emergency-alarm")).body["running"]).toHaveLength(1)
    expect(done(await read(desk, colleague, "/emergency-alarm")).body["running"]).toEqual([])
    expect(codeOf(await read(desk, await hire(desk, "repairer"), "/emergency-alarm"))).toBe(
      "post.not_allowed",
    )
    done(await endEmergency(desk, clerk, id))
    expect(done(await read(desk, manager, "/emergency-alarm")).body).toMatchObject({
      running: [],
      toReview: 1,
    })
  })
})

describe("the review", () => {
  it("takes two, and the second archives the file with its four records", async () => {
    const id = await breakAs(desk, clerk)
    done(await lookIn(desk, clerk, { id }))
    expect(codeOf(await review(desk, supervisor, id))).toBe("emergency.not_over")
    done(await endEmergency(desk, clerk, id))
    expect(done(await review(desk, supervisor, id)).body).toMatchObject({
      state: "to_review",
      archived: null,
    })
    const { body } = done(await review(desk, officer, id))
    expect(body).toMatchObject({
      state: "archived",
      broken: { by: { staffId: clerk.staffId } },
      rule: "emergency.household",
      registered: [{ by: { staffId: clerk.staffId }, fields: ["phone"] }],
      reviews: [{ by: { staffId: supervisor.staffId } }, { by: { staffId: officer.staffId } }],
      archived: { looks: 1 },
      awaited: [],
    })
    expect(codeOf(await review(desk, manager, id))).toBe("emergency.archived")
    const acts = (await tracesOf(desk)).filter((one) => one.use_id === id).map((one) => one.act)
    expect(acts.filter((act) => act === "emergency.justified")).toHaveLength(2)
  })

  it("is nobody's own, nor by another account of theirs; a clerk's it is not at all", async () => {
    const id = await over(supervisor)
    expect(codeOf(await review(desk, supervisor, id))).toBe("emergency.own")
    const alias = await hire(desk, "manager")
    await link(supervisor, alias)
    expect(codeOf(await review(desk, alias, id))).toBe("emergency.own")
    expect(codeOf(await review(desk, clerk, id))).toBe("post.not_allowed")
    await sql(desk, "delete from app.same_person")
  })

  it("is not one person's twice, nor two accounts' of one person; nor past the database", async () => {
    const id = await over()
    done(await review(desk, supervisor, id))
    expect(codeOf(await review(desk, supervisor, id))).toBe("emergency.reviewed_before")
    const alias = await hire(desk, "manager")
    await link(supervisor, alias)
    expect(codeOf(await review(desk, alias, id))).toBe("emergency.reviewed_before")
    const forged = sql(
      desk,
      `with second as (insert into app.emergency_review select community_id, emergency_id, 2, verdict, why, $2, 'manager', building_id,
         applicant, at from app.emergency_review where emergency_id = $1 returning *)
       insert into app.emergency_archived select community_id, emergency_id, 0, $2, 'manager', building_id, applicant, at from second`,
      [id, alias.staffId],
    )
    await expect(forged).rejects.toThrow("an emergency is reviewed by two persons")
    await sql(desk, "delete from app.same_person")
    done(await review(desk, alias, id))
  })

  it("has one outcome when three review at the same moment", async () => {
    const id = await over()
    const replies = await Promise.all([supervisor, manager, officer].map((as) => review(desk, as, id)))
    expect(replies.map(codeOf).toSorted()).toEqual(["done", "done", "emergency.archived"])
  })

  it("gives a reason that fits its verdict", async () => {
    const id = await over()
    for (const verdict of [{ verdict: "justified", why: "no_emergency" }, { verdict: "not_justified" }])
      expect((await review(desk, manager, id, verdict)).status).toBe(400)
  })

  it("that finds it not justified raises one incident, whatever the other says", async () => {
    const id = await over()
    done(await review(desk, manager, id, notJustified))
    done(await review(desk, officer, id, notJustified))
    const reply = done(await read(desk, officer, "/incidents"))
    const incidents = z.array(z.record(z.string(), z.unknown())).parse(reply.body["incidents"])
    expect(incidents.filter((one) => one["emergencyId"] === id)).toMatchObject([
      { kind: "emergency_not_justified", orderId: null, about: expect.any(String) },
    ])
  })

  it("out of reach there is nothing to review", async () => {
    const id = await over()
    const far = await hire(desk, "supervisor", ["3"])
    expect((await review(desk, far, id)).status).toBe(404)
    expect((await tell(desk, far, id, now())).status).toBe(404)
    expect((await endEmergency(desk, far, id)).status).toBe(404)
  })

  it("is overdue after a day, and says whose it is", async () => {
    const id = await over()
    done(await review(desk, manager, id))
    desk.test.time.ahead += 24 * hour - 60_000
    expect((await readEmergency(desk, officer, id)).body["state"]).toBe("to_review")
    desk.test.time.ahead += 60_000
    const { body } = await readEmergency(desk, officer, id)
    expect(body).toMatchObject({ state: "overdue", isTellingLate: true })
    expect(body["awaited"]).toContain("测privacy_")
    expect(body["awaited"]).not.toContain("测clerk")
    expect(Number(done(await read(desk, officer, "/emergency-alarm")).body["overdue"])).toBeGreaterThan(0)
    const listed = done(await read(desk, officer, "/emergencies?state=overdue"))
    expect(listed.text).toContain(id)
    done(await review(desk, officer, id))
    expect((await readEmergency(desk, officer, id)).body["state"]).toBe("archived")
  })
})

describe("the owner", () => {
  it("is on the list of those to be told until somebody records how and when", async () => {
    const id = await over()
    expect(done(await read(desk, manager, "/emergencies?state=to_tell")).text).toContain(id)
    expect(codeOf(await tell(desk, clerk, id, now()))).toBe("post.not_allowed")
    expect(codeOf(await tell(desk, supervisor, id, now() + hour))).toBe("request.malformed")
    const { body } = done(await tell(desk, supervisor, id, now()))
    expect(body["told"]).toMatchObject({ how: "phone", by: { staffId: supervisor.staffId } })
    expect(codeOf(await tell(desk, manager, id, now()))).toBe("emergency.told_before")
    expect(done(await read(desk, manager, "/emergencies?state=to_tell")).text).not.toContain(id)
  })
})
