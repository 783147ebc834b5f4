import { describe, expect, test } from "vitest"
import { regimeV1 } from "../../lifecycle/catalogue/regime-v1.ts"
import type { Post } from "./post.ts"
import type { Appointment } from "./reach.ts"
import { isRunning, managedBy, refuseBeyond, refuseExclusive, refuseSelf } from "./separation.ts"

const now = 1000
const held = (post: Post, communityId: string | null, until: number | null = null): Appointment => ({
  post,
  communityId,
  buildingIds: null,
  from: 0,
  until,
})

describe("administrators apart", () => {
  test.each<[Post, Post]>([
    ["system_admin", "security_admin"],
    ["system_admin", "auditor"],
    ["security_admin", "auditor"],
    ["auditor", "system_admin"],
  ])("%s and %s exclude each other", (a, b) => {
    expect(() => refuseExclusive(regimeV1, a, [held(b, "1")])).toThrow("post.exclusive")
  })

  test("a post is held twice, and beside no other", () => {
    expect(() => refuseExclusive(regimeV1, "system_admin", [held("system_admin", "1")])).not.toThrow()
    expect(() => refuseExclusive(regimeV1, "auditor", [])).not.toThrow()
  })

  test("nobody changes their own post", () => {
    expect(() => refuseSelf("a", "a")).toThrow("staff.self")
    expect(() => refuseSelf("a", "b")).not.toThrow()
    expect(() => refuseSelf(null, "b")).not.toThrow()
  })
})

describe("who manages where", () => {
  const all = ["1", "2"]

  test("a post over the company manages every community, one of a community its own", () => {
    expect(managedBy([held("privacy_officer", null)], all, now)).toEqual(["1", "2"])
    expect(managedBy([held("system_admin", "2")], all, now)).toEqual(["2"])
  })

  test("other posts and ended ones manage nothing", () => {
    expect(managedBy([held("manager", null), held("auditor", "1")], all, now)).toEqual([])
    expect(managedBy([held("system_admin", "1", now)], all, now)).toEqual([])
  })

  test("what is felt elsewhere is changed only by somebody who manages there too", () => {
    expect(() => refuseBeyond(["1"], all, [held("clerk", "1")])).not.toThrow()
    expect(() => refuseBeyond(["1"], all, [held("clerk", "1"), held("clerk", "2")])).toThrow(
      "post.not_allowed",
    )
    expect(() => refuseBeyond(["1"], all, [held("manager", null)])).toThrow("post.not_allowed")
    expect(() => refuseBeyond(["1"], ["1"], [held("manager", null)])).not.toThrow()
  })

  test("an appointment runs until its end, also before its start", () => {
    expect(isRunning(held("clerk", "1", now + 1), now)).toBe(true)
    expect(isRunning({ ...held("clerk", "1"), from: now + 5 }, now)).toBe(true)
    expect(isRunning(held("clerk", "1", now), now)).toBe(false)
  })
})
