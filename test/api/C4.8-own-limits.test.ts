/** Clauses 1.5, 4.8, 6.4: a company sets its own numbers by two signatures, stricter than the law and never laxer. */

import { afterAll, beforeAll, describe, expect, it } from "vitest"
import type { DraftDetail, RegimeTextView } from "../../src/lifecycle/catalogue/regime-desk-contract.ts"
import { type Desk, done, hire, lookAt, openDesk, openOrder, read } from "../orders.ts"
import { activate, begin, type RegimeDesk, save, saved, sign, staffRegime } from "../regime-desk.ts"

let desk: Desk
let room: RegimeDesk
beforeAll(async () => {
  desk = await openDesk()
  room = await staffRegime(desk)
})
afterAll(() => desk.test.close())

function limitsIn({ text }: DraftDetail): NonNullable<RegimeTextView["limits"]> {
  if (text.limits === undefined) throw new Error("a draft without numbers")
  return text.limits
}

function withCap(draft: DraftDetail, limit: number): RegimeTextView {
  const { caps, ...others } = limitsIn(draft)
  return { ...draft.text, limits: { ...others, caps: { ...caps, lines: { ...caps.lines, other: limit } } } }
}

describe("a limit of one's own", () => {
  it("holds once two have signed, and is shown to whom it holds for", async () => {
    const clerk = await hire(desk, "clerk", ["1"])
    const orders = [
      await openOrder(desk, clerk, { phone: "13900001111" }),
      await openOrder(desk, clerk, { phone: "13900002222" }),
    ] as const
    const draft = await begin(room)
    const changed = await saved(room, draft, withCap(draft, 1))
    expect(limitsIn(changed).caps.lines["other"]).toBe(1)
    await activate(room, changed)
    done(await lookAt(desk, clerk, orders[0]))
    expect((await lookAt(desk, clerk, orders[1])).body).toMatchObject({
      code: "use.cap_reached",
      facts: { line: "other", limit: 1 },
    })
    const back = await begin(room)
    await activate(room, await saved(room, back, withCap(back, 2_500)))
    done(await lookAt(desk, clerk, orders[1]))
  })

  it("above the law's is not signed", async () => {
    const draft = await begin(room)
    const lax = await saved(room, draft, withCap(draft, 2_501))
    expect(lax.contradictions).toEqual([{ code: "cap_too_high", facts: { line: "other", most: "2500" } }])
    expect(await sign(room, lax, { as: room.officer })).toMatchObject({
      status: 422,
      body: { code: "regime.contradicts" },
    })
  })

  it("that is no number of households is refused where it comes in", async () => {
    const draft = await begin(room)
    const limits = { ...limitsIn(draft), statistics: { fewestHouseholds: 4 } }
    expect(await save(room, draft, { ...draft.text, limits })).toMatchObject({
      status: 400,
      body: { code: "request.malformed" },
    })
    expect((await read(desk, room.manager, `/regime/drafts/${draft.draftId}`)).body["change"]).toBe(1)
  })
})

describe("a rule of watchfulness", () => {
  it("that is switched off stays off in the next version, whose text does not speak of it", async () => {
    const draft = await begin(room)
    const { watch, ...others } = limitsIn(draft)
    const text = { ...draft.text, limits: { ...others, watch: { ...watch, off: ["haste" as const] } } }
    await activate(room, await saved(room, draft, text))
    const { limits: _limits, ...silent } = text
    await activate(room, await saved(room, await begin(room), silent))
    expect(desk.test.house.regime().watch?.off).toEqual(["haste"])
  })
})
