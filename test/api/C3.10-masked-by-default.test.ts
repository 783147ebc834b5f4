/** Clause 3.10: masked by default for everybody; the same value is masked the same way everywhere. */

import { afterAll, beforeAll, describe, expect, it } from "vitest"
import {
  appoint,
  fillRoster,
  makeCommunity,
  send,
  startHouse,
  syntheticRoster,
  type TestCommunity,
  type TestHouse,
  type TestStaff,
} from "../house.ts"

let test: TestHouse
let community: TestCommunity
let manager: TestStaff
let clerk: TestStaff
const roster = syntheticRoster(120, 4)

beforeAll(async () => {
  test = await startHouse()
  community = await makeCommunity(test, 1)
  manager = await fillRoster(test, community, roster)
  clerk = await appoint(test, { community, post: "clerk", buildingIds: ["3"] })
})
afterAll(() => test.close())

const path = () => `/api/communities/${community.communityId}`

describe("the masked list", () => {
  it("shows no value to a manager, only masks", async () => {
    const reply = await send(test, `GET ${path()}/owners?limit=200`, { as: manager })
    expect(reply.status).toBe(200)
    expect(reply.body["owners"]).toHaveLength(120)
    for (const { facts } of roster) {
      for (const value of [...(facts.name ?? []), ...(facts.phone ?? [])])
        expect(reply.text).not.toContain(value)
    }
    expect(reply.text).toContain('"phone":"139****')
  })

  it("pages by cursor without losing or repeating anybody", async () => {
    const seen: string[] = []
    let after = ""
    for (let page = 0; page < 10; page += 1) {
      const reply = await send(test, `GET ${path()}/owners?limit=50${after}`, { as: manager })
      const owners = reply.body["owners"]
      if (!Array.isArray(owners)) throw new Error("no list")
      seen.push(...owners.map((owner: { residenceId: string }) => owner.residenceId))
      if (typeof reply.body["next"] !== "string") break
      after = `&after=${reply.body["next"]}`
    }
    expect(seen).toHaveLength(120)
    expect(new Set(seen).size).toBe(120)
  })

  it("shows a clerk of building 3 that building and nothing else", async () => {
    const own = await send(test, `GET ${path()}/owners?limit=200`, { as: clerk })
    expect(own.body["owners"]).toHaveLength(30)
    const other = await send(test, `GET ${path()}/owners?building=4`, { as: clerk })
    expect(other.body["owners"]).toEqual([])
  })
})

describe("the search", () => {
  const [first] = roster
  const phone = first?.facts.phone?.[0] ?? ""
  const cases: Array<[string, string]> = [
    ["phone", phone],
    ["phone_last4", phone.slice(-4)],
    ["name", first?.facts.name?.[0] ?? ""],
    ["plate", first?.facts.plate?.[0] ?? ""],
    ["home", "1-1-101"],
  ]
  it.each(cases)("finds by %s and answers with masks", async (kind, text) => {
    const reply = await send(test, `POST ${path()}/owners/search`, { as: manager, body: { text } })
    expect(reply.body["kind"]).toBe(kind)
    expect(reply.text).toContain('"home":"1栋1单元101"')
    expect(reply.text).not.toContain(phone)
  })

  it("finds nobody of another building for a clerk of building 3", async () => {
    const reply = await send(test, `POST ${path()}/owners/search`, { as: clerk, body: { text: phone } })
    expect(reply.body["owners"]).toEqual([])
  })

  it("refuses a prefix of a phone", async () => {
    const reply = await send(test, `POST ${path()}/owners/search`, { as: manager, body: { text: "139000" } })
    expect(reply).toMatchObject({ status: 422, body: { code: "search.unclear" } })
  })
})
