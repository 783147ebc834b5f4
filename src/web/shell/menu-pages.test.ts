import { describe, expect, test } from "vitest"
import type { Post } from "../../duty/people/post.ts"
import { closedTo, type MenuPage, startPath } from "./menu-pages.ts"

const clerk = { posts: ["clerk"] as const, classes: ["identity", "life"] }
const auditor = { posts: ["auditor"] as const, classes: [] }

describe("the menu", () => {
  test.each<[MenuPage, ReturnType<typeof closedTo>]>([
    ["owners", null],
    ["orders", null],
    ["traces", "notYourPost"],
    ["people", "notYourPost"],
    ["regime", null],
  ])("of a clerk: %s is %s", (page, expected) => {
    expect(closedTo(page, { posts: [...clerk.posts], classes: clerk.classes })).toBe(expected)
  })

  test.each<[MenuPage, ReturnType<typeof closedTo>]>([
    ["owners", "noClasses"],
    ["orders", "notYourPost"],
    ["traces", null],
  ])("of an auditor: %s is %s", (page, expected) => {
    expect(closedTo(page, { posts: [...auditor.posts], classes: auditor.classes })).toBe(expected)
  })
})

test.each<[Post, string]>([
  ["clerk", "owners"],
  ["repairer", "orders"],
  ["privacy_officer", "people"],
  ["auditor", "traces"],
  ["archivist", "regime"],
])("a %s starts at %s", (post, page) => {
  const reach = {
    communityId: "7",
    communityName: "x",
    demonstration: false,
    posts: [post],
    buildingIds: null,
    classes: post === "clerk" ? ["identity"] : [],
  }
  expect(startPath(reach)).toBe(`/c/7/${page}`)
})
