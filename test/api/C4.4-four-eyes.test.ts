/** Clause 4.4: nobody approves their own application, nor through a deputy or a second account; approvals are AND-steps of named posts. */

import { afterAll, beforeAll, describe, expect, it } from "vitest"
import {
  applyAs,
  approve,
  deny,
  end,
  lookUnder,
  type Office,
  readApplication,
  setDuty,
  setToNoon,
  staffOffice,
  tryApply,
} from "../applications.ts"
import { send, type TestStaff } from "../house.ts"
import { at, type Desk, done, hire, openDesk, openOrder, read, resident, sql, tracesOf } from "../orders.ts"

const hour = 3_600_000

let desk: Desk
let office: Office

beforeAll(async () => {
  desk = await openDesk()
  setToNoon(desk)
  office = await staffOffice(desk)
})
afterAll(() => desk.test.close())

const code = async (asked: Promise<{ status: number; body: Record<string, unknown> }>) => {
  const { status, body } = await asked
  return status === 200 ? "done" : body["code"]
}

describe("an application", () => {
  it("is tied to an open order or to the number of a written request", async () => {
    const order = await openOrder(desk, office.clerk)
    const { clerk } = office
    expect(await code(tryApply(desk, clerk, { orderId: order.orderId, purpose: "repair" }))).toBe("done")
    const both = { orderId: order.orderId, requestNumber: "A-1" }
    for (const ground of [
      { requestNumber: "" },
      { requestNumber: "13900001234" },
      { requestNumber: "因为需要" },
      both,
    ])
      expect([ground, await code(tryApply(desk, clerk, ground))]).toEqual([ground, "application.no_ground"])
    expect(await code(tryApply(desk, clerk, { orderId: crypto.randomUUID() }))).toBe("thing.absent")
    const elsewhere = { orderId: order.orderId, personIds: [resident(desk, "1", 1).personId] }
    expect(await code(tryApply(desk, clerk, elsewhere))).toBe("application.not_of_order")
  })

  it("asks for nothing outside its purpose, its reach, its forms and its time", async () => {
    const { clerk } = office
    const wrong = [
      [{ purpose: "greeting", fields: ["id_number"] }, "application.field_forbidden"],
      [{ personIds: [resident(desk, "3").personId] }, "thing.absent"],
      [{ homeIds: [resident(desk, "3").homeId] }, "thing.absent"],
      [{ form: "export" }, "application.form_reserved"],
      [{ hours: 73 }, "application.too_long"],
      [{ purpose: "for_convenience" }, "application.field_forbidden"],
    ] as const
    for (const [wish, due] of wrong)
      expect([wish, await code(tryApply(desk, clerk, wish))]).toEqual([wish, due])
    for (const post of ["repairer", "archivist", "privacy_officer", "auditor", "system_admin"] as const)
      expect([post, await code(tryApply(desk, await hire(desk, post)))]).toEqual([post, "post.not_allowed"])
  })

  it("sent again changes nothing; the id of somebody else's is absent", async () => {
    const id = await applyAs(desk, office.clerk)
    expect(await applyAs(desk, office.clerk, { applicationId: id })).toBe(id)
    const other = await hire(desk, "clerk", ["1"])
    expect(await code(tryApply(desk, other, { applicationId: id }))).toBe("thing.absent")
    expect((await readApplication(desk, other, id)).status).toBe(404)
  })

  it("shows its four steps with who and when, and only masks", async () => {
    const id = await applyAs(desk, office.clerk, { fields: ["phone", "name"] })
    done(await approve(desk, office.supervisor, id))
    done(await lookUnder(desk, office.clerk, { id }))
    done(await end(desk, office.clerk, id))
    const { body, text } = await readApplication(desk, office.supervisor, id)
    expect(body).toMatchObject({
      state: "ended",
      applied: { by: { staffId: office.clerk.staffId, post: "clerk" } },
      signed: [{ by: { staffId: office.supervisor.staffId }, post: "supervisor", verdict: "approved" }],
      registered: [{ by: { staffId: office.clerk.staffId }, fields: ["phone"] }],
      ended: { reason: "handed_back", looks: 1, by: { staffId: office.clerk.staffId } },
    })
    expect(text).not.toContain(resident(desk, "1").phone)
    expect(text).not.toContain(resident(desk, "1").name)
    expect(text).toContain("****")
  })

  it("is found by state, purpose, number and by whose turn it is", async () => {
    const id = await applyAs(desk, office.clerk, {
      requestNumber: "物函〔2026〕777号",
      purpose: "fee",
      fields: ["phone"],
    })
    const find = async (as: TestStaff, query: string) => {
      const { body } = await read(desk, as, `/applications?limit=100&${query}`)
      return JSON.stringify(body["applications"]).includes(id)
    }
    const { clerk, supervisor, manager } = office
    const number = encodeURIComponent("〕777")
    expect(await find(clerk, `scope=mine&state=pending&purpose=fee&number=${number}`)).toBe(true)
    expect(await find(supervisor, "scope=to_sign")).toBe(true)
    expect(await find(manager, "scope=to_sign")).toBe(false)
    expect(await find(supervisor, "state=granted")).toBe(false)
    expect(await find(supervisor, "purpose=repair")).toBe(false)
    expect(await find(supervisor, "number=778")).toBe(false)
    done(await approve(desk, supervisor, id))
    expect(await find(supervisor, "scope=to_sign")).toBe(false)
    expect(await find(clerk, "state=granted")).toBe(true)
    desk.test.time.ahead += 25 * hour
    expect(await find(clerk, "state=granted")).toBe(false)
    expect(await find(clerk, "state=ended")).toBe(true)
  })
})

