import { describe, expect, it } from "vitest"
import { Refusal } from "../../base/refusal.ts"
import { regimeV1 } from "../catalogue/regime-v1.ts"
import { type Channel, channelCodes, pass, refuseBeyondMatrix, registerOf } from "./channel.ts"
import { noticeOf } from "./notice.ts"

const written: Channel = {
  channel: "parking",
  version: 1,
  state: "in_use",
  purposes: ["parking"],
  fields: ["plate", "name"],
  responsible: "someone",
}
const register = registerOf(regimeV1, [written])

function code(work: () => unknown): string {
  try {
    work()
    return "passed"
  } catch (error) {
    if (error instanceof Refusal) return error.code
    throw error
  }
}

describe("the register", () => {
  it("names every channel once; what nobody registered is stopped", () => {
    expect(register.map(({ channel }) => channel)).toEqual([...channelCodes])
    const stopped = register.filter(({ state }) => state === "stopped").map(({ channel }) => channel)
    expect(stopped).toEqual(["app", "call_centre", "gate", "pms"])
  })

  it.each<[string, Parameters<typeof pass>[1], string]>([
    ["lets through what it lists", { channel: "parking", purpose: "parking", fields: ["plate"] }, "passed"],
    [
      "refuses a field",
      { channel: "parking", purpose: "parking", fields: ["phone"] },
      "channel.field_not_listed",
    ],
    ["refuses a purpose", { channel: "parking", purpose: "fee", fields: [] }, "channel.purpose_not_listed"],
    ["refuses all while stopped", { channel: "gate", purpose: "gate", fields: [] }, "channel.stopped"],
  ])("%s", (_what, passage, due) => {
    expect(code(() => pass(register, passage))).toBe(due)
  })

  it("lists nothing beyond the matrix", () => {
    expect(code(() => refuseBeyondMatrix(regimeV1, { purposes: ["parking"], fields: ["plate"] }))).toBe(
      "passed",
    )
    const beyond = { purposes: ["parking"], fields: ["health"] }
    expect(code(() => refuseBeyondMatrix(regimeV1, beyond))).toBe("channel.field_forbidden")
    expect(code(() => refuseBeyondMatrix(regimeV1, { purposes: ["backup"], fields: [] }))).toBe(
      "channel.purpose_unknown",
    )
  })
})

describe("the notice", () => {
  it("tells what channels in use take, with how long it is kept", () => {
    const { collected, version } = noticeOf(regimeV1, register)
    expect(version).toBe(1)
    const parking = collected.find((one) => one.code === "parking")
    expect(parking?.channels).toEqual(["desk", "paper", "phone", "parking"])
    expect(parking?.fields.find((one) => one.code === "plate")?.retention["zh-CN"]).toContain("销毁")
  })

  it("leaves out a purpose that no channel in use serves, and a field that none of them lists", () => {
    const only = register.map((one) =>
      one.channel === "parking" ? one : { ...one, state: "stopped" as const },
    )
    const { collected } = noticeOf(regimeV1, only)
    expect(collected.map(({ code: purpose }) => purpose)).toEqual(["parking"])
    expect(collected[0]?.fields.map(({ code: field }) => field).toSorted()).toEqual(["name", "plate"])
  })

  it("lists what is handed out, and is empty where nothing is", () => {
    expect(noticeOf(regimeV1, register).shared).toHaveLength(1)
    const kept = { ...regimeV1, purposes: regimeV1.purposes.map((one) => ({ ...one, isShared: false })) }
    expect(noticeOf(kept, register).shared).toEqual([])
  })
})
