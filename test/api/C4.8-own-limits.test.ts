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

function withNumber({ text, ...draft }: DraftDetail, name: string, value: number): RegimeTextView {
  const { numbers, off } = limitsIn({ text, ...draft })
  return { ...text, limits: { numbers: { ...numbers, [name]: value }, off } }
}

const cap = "caps.lines.other"

describe("a limit of one's own", () => {
  it("holds once two have signed, and is shown to whom it holds for", async () => {
    const clerk = await hire(desk, "clerk", ["1"])
    const orders = [
      await openOrder(desk, clerk, { phone: "13900001111" }),
      await openOrder(desk, clerk, { phone: "13900002222" }),
    ] as const
    const draft = await begin(room)
    const changed = await saved(room, draft, withNumber(draft, cap, 1))
    expect(limitsIn(changed).numbers[cap]).toBe(1)
    await activate(room, changed)
    done(await lookAt(desk, clerk, orders[0]))
    expect((await lookAt(desk, clerk, orders[1])).body).toMatchObject({
      code: "use.cap_reached",
      facts: { line: "other", limit: 1 },
    })
    const back = await begin(room)
    await activate(room, await saved(room, back, withNumber(back, cap, 2_500)))
    done(await lookAt(desk, clerk, orders[1]))
  })

  it.each([
    [cap, 2_501],
    ["statistics.fewestHouseholds", 4],
    ["watch.chance", 0],
  ])("is refused where it comes in: %s at %d", async (name, value) => {
    const draft = await begin(room)
    expect(await save(room, draft, withNumber(draft, name, value))).toMatchObject({
      status: 400,
      body: { code: "request.malformed" },
    })
    expect((await read(desk, room.manager, `/regime/drafts/${draft.draftId}`)).body["change"]).toBe(1)
  })

  it("that closes a household before anybody has to apply is not signed", async () => {
    const draft = await begin(room)
    const crossed = await saved(room, draft, withNumber(draft, "mosaic.applyAt", 41))
    expect(crossed.contradictions).toEqual([{ code: "lines_crossed", facts: {} }])
    expect(await sign(room, crossed, { as: room.officer })).toMatchObject({
      status: 422,
      body: { code: "regime.contradicts" },
    })
  })
})

describe("a rule of watchfulness", () => {
  it("that is switched off stays off, whatever is saved without a word of it", async () => {
    const draft = await begin(room)
    const { numbers } = limitsIn(draft)
    const first = await saved(room, draft, { ...draft.text, limits: { numbers, off: ["haste"] } })
    const { limits: _first, ...silent } = first.text
    const second = await saved(room, first, silent)
    expect(limitsIn(second).off).toEqual(["haste"])
    await activate(room, second)
    await activate(room, await saved(room, await begin(room), silent))
    expect(desk.test.house.regime().own).toEqual({ numbers: {}, off: ["haste"] })
  })
})
