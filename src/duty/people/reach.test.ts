import { describe, expect, test } from "vitest"
import type { Post } from "./post.ts"
import { type Appointment, reachIn } from "./reach.ts"

const now = 1000

function held(
  post: Post,
  communityId: string | null,
  buildingIds: readonly string[] | null = null,
): Appointment {
  return { post, communityId, buildingIds, from: 0, until: null }
}

describe("reach", () => {
  test("a clerk of buildings 3 and 5 reaches these and no others", () => {
    expect(reachIn([held("clerk", "1", ["3", "5"])], "1", now)).toEqual({
      posts: ["clerk"],
      buildingIds: ["3", "5"],
    })
  })

  test("in another community nothing exists", () => {
    expect(reachIn([held("clerk", "1")], "2", now)).toBeUndefined()
    expect(reachIn([], "1", now)).toBeUndefined()
  })

  test("a post over the company reaches every community", () => {
    expect(reachIn([held("privacy_officer", null)], "2", now)).toEqual({
      posts: ["privacy_officer"],
      buildingIds: null,
    })
  })

  test("several posts add up; the whole community swallows buildings", () => {
    const clerk = held("clerk", "1", ["3", "4"])
    const supervisor = held("supervisor", "1", ["4", "5"])
    expect(reachIn([clerk, supervisor], "1", now)).toEqual({
      posts: ["clerk", "supervisor"],
      buildingIds: ["3", "4", "5"],
    })
    expect(reachIn([clerk, held("manager", "1")], "1", now)?.buildingIds).toBeNull()
  })

  test.each([
    ["before it starts", { from: now + 1, until: null }, false],
    ["from its first moment", { from: now, until: null }, true],
    ["until the moment before its end", { from: 0, until: now + 1 }, true],
    ["from its end on", { from: 0, until: now }, false],
  ])("a post %s", (_, period, isOpen) => {
    expect(reachIn([{ ...held("clerk", "1"), ...period }], "1", now) !== undefined).toBe(isOpen)
  })
})
