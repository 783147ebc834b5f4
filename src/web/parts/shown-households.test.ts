import { expect, test, vi } from "vitest"
import { shownHouseholds } from "./shown-households.ts"

test("showing another household hides the first", () => {
  const view = shownHouseholds()
  const first = { household: "a", hide: vi.fn() }
  view.show(first)
  view.show({ household: "b", hide: vi.fn() })
  expect(first.hide).toHaveBeenCalledOnce()
})

test("two fields of one household stay side by side", () => {
  const view = shownHouseholds()
  const first = { household: "a", hide: vi.fn() }
  view.show(first)
  view.show({ household: "a", hide: vi.fn() })
  expect(first.hide).not.toHaveBeenCalled()
})

test("what is no longer shown is not hidden again", () => {
  const view = shownHouseholds()
  const first = { household: "a", hide: vi.fn() }
  view.show(first)
  view.forget(first)
  view.show({ household: "b", hide: vi.fn() })
  expect(first.hide).not.toHaveBeenCalled()
})