describe("the steps", () => {
  it("are signed by the posts that the rules name, in their order", async () => {
    const id = await applyAs(desk, office.clerk, { purpose: "owners_meeting", fields: ["title_deed"] })
    const early = await approve(desk, office.manager, id)
    expect(early.body).toMatchObject({ code: "application.later_turn", facts: { post: "supervisor" } })
    const shown = await readApplication(desk, office.manager, id)
    expect(shown.body).toMatchObject({ signRefusal: "application.later_turn", nextPost: "supervisor" })
    expect(await code(approve(desk, office.archivist, id))).toBe("post.not_allowed")
    expect(await code(lookUnder(desk, office.clerk, { id, field: "title_deed" }))).toBe("use.none")
    done(await approve(desk, office.supervisor, id))
    expect(await code(lookUnder(desk, office.clerk, { id, field: "title_deed" }))).toBe("use.none")
    done(await approve(desk, office.manager, id))
    expect(await code(lookUnder(desk, office.clerk, { id, field: "title_deed" }))).toBe("done")
  })

  it("are of whoever reaches every building concerned", async () => {
    const personIds = [resident(desk, "1").personId, resident(desk, "3").personId]
    const id = await applyAs(desk, await hire(desk, "clerk"), { personIds })
    expect(await code(approve(desk, office.supervisor, id))).toBe("post.not_allowed")
    expect(await code(approve(desk, await hire(desk, "supervisor", ["3"]), id))).toBe("post.not_allowed")
    expect(await code(approve(desk, await hire(desk, "supervisor", ["4"]), id))).toBe("thing.absent")
    expect(await code(approve(desk, await hire(desk, "supervisor"), id))).toBe("done")
  })

  it("narrow and shorten, and never widen", async () => {
    const personIds = [resident(desk, "1").personId, resident(desk, "1", 1).personId]
    const id = await applyAs(desk, office.clerk, { fields: ["phone", "name"], personIds, hours: 8 })
    for (const wider of [
      { hours: 9 },
      { fields: ["phone", "plate"] },
      { fields: [] },
      { personIds: [crypto.randomUUID()] },
      // As many as may leave at once: read, not turned away as too long.
      { personIds: Array.from({ length: 500 }, () => crypto.randomUUID()) },
    ])
      expect([wider, await code(approve(desk, office.supervisor, id, wider))]).toEqual([
        wider,
        "application.wider",
      ])
    const narrower = { fields: ["phone"], personIds: personIds.slice(0, 1), hours: 2 }
    expect((await approve(desk, office.supervisor, id, narrower)).body).toMatchObject({
      state: "granted",
      grant: { fields: ["phone"], hours: 2, begunAt: null },
    })
    expect(await code(lookUnder(desk, office.clerk, { id }))).toBe("done")
    expect(await code(lookUnder(desk, office.clerk, { id, field: "name" }))).toBe("use.field_not_granted")
    const second = { id, personId: resident(desk, "1", 1).personId }
    expect(await code(lookUnder(desk, office.clerk, second))).toBe("use.field_not_granted")
  })

  it("refuse with a reason, and not without", async () => {
    const id = await applyAs(desk, office.clerk)
    const line = `POST ${at(desk, `/applications/${id}/sign`)}` as const
    const bare = await send(desk.test, line, { as: office.supervisor, body: { verdict: "refused" } })
    expect(bare.status).toBe(400)
    expect((await deny(desk, office.supervisor, id, "too_wide")).body).toMatchObject({
      state: "refused",
      signed: [{ verdict: "refused", reason: "too_wide" }],
      ended: { reason: "refused" },
    })
    expect(await code(approve(desk, office.supervisor, id))).toBe("application.decided")
    expect(await code(lookUnder(desk, office.clerk, { id }))).toBe("use.none")
  })

  it("are refused by time, never approved by it", async () => {
    const id = await applyAs(desk, office.clerk)
    desk.test.time.ahead += 24 * hour
    expect(await code(approve(desk, office.supervisor, id))).toBe("application.timed_out")
    expect(await code(lookUnder(desk, office.clerk, { id }))).toBe("use.none")
    expect((await readApplication(desk, office.clerk, id)).body).toMatchObject({
      state: "refused",
      grant: null,
    })
  })

  it("leave a trace each, also when they are refused", async () => {
    const before = (await tracesOf(desk)).length
    const id = await applyAs(desk, office.clerk)
    done(await approve(desk, office.supervisor, id))
    const acts = (await tracesOf(desk)).slice(before).filter((one) => one.use_id === id)
    expect(acts.map(({ act, actor, fields }) => [act, actor, fields])).toEqual(
      expect.arrayContaining([
        ["use.apply", office.clerk.staffId, ["phone"]],
        ["use.approve", office.supervisor.staffId, ["phone"]],
      ]),
    )
    for (const { subjects } of acts) expect(subjects).toHaveLength(1)
  })
})

