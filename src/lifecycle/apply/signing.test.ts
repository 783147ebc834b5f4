import { describe, expect, test } from "vitest"
import { type Duty, type Hands, type Held, type Step, signAs } from "./signing.ts"

const step: Step = {
  post: "supervisor",
  later: ["manager"],
  applicant: "clerk",
  buildingIds: ["1"],
  signers: [],
}
const held = (staffId: string, post: string, isSuspended = false): Held => ({
  staffId,
  post,
  buildingIds: ["1", "2"],
  isSuspended,
})
const duty: Duty = { post: "supervisor", forStaff: "supervisor", deputy: "archivist", madeBy: "manager" }
const hands = (some: Partial<Hands>): Hands => ({
  held: [held("supervisor", "supervisor"), held("archivist", "archivist")],
  duties: [duty],
  personOf: (staffId) => staffId,
  isSuspended: false,
  ...some,
})

describe("whoever is suspended", () => {
  test("signs nothing, in their own right or as a deputy", () => {
    expect(signAs("supervisor", step, hands({ isSuspended: true }))).toEqual({ refusal: "session.none" })
    expect(signAs("archivist", step, hands({ isSuspended: true }))).toEqual({ refusal: "session.none" })
    expect(signAs("supervisor", step, hands({}))).toEqual({ insteadOf: null })
  })

  test("is stood in for, as anybody who is away", () => {
    const away = [held("supervisor", "supervisor", true), held("archivist", "archivist")]
    expect(signAs("archivist", step, hands({ held: away }))).toEqual({ insteadOf: "supervisor" })
    expect(signAs("archivist", step, hands({ held: away, duties: [] }))).toEqual({
      refusal: "post.not_allowed",
    })
  })
})

describe("whose turn it is", () => {
  const manager = [...hands({}).held, held("manager", "manager")]

  test("is told to whoever signs later, in their own right or as a deputy", () => {
    const told = { refusal: "application.later_turn", turn: "supervisor" }
    expect(signAs("manager", step, hands({ held: manager }))).toEqual(told)
    const deputy = { ...duty, post: "manager", forStaff: "manager", deputy: "officer" }
    expect(signAs("officer", step, hands({ held: manager, duties: [deputy] }))).toEqual(told)
  })

  test("is not told to whoever signs none of the steps, or none any more", () => {
    const never = { refusal: "post.not_allowed" }
    expect(signAs("archivist", step, hands({ duties: [] }))).toEqual(never)
    expect(signAs("manager", { ...step, later: [] }, hands({ held: manager }))).toEqual(never)
    const elsewhere = [{ ...held("manager", "manager"), buildingIds: ["2"] }]
    expect(signAs("manager", step, hands({ held: elsewhere }))).toEqual(never)
  })
})
