/** Clause 2.10: a child under 14 is looked at by no order, only with the guardian's consent and a named approver for every look. */

import { afterAll, beforeAll, describe, expect, it } from "vitest"
import {
  applyAs,
  approve,
  lookUnder,
  type Office,
  readApplication,
  setToNoon,
  staffOffice,
  tryApply,
} from "../applications.ts"
import { answer, writeText } from "../consents.ts"
import { send } from "../house.ts"
import { at, type Desk, dispatch, done, hire, lookAt, openDesk, openOrder, resident } from "../orders.ts"

let desk: Desk
let office: Office
let child: string

beforeAll(async () => {
  desk = await openDesk()
  setToNoon(desk)
  office = await staffOffice(desk)
  done(await writeText(desk, office.officer))
  child = resident(desk, "1").personId
})
afterAll(() => desk.test.close())

const guardian = { relation: "mother", name: "赵一一" }
const codeOf = ({ status, body }: { status: number; body: Record<string, unknown> }) =>
  status === 200 ? "done" : body["code"]
const greeting = { purpose: "greeting", fields: ["phone"] }
const look = async (id: string) => codeOf(await lookUnder(desk, office.clerk, { id }))

describe("a child under 14", () => {
  it("is seen under an order until it is noted, and by nobody's order afterwards", async () => {
    const order = await openOrder(desk, office.clerk)
    const repairer = await hire(desk, "repairer")
    done(await dispatch(desk, office.clerk, order, repairer))
    expect(codeOf(await lookAt(desk, office.supervisor, order))).toBe("done")
    const minor = `POST ${at(desk, `/persons/${child}/minor`)}` as const
    done(await send(desk.test, minor, { as: office.clerk, body: {} }))
    for (const as of [office.supervisor, repairer])
      expect(codeOf(await lookAt(desk, as, order))).toBe("minor.by_order")
    const grown = await openOrder(desk, office.supervisor, { building: "2" })
    expect(codeOf(await lookAt(desk, office.supervisor, grown))).toBe("done")
  })

  it("is not applied for without the guardian: what the child said counts for nothing", async () => {
    const { personId } = resident(desk, "1", 2)
    done((await answer(desk, office.clerk, { personId })).reply)
    done(
      await send(desk.test, `POST ${at(desk, `/persons/${personId}/minor`)}`, { as: office.clerk, body: {} }),
    )
    for (const one of [child, personId])
      expect(codeOf(await tryApply(desk, office.clerk, { ...greeting, personIds: [one] }))).toBe(
        "minor.no_consent",
      )
    expect(codeOf(await tryApply(desk, office.clerk))).toBe("minor.no_consent")
    const grown = { personIds: [resident(desk, "1", 1).personId] }
    expect(codeOf(await tryApply(desk, office.clerk, grown))).toBe("done")
  })

  it("is seen once, with the guardian's consent and the officer's signature", async () => {
    done((await answer(desk, office.clerk, { personId: child, guardian })).reply)
    const id = await applyAs(desk, office.clerk, greeting)
    expect((await readApplication(desk, office.clerk, id)).body).toMatchObject({
      posts: ["supervisor", "privacy_officer"],
      single: true,
      hints: expect.arrayContaining(["under_14"]),
    })
    done(await approve(desk, office.supervisor, id))
    expect(await look(id)).toBe("use.none")
    expect(codeOf(await approve(desk, office.manager, id))).toBe("post.not_allowed")
    done(await approve(desk, office.officer, id))
    expect(await look(id)).toBe("done")
    expect(await look(id)).toBe("use.shown_once")
  })

  it("is seen no more once the guardian takes it back", async () => {
    const id = await applyAs(desk, office.clerk, greeting)
    done(await approve(desk, office.supervisor, id))
    done(await approve(desk, office.officer, id))
    done(
      (await answer(desk, office.clerk, { personId: child, kind: "withdrawn", evidence: undefined })).reply,
    )
    expect(await look(id)).toBe("minor.no_consent")
  })

  it("is not seen under what was granted before it was noted", async () => {
    const { personId } = resident(desk, "1", 1)
    const id = await applyAs(desk, office.clerk, { personIds: [personId] })
    done(await approve(desk, office.supervisor, id))
    const minor = `POST ${at(desk, `/persons/${personId}/minor`)}` as const
    done(await send(desk.test, minor, { as: office.clerk, body: {} }))
    expect(codeOf(await lookUnder(desk, office.clerk, { id, personId }))).toBe("minor.by_order")
  })
})