describe("nobody signs their own", () => {
  /** An account more of somebody, with another post. */
  async function secondAccount(
    of: TestStaff,
    post: "supervisor" | "manager" | "archivist",
  ): Promise<TestStaff> {
    const second = await hire(desk, post)
    const body = { staffId: second.staffId, sameAs: of.staffId }
    done(await send(desk.test, `POST ${at(desk, "/same-person")}`, { as: office.officer, body }))
    return second
  }

  it("in the post that they hold besides", async () => {
    const both = await hire(desk, "clerk", ["1"])
    await sql(
      desk,
      `insert into app.appointment (appointment_id, staff_id, post, tenant_id, community_id, valid_from)
       values (gen_random_uuid(), $1, 'manager', $2, $3, now() - interval '1 day')`,
      [both.staffId, desk.community.tenantId, desk.community.communityId],
    )
    const id = await applyAs(desk, both)
    // A manager's application, though they are a clerk too: no supervisor below them signs it.
    expect(await code(approve(desk, office.supervisor, id))).toBe("post.not_allowed")
    expect(await code(approve(desk, both, id))).toBe("application.own")
    expect(await code(approve(desk, office.officer, id))).toBe("done")
  })

  it("from a second account of theirs", async () => {
    const clerk = await hire(desk, "clerk", ["1"])
    const alias = await secondAccount(clerk, "supervisor")
    const id = await applyAs(desk, clerk)
    expect(await code(approve(desk, alias, id))).toBe("application.own")
    expect(await code(approve(desk, office.supervisor, id))).toBe("done")
  })

  it("from an account that turns out to be theirs before it signs", async () => {
    const clerk = await hire(desk, "clerk", ["1"])
    const id = await applyAs(desk, clerk)
    expect(await code(approve(desk, await secondAccount(clerk, "supervisor"), id))).toBe("application.own")
  })

  it("through a deputy: neither who stands in for them nor whom they put there", async () => {
    const { manager, supervisor, archivist, officer } = office
    const other = await hire(desk, "manager")
    const id = await applyAs(desk, supervisor)
    // The supervisor's own application needs a manager. The manager puts the supervisor in their stead.
    done(
      await setDuty(desk, officer, {
        post: "manager",
        forStaff: manager.staffId,
        deputy: supervisor.staffId,
      }),
    )
    expect(await code(approve(desk, supervisor, id))).toBe("application.own")
    done(
      await setDuty(desk, officer, { post: "manager", forStaff: other.staffId, deputy: archivist.staffId }),
    )
    expect(await code(approve(desk, archivist, id))).toBe("done")

    // A manager's application needs the privacy officer. Who stands in by the applicant's own hand does not count.
    const mine = await applyAs(desk, manager)
    done(
      await setDuty(desk, manager, {
        post: "privacy_officer",
        forStaff: officer.staffId,
        deputy: archivist.staffId,
      }),
    )
    expect(await code(approve(desk, archivist, mine))).toBe("application.own")
    done(
      await setDuty(desk, other, {
        post: "privacy_officer",
        forStaff: officer.staffId,
        deputy: archivist.staffId,
      }),
    )
    expect((await approve(desk, archivist, mine)).body).toMatchObject({
      state: "granted",
      signed: [{ post: "privacy_officer", by: { staffId: archivist.staffId }, insteadOf: "测privacy_" }],
    })
  })

  it("by whoever stands in for another account of theirs", async () => {
    const clerk = await hire(desk, "clerk", ["1"])
    const alias = await secondAccount(clerk, "supervisor")
    const deputy = await hire(desk, "archivist")
    done(
      await setDuty(desk, office.officer, {
        post: "supervisor",
        forStaff: alias.staffId,
        deputy: deputy.staffId,
      }),
    )
    expect(await code(approve(desk, deputy, await applyAs(desk, clerk)))).toBe("application.own")
  })

  it("and nobody signs two steps, nor through another", async () => {
    const { clerk, supervisor, officer } = office
    const wish = { purpose: "owners_meeting", fields: ["title_deed"] }
    const alias = await secondAccount(supervisor, "manager")
    const stand = await hire(desk, "archivist")
    done(await setDuty(desk, officer, { post: "manager", forStaff: alias.staffId, deputy: stand.staffId }))
    const id = await applyAs(desk, clerk, wish)
    done(await approve(desk, supervisor, id))
    expect(await code(approve(desk, alias, id))).toBe("application.signed_before")
    expect(await code(approve(desk, supervisor, id))).toBe("application.signed_before")
    expect(await code(approve(desk, stand, id))).toBe("application.own")
    expect(await code(approve(desk, await hire(desk, "manager"), id))).toBe("done")
  })

  it("not in the database either", async () => {
    const id = await applyAs(desk, office.clerk)
    const insert = (by: string, insteadOf: string | null) =>
      sql(
        desk,
        `insert into app.application_signed (community_id, application_id, step, post, verdict, fields, persons, hours, signed_by,
           signed_post, instead_of, building_ids, applicant, at)
         select community_id, application_id, 0, 'supervisor', 'approved', fields, '{}', hours, $2, 'supervisor', $3, building_ids,
           applicant, now() from app.application where application_id = $1`,
        [id, by, insteadOf],
      )
    const { clerk, archivist } = office
    await expect(insert(clerk.staffId, null)).rejects.toThrow("nobody_signs_their_own")
    await expect(insert(archivist.staffId, clerk.staffId)).rejects.toThrow("nobody_signs_their_own")
  })
})

