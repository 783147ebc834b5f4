import { expect, test } from "vitest"
import { codes } from "../../../ledger/trace-query.ts"
import { type Offer, offered, suggest } from "./suggestions.ts"

const offer: Offer = {
  vocabulary: {
    ...codes,
    name: (qualifier) => (qualifier === "post" ? "岗位" : qualifier),
    choices: (qualifier) =>
      qualifier === "post"
        ? [
            { code: "clerk", word: "客服" },
            { code: "manager", word: "项目 经理" },
          ]
        : [],
    word: ({ value }) => value,
    qualifier: (word) => (word === "岗位" ? "post" : codes.qualifier(word)),
  },
  hint: (qualifier) => `by ${qualifier}`,
  more: (qualifier) => (qualifier === "by" ? [{ value: "王 明", hint: "" }] : []),
}
const values = (text: string) => suggest(text, offer).map(({ value }) => value)

test("an empty box offers every qualifier", () => {
  expect(suggest("", offer)).toHaveLength(offered.length)
})

test.each([
  ["岗", ["岗位:"]],
  ["po", ["岗位:"]],
  ["field:phone af", ["field:phone after:"]],
  ["岗位:", ["岗位:客服 ", '岗位:"项目 经理" ']],
  ["post:cl", ["post:客服 "]],
  ["岗位：项", ['岗位:"项目 经理" ']],
  ["岗位:客服 by:王", ['岗位:客服 by:"王 明" ']],
  ["colour:", []],
  ["nothing", []],
])("%j offers %j", (text, due) => {
  expect(values(text)).toEqual(due)
})
