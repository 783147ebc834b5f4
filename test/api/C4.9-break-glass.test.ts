/** Clause 4.9: in an emergency one household's contact opens at once, after the password again, for half an hour, and never what is closed. */

import { randomUUID } from "node:crypto"
import { Secret } from "otpauth"
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest"
import { sealSecret } from "../../src/duty/people/sealed-secret.ts"
import { isClosedKind } from "../../src/lifecycle/catalogue/closed-kind.ts"
import { emergencyFields } from "../../src/lifecycle/catalogue/emergency-shape.ts"
import { fieldCodes } from "../../src/lifecycle/catalogue/field.ts"
import { breakAs, endEmergency, lookIn, readEmergency, tryBreak, withPassword } from "../emergencies.ts"
import { send, type TestHouse, type TestStaff } from "../house.ts"
import { at, type Desk, done, hire, openDesk, resident, sql, tracesOf } from "../orders.ts"
import { codeAt } from "../people.ts"
import { openSecond } from "../second-house.ts"

const minute = 60_000

let desk: Desk
let clerk: TestStaff
let supervisor: TestStaff
let second: TestHouse

beforeAll(async () => {
  desk = await openDesk()
  clerk = await withPassword(desk, "clerk", ["1"])
  supervisor = await withPassword(desk, "supervisor", ["1", "2"])
  second = await openSecond(desk.test)
})
/** Passwords are proven at a pace: a test is not about that. */
beforeEach(() => {
  desk.test.time.ahead += 61_000
})
afterAll(async () => {
  await second.close()
  await desk.test.close()
})

const codeOf = ({ status, body }: { status: number; body: Record<string, unknown> }) =>
  status === 200 ? "done" : body["code"]
const look = async (id: string, asked: { field?: string; personId?: string; as?: TestStaff } = {}) =>
  codeOf(await lookIn(desk, asked.as ?? clerk, { id, ...asked }))
const rowsOf = (table: string) => sql(desk, `select from ${table}`)

describe("breaking the glass", () => {
  it("opens the phone of the one household at once, without any order", async () => {
    const id = await breakAs(desk, clerk)
    expect((await lookIn(desk, clerk, { id })).body).toMatchObject({
      values: [resident(desk, "1").phone],
      seconds: 30,
    })
    const { body } = await readEmergency(desk, clerk, id)
    expect(body).toMatchObject({ state: "running", rule: "emergency.household", fields: ["phone"] })
    expect(Date.parse(String(body["until"])) - Date.now() - desk.test.time.ahead).toBeLessThanOrEqual(
      30 * minute,
    )
    done(await endEmergency(desk, clerk, id))
  })

  it("is in the trace as an act of its own, with whom it concerns and no value", async () => {
    const id = await breakAs(desk, clerk)
    done(await lookIn(desk, clerk, { id }))
    done(await endEmergency(desk, clerk, id))
    const traces = (await tracesOf(desk)).filter((one) => one.use_id === id && one.act !== "emergency.read")
    expect(traces.map(({ act, clause, outcome }) => [act, clause, outcome])).toEqual([
      ["emergency.break", "4.9", "done"],
      ["use.look", "4.9", "done"],
      ["emergency.end", "4.9", "done"],
    ])
    for (const { subjects, purpose } of traces) expect([subjects.length, purpose]).toEqual([1, "emergency"])
  })

  it("opens nothing without the password, or with a wrong one, and says so in the trace", async () => {
    const before = await rowsOf("app.emergency")
    expect(codeOf(await tryBreak(desk, clerk, { password: "not-the-password" }))).toBe("sign_in.wrong")
    const { password: _, ...body } = { password: "", homeId: resident(desk, "1").homeId }
    const bare = await send(desk.test, `POST ${at(desk, "/emergencies")}`, { as: clerk, body })
    expect([bare.status, bare.body["code"]]).toEqual([400, "request.malformed"])
    expect(await rowsOf("app.emergency")).toHaveLength(before.length)
    const refused = (await tracesOf(desk)).filter((one) => one.act === "people.prove_again")
    expect(refused.map((one) => [one.actor, one.outcome])).toEqual([[clerk.staffId, "refused"]])
  })

  it("asks for the code where one is enrolled, and each code counts once", async () => {
    const manager = await withPassword(desk, "manager")
    const secret = new Secret({ size: 20 }).base32
    const whom = { staffId: manager.staffId, tenantId: desk.community.tenantId }
    const sealed = await sealSecret(desk.test.house.keyring, whom, secret)
    await sql(desk, "update app.credential set second_factor = $2 where staff_id = $1", [
      manager.staffId,
      sealed,
    ])
    expect(codeOf(await tryBreak(desk, manager))).toBe("session.code_needed")
    expect(codeOf(await tryBreak(desk, manager, { code: "000000" }))).toBe("code.wrong")
    const code = codeAt(secret, Date.now() + desk.test.time.ahead)
    const id = await breakAs(desk, manager, { code })
    done(await endEmergency(desk, manager, id))
    expect(codeOf(await tryBreak(desk, manager, { code }))).toBe("code.wrong")
  })

  it("locks after wrong passwords like the door, and not after right ones", async () => {
    const guesser = await withPassword(desk, "clerk", ["1"])
    for (let times = 0; times < 3; times += 1) {
      const id = await breakAs(desk, guesser)
      done(await endEmergency(desk, guesser, id))
    }
    for (let times = 0; times < 5; times += 1)
      expect(codeOf(await tryBreak(desk, guesser, { password: "wrong-again" }))).toBe("sign_in.wrong")
    expect(codeOf(await tryBreak(desk, guesser))).toBe("sign_in.locked")
  })

  it("sent again with the same id is one emergency; another's id is absent", async () => {
    const id = await breakAs(desk, clerk)
    expect(await breakAs(desk, clerk, { emergencyId: id })).toBe(id)
    expect(await sql(desk, "select from app.emergency where emergency_id = $1", [id])).toHaveLength(1)
    expect(codeOf(await tryBreak(desk, supervisor, { emergencyId: id }))).toBe("thing.absent")
    done(await endEmergency(desk, clerk, id))
  })

  it("is for those at the desk of the building: out of reach the home is absent, to other posts closed", async () => {
    const { homeId } = resident(desk, "2")
    expect((await tryBreak(desk, clerk, { homeId })).status).toBe(404)
    expect(codeOf(await tryBreak(desk, clerk, { homeId }))).toBe("thing.absent")
    for (const post of ["repairer", "archivist", "privacy_officer", "auditor"] as const)
      expect(codeOf(await tryBreak(desk, await hire(desk, post)))).toBe("post.not_allowed")
  })

  it("needs a reason of the list and a sentence, whose numbers are masked", async () => {
    const id = await breakAs(desk, clerk, { words: "漏水，他留的 13900001234 打不通" })
    const { body } = await readEmergency(desk, clerk, id)
    expect(body["words"]).toBe("漏水，他留的 139****1234 打不通")
    done(await endEmergency(desk, clerk, id))
    for (const cry of [{ reason: "curious" }, { words: "急" }])
      expect((await tryBreak(desk, clerk, cry)).status).toBe(400)
  })
})

