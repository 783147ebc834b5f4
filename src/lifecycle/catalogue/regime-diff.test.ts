import { expect, it } from "vitest"
import { compareRegimes } from "./regime-diff.ts"
import { effectsOf, type Seen } from "./regime-effect.ts"
import type { Regime } from "./regime-shape.ts"
import { regimeV1 } from "./regime-v1.ts"

const [first] = regimeV1.purposes
if (first === undefined) throw new Error("there are purposes")

const changed: Regime = {
  ...regimeV1,
  purposes: [
    ...regimeV1.purposes.map((one) =>
      one.code === "greeting" ? { ...one, basis: "PIPL 13(2) contract" } : one,
    ),
    { ...first, code: "pool" },
  ],
  matrix: {
    ...regimeV1.matrix,
    repair: { ...regimeV1.matrix["repair"], title: { rule: "forbidden" }, plate: { rule: "optional" } },
    parking: { ...regimeV1.matrix["parking"], name: { rule: "optional" }, title: { rule: "required" } },
    move_in: { ...regimeV1.matrix["move_in"], employer: { rule: "optional" } },
  },
  standingRules: regimeV1.standingRules.filter(({ purpose }) => purpose !== "complaint"),
}

it("a version differs from itself in nothing", () => {
  expect(compareRegimes(regimeV1, regimeV1)).toEqual([])
})

it("names purposes, cells and texts that differ", () => {
  const found = compareRegimes(regimeV1, changed)
  expect(found).toContainEqual({ kind: "purpose_added", purpose: "pool" })
  expect(found).toContainEqual({
    kind: "purpose_changed",
    purpose: "greeting",
    part: "basis",
    before: "PIPL 13(1) consent",
    after: "PIPL 13(2) contract",
  })
  expect(found).toContainEqual({
    kind: "cell",
    purpose: "repair",
    field: "title",
    before: "optional",
    after: "forbidden",
  })
  expect(compareRegimes(changed, regimeV1)).toContainEqual({ kind: "purpose_removed", purpose: "pool" })
  const noted = {
    ...regimeV1,
    matrix: {
      ...regimeV1.matrix,
      repair: { ...regimeV1.matrix["repair"], phone: { rule: "required", ground: "x" } as const },
    },
  }
  expect(compareRegimes(regimeV1, noted)).toEqual([{ kind: "cell_text", purpose: "repair", field: "phone" }])
})

const seen = (purpose: string, field: string, more: Partial<Seen> = {}): Seen => ({
  purpose,
  field,
  act: "order.open",
  outcome: "done",
  count: 3,
  examples: ["a"],
  ...more,
})

it.each<readonly [string, Seen, string | undefined]>([
  ["what the draft forbids is newly refused", seen("repair", "title"), "refused"],
  ["what was refused and is allowed", seen("repair", "plate", { outcome: "refused" }), "allowed"],
  ["what becomes optional needs consent", seen("parking", "name"), "consent"],
  ["what no standing rule approves any more needs approval", seen("complaint", "phone"), "approval"],
  ["what stays is not spoken of", seen("repair", "phone"), undefined],
  [
    "what is refused before and after is not spoken of",
    seen("repair", "health", { outcome: "refused" }),
    undefined,
  ],
  ["what is no field is not spoken of", seen("repair", "shoe_size"), undefined],
])("%s", (_sentence, one, kind) => {
  expect(effectsOf({ before: regimeV1, after: changed }, [one], []).map((effect) => effect.kind)).toEqual(
    kind === undefined ? [] : [kind],
  )
})

it("columns that imports dropped and the draft takes are newly allowed, the most first", () => {
  const dropped = [
    { field: "employer", cells: 60, examples: ["i"] },
    { field: "hobby", cells: 9, examples: ["i"] },
  ]
  expect(effectsOf({ before: regimeV1, after: changed }, [seen("repair", "title")], dropped)).toEqual([
    {
      kind: "allowed",
      purpose: "move_in",
      field: "employer",
      act: "import.check",
      count: 60,
      examples: ["i"],
    },
    { kind: "refused", purpose: "repair", field: "title", act: "order.open", count: 3, examples: ["a"] },
  ])
})