describe("a deputy", () => {
  it("signs from the first to the last moment of the duty, within the reach of whom they stand in for", async () => {
    const deputy = await hire(desk, "archivist")
    const stood = await hire(desk, "supervisor", ["1"])
    const now = Date.now() + desk.test.time.ahead
    const duty = { post: "supervisor", forStaff: stood.staffId, deputy: deputy.staffId }
    done(await setDuty(desk, office.manager, { ...duty, from: now + hour, until: now + 2 * hour }))
    const here = await applyAs(desk, office.clerk)
    const elsewhere = await applyAs(desk, await hire(desk, "clerk"), {
      personIds: [resident(desk, "4").personId],
    })
    expect(await code(approve(desk, deputy, here))).toBe("post.not_allowed")
    desk.test.time.ahead += hour + 60_000
    expect(await code(approve(desk, deputy, elsewhere))).toBe("post.not_allowed")
    expect(await code(approve(desk, deputy, here))).toBe("done")
    const late = await applyAs(desk, office.clerk)
    desk.test.time.ahead += hour
    expect(await code(approve(desk, deputy, late))).toBe("post.not_allowed")
  })

  it("is put on the roster by a manager or the privacy officer, for who holds the post, by who signs", async () => {
    const { clerk, supervisor, archivist, manager } = office
    const duty = { post: "supervisor", forStaff: supervisor.staffId, deputy: archivist.staffId }
    expect(await code(setDuty(desk, supervisor, duty))).toBe("post.not_allowed")
    expect(await code(setDuty(desk, manager, { ...duty, deputy: clerk.staffId }))).toBe("duty.not_a_signer")
    expect(
      await code(
        setDuty(desk, manager, { ...duty, forStaff: archivist.staffId, deputy: supervisor.staffId }),
      ),
    ).toBe("duty.not_a_signer")
    done(await setDuty(desk, manager, duty))
    const { body } = await read(desk, supervisor, "/duties")
    expect(body["duties"]).toEqual(
      expect.arrayContaining([expect.objectContaining({ state: "running", post: "supervisor" })]),
    )
  })
})

describe("two at the same moment have one outcome", () => {
  it("double approval is one approval", async () => {
    const twin = await hire(desk, "supervisor", ["1"])
    for (let round = 0; round < 5; round += 1) {
      const id = await applyAs(desk, office.clerk)
      const codes = await Promise.all(
        [office.supervisor, twin, office.supervisor, twin].map((as) => code(approve(desk, as, id))),
      )
      expect(codes.toSorted()).toEqual([...Array.from({ length: 3 }, () => "application.decided"), "done"])
    }
  })

  it("approving while it is withdrawn leaves no grant, or a grant that is handed back", async () => {
    for (let round = 0; round < 5; round += 1) {
      const id = await applyAs(desk, office.clerk)
      await Promise.all([approve(desk, office.supervisor, id), end(desk, office.clerk, id)])
      expect(await code(lookUnder(desk, office.clerk, { id }))).toBe("use.ended")
      const { body } = await readApplication(desk, office.clerk, id)
      expect(body["state"]).toBe("ended")
    }
  })
})