describe("what is closed", () => {
  const closed = fieldCodes.filter(isClosedKind)

  it("is trajectory, identity number, health, children, and all that is sensitive; or unknown", () => {
    for (const field of [
      "gate_event",
      "vehicle_event",
      "location",
      "id_number",
      "health",
      "children",
      "face",
    ])
      expect([field, isClosedKind(field)]).toEqual([field, true])
    expect(isClosedKind("no_such_field")).toBe(true)
    expect(emergencyFields.filter(isClosedKind)).toEqual([])
  })

  it("is broken by nobody: refused before a password is looked at, at the break and at the look", async () => {
    for (const field of closed)
      expect(codeOf(await tryBreak(desk, supervisor, { fields: ["phone", field], password: "x" }))).toBe(
        "emergency.closed_kind",
      )
    expect(codeOf(await tryBreak(desk, supervisor, { fields: ["employer"] }))).toBe(
      "emergency.field_not_open",
    )
    const id = await breakAs(desk, clerk)
    for (const field of closed)
      expect([field, await look(id, { field })]).toEqual([field, "emergency.closed_kind"])
    expect(await look(id, { field: "landline" })).toBe("use.field_not_granted")
    done(await endEmergency(desk, clerk, id))
  })

  it("is refused by the database too, whoever writes", async () => {
    const [row] = await sql<{ row: object; late: Date }>(
      desk,
      "select to_jsonb(e) as row, e.at + interval '31 minutes' as late from app.emergency e limit 1",
    )
    const other = { emergency_id: randomUUID(), number: randomUUID(), applicant: randomUUID() }
    const write = (change: object) =>
      sql(
        desk,
        "insert into app.emergency overriding system value select * from jsonb_populate_record(null::app.emergency, $1)",
        [JSON.stringify({ ...row?.row, ...other, ...change })],
      )
    for (const field of [...closed, "employer"])
      await expect(write({ fields: ["phone", field] })).rejects.toThrow("emergency_opens_no_closed_kind")
    await expect(write({ until: row?.late })).rejects.toThrow("emergency_lasts_half_an_hour_at_most")
    await write({ fields: ["phone"] })
  })
})

