import { expect, it } from "vitest"
import { parseRegime } from "./regime-schema.ts"
import { regimeV1 } from "./regime-v1.ts"

it("a stored regime is read as it was written", () => {
  expect(parseRegime(JSON.parse(JSON.stringify(regimeV1)))).toEqual(regimeV1)
})

it("a regime of an older shape still parses, with what it did not know left at no", () => {
  const purposes = regimeV1.purposes.map(({ code, label, service, basis }) => ({
    code,
    label,
    service,
    basis,
  }))
  for (const purpose of parseRegime({ ...regimeV1, purposes }).purposes)
    expect(purpose).toMatchObject({ isShared: false, isPublished: false })
})

it("a purpose that the officer added is one of the regime's", () => {
  const [first] = regimeV1.purposes
  const purposes = [...regimeV1.purposes, { ...first, code: "pool_2" }]
  const matrix = { ...regimeV1.matrix, pool_2: { phone: { rule: "required" } } }
  expect(parseRegime({ ...regimeV1, purposes, matrix }).matrix["pool_2"]).toEqual({
    phone: { rule: "required" },
  })
})

it.each([
  ["nothing", {}],
  ["an unknown rule", { ...regimeV1, matrix: { repair: { phone: { rule: "allowed" } } } }],
  ["a field outside the catalogue", { ...regimeV1, matrix: { repair: { shoe_size: { rule: "optional" } } } }],
  ["a purpose without a proper code", { ...regimeV1, matrix: { "Repair!": {} } }],
])("%s is no regime", (_what, content) => {
  expect(() => parseRegime(content)).toThrow()
})
