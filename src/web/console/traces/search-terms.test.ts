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
  const named = { homes: [{ homeId: id, label: "3栋1单元101" }], names: new Map() }
  expect(byIds([term("home", "3栋1单元101"), term("post", "clerk")], named)).toEqual([
    term("home", id),
    term("post", "clerk"),
  ])
  expect(byIds([term("home", "3栋1单元102")], named)).toBeUndefined()
})

test("whoever acted is kept by id, namesakes all, and not at all when the name is nobody's", () => {
  const other = id.replace("2a", "2b")
  const names = new Map([
    [id, "王试"],
    [other, "王试"],
    [id.replace("2a", "2c"), "李试"],
  ])
  const named = { homes: [], names }
  expect(byIds([term("by", "王试")], named)).toEqual([term("by", id), term("by", other)])
  expect(byIds([term("by", "system"), term("by", id)], named)).toEqual([term("by", "system"), term("by", id)])
  expect(byIds([term("by", "13900001111"), term("post", "clerk")], named)).toBeUndefined()
})
