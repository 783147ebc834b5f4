import { createMemoryHistory, createRouter } from "@tanstack/react-router"
import { expect, test } from "vitest"
import { paths } from "./paths.ts"
import { routeTree } from "./routes.tsx"

const router = createRouter({ routeTree, history: createMemoryHistory() })

/** Where the router puts what no route took. */
const rest = "**"

/** The server's own page about its API, not a page of the console. */
const elsewhere = "docs"

const made = Object.entries(paths)
  .filter(([name]) => name !== elsewhere)
  .map(([name, make]): [string, string] => [name, make("7", "x", "y")])

test.each(made)("the map has a page for %s at %s", (_name, path) => {
  const [, params, found] = router.getMatchedRoutes(path)
  expect(found).toBeDefined()
  expect(params).not.toHaveProperty(rest)
  if (path.startsWith("/c/")) expect(params["communityId"]).toBe("7")
})

test("an address that nothing makes has no page", () => {
  expect(router.getMatchedRoutes("/c/7/nowhere")[1]).toHaveProperty(rest, "nowhere")
})
