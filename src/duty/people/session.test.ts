import { describe, expect, test } from "vitest"
import { regimeV1 } from "../../lifecycle/catalogue/regime-v1.ts"
import { meOf } from "./me.ts"
import type { Post } from "./post.ts"
import type { Appointment } from "./reach.ts"
import { homeOf, mustEnrol, type Session } from "./session.ts"

const now = 1000

function held(post: Post, communityId: string | null, from = 0): Appointment {
  return { post, communityId, buildingIds: null, from, until: null }
}

function sessionOf(appointments: readonly Appointment[], more: Partial<Session> = {}): Session {
  return {
    tokenHash: Buffer.alloc(32),
    staffId: "5f0c2f0e-0000-7000-8000-000000000001",
    name: "测试员",
    login: "tester",
    tenantId: "1",
    company: "测试物业",
    demonstration: false,
    mustChangePassword: false,
    hasSecondFactor: false,
    appointments,
    communities: [
      { communityId: "1", name: "一区", demonstration: false },
      { communityId: "2", name: "二区", demonstration: false },
    ],
    ...more,
  }
}

describe("a powerful post needs a second factor", () => {
  test.each<[Post, boolean]>([
    ["privacy_officer", true],
    ["system_admin", true],
    ["security_admin", true],
    ["auditor", true],
    ["clerk", false],
    ["repairer", false],
  ])("%s: %s", (post, isOwed) => {
    expect(mustEnrol(regimeV1, sessionOf([held(post, "1")]), now)).toBe(isOwed)
  })

  test("but not twice, not before the post starts and not in the demonstration", () => {
    const officer = [held("privacy_officer", null)]
    expect(mustEnrol(regimeV1, sessionOf(officer, { hasSecondFactor: true }), now)).toBe(false)
    expect(mustEnrol(regimeV1, sessionOf(officer, { demonstration: true }), now)).toBe(false)
    expect(mustEnrol(regimeV1, sessionOf([held("privacy_officer", null, now + 1)]), now)).toBe(false)
  })
})

describe("where a person acts who acts nowhere in particular", () => {
  test.each<[string, readonly Appointment[], string, string]>([
    ["in the community of the first post held", [held("clerk", "2"), held("manager", "1")], "2", "clerk"],
    ["in the company's first community with a post over all", [held("auditor", null)], "1", "auditor"],
    ["in the company's first community without a post", [held("clerk", "2", now + 1)], "1", "none"],
  ])("%s", (_, appointments, communityId, post) => {
    expect(homeOf(sessionOf(appointments), now)).toEqual({ communityId, post })
  })

  test("in none when the company has none", () => {
    expect(homeOf(sessionOf([], { communities: [] }), now)).toEqual({ communityId: "0", post: "none" })
  })
})

describe("what a person is told", () => {
  test("communities without a post are not named", () => {
    const me = meOf(regimeV1, sessionOf([held("clerk", "2")]), now)
    expect(me.reaches.map((reach) => reach.communityName)).toEqual(["二区"])
    expect(me.reaches[0]).toMatchObject({ posts: ["clerk"], buildingIds: null, demonstration: false })
  })

  test("administrators have classes of nobody", () => {
    const me = meOf(regimeV1, sessionOf([held("system_admin", "1")]), now)
    expect(me.reaches[0]?.classes).toEqual([])
  })
})
