import { expect, test } from "vitest"
import type { Term } from "../../../ledger/trace-query.ts"
import { byIds, readSearch, withTerms } from "./search-terms.ts"

const id = "01930000-0000-7000-8000-00000000002a"
const term = (qualifier: Term["qualifier"], value: string): Term => ({ qualifier, value })

test("the address is read, with the links of other pages", () => {
  expect(readSearch({ q: "post:clerk colour:red", use: id })).toEqual([
    term("post", "clerk"),
    term("use", id),
  ])
  expect(readSearch({ person: "nobody" })).toEqual([])
})

test("a day replaces the one before, another post stands beside the first", () => {
  const terms = [term("post", "clerk"), term("after", "2026-10-01")]
  expect(withTerms(terms, [term("after", "2026-10-02"), term("post", "manager")])).toEqual([
    term("post", "clerk"),
    term("after", "2026-10-02"),
    term("post", "manager"),
  ])
  expect(withTerms(terms, [term("post", "clerk")])).toHaveLength(2)
})

test("a home is kept by its id, and not at all when it is not known", () => {
  const homes = [{ homeId: id, label: "3栋1单元101" }]
  expect(byIds([term("home", "3栋1单元101"), term("post", "clerk")], homes)).toEqual([
    term("home", id),
    term("post", "clerk"),
  ])
  expect(byIds([term("home", "3栋1单元102")], homes)).toBeUndefined()
})