describe("what was opened", () => {
  it("is one household: no other person, and no second home while it runs, by no account", async () => {
    const id = await breakAs(desk, clerk)
    const neighbour = resident(desk, "1", 1)
    expect(await look(id, { personId: neighbour.personId })).not.toBe("done")
    expect(codeOf(await tryBreak(desk, clerk, { homeId: neighbour.homeId }))).toBe("emergency.running")
    const alias = await withPassword(desk, "clerk", ["1"])
    const person = randomUUID()
    for (const { staffId } of [clerk, alias])
      await sql(desk, "insert into app.same_person values ($1, $2, $1, now())", [staffId, person])
    expect(codeOf(await tryBreak(desk, alias, { homeId: neighbour.homeId }))).toBe("emergency.running")
    done(await endEmergency(desk, clerk, id))
    const next = await breakAs(desk, alias, { homeId: neighbour.homeId })
    expect(await look(next, { personId: neighbour.personId, as: alias })).toBe("done")
    done(await endEmergency(desk, alias, next))
    await sql(desk, "delete from app.same_person where person_id = $1", [person])
  })

  it("is once, of two that ask at the same moment on two processes", async () => {
    const home = { homeId: resident(desk, "1", 1).homeId }
    const tries = await Promise.all([tryBreak(desk, clerk), tryBreak({ ...desk, test: second }, clerk, home)])
    expect(tries.map(codeOf).toSorted()).toEqual(["done", "emergency.running"])
    for (const reply of tries)
      if (reply.status === 200) done(await endEmergency(desk, clerk, String(reply.body["emergencyId"])))
  })

  it("is for whoever broke the glass: a colleague does not see it, a supervisor reads no value", async () => {
    const id = await breakAs(desk, clerk)
    const colleague = await hire(desk, "clerk", ["1"])
    expect(await look(id, { as: colleague })).toBe("thing.absent")
    expect(await look(id, { as: supervisor })).toBe("use.none")
    const far = await hire(desk, "supervisor", ["3"])
    expect((await readEmergency(desk, far, id)).status).toBe(404)
    const read = done(await readEmergency(desk, supervisor, id))
    expect(read.text).not.toContain(resident(desk, "1").phone)
    done(await endEmergency(desk, clerk, id))
  })

  it("ends when it is handed back, and when it is stopped", async () => {
    const own = await breakAs(desk, clerk)
    expect(await look(own)).toBe("done")
    done(await endEmergency(desk, clerk, own))
    expect(await look(own)).toBe("use.ended")
    expect(codeOf(await endEmergency(desk, clerk, own))).toBe("emergency.over")
    const stopped = await breakAs(desk, clerk)
    done(await endEmergency({ ...desk, test: second }, await hire(desk, "privacy_officer"), stopped))
    expect(await look(stopped)).toBe("use.ended")
    expect((await readEmergency(desk, clerk, stopped)).body["ended"]).toMatchObject({ reason: "stopped" })
  })

  it("ends with its half hour", async () => {
    const id = await breakAs(desk, clerk)
    desk.test.time.ahead += 29 * minute
    expect(await look(id)).toBe("done")
    desk.test.time.ahead += minute
    expect(await look(id)).toBe("use.ended")
    expect((await readEmergency(desk, clerk, id)).body).toMatchObject({
      state: "to_review",
      ended: { reason: "time", by: null },
    })
  })

  it("ends with the reach, and at once with whoever leaves", async () => {
    const mover = await withPassword(desk, "clerk", ["1"])
    const id = await breakAs(desk, mover)
    await sql(desk, "update app.appointment set building_ids = '{2}' where staff_id = $1", [mover.staffId])
    desk.test.time.ahead += 3_000
    expect(await look(id, { as: mover })).toBe("use.ended")
    const leaver = await withPassword(desk, "clerk", ["1"])
    const left = await breakAs(desk, leaver)
    const officer = await hire(desk, "privacy_officer")
    done(
      await send(desk.test, `POST ${at(desk, `/staff/${leaver.staffId}/leave`)}`, { as: officer, body: {} }),
    )
    expect((await lookIn(desk, leaver, { id: left })).status).toBe(401)
    expect((await readEmergency(desk, officer, left)).body).toMatchObject({ ended: { reason: "left" } })
  })

  it("counts towards the caps of 4.8", async () => {
    const counting = await withPassword(desk, "clerk", ["1"])
    const id = await breakAs(desk, counting)
    for (let times = 0; times < 3; times += 1) expect(await look(id, { as: counting })).toBe("done")
    const marks = "select line, field from app.cap_mark where person_id = $1"
    expect(await sql(desk, marks, [counting.staffId])).toEqual([{ line: "other", field: "phone" }])
  })

  it("has no child of under 14 among it", async () => {
    const { personId, homeId } = resident(desk, "1", 2)
    const minor = `POST ${at(desk, `/persons/${personId}/minor`)}` as const
    done(await send(desk.test, minor, { as: clerk, body: {} }))
    expect(codeOf(await tryBreak(desk, clerk, { homeId }))).toBe("emergency.nobody")
  })
})
