import { expect, test } from "vitest"
import type { Person } from "../../../lifecycle/store/contract.ts"
import { callerOfPerson } from "./caller.ts"

const fact = { purpose: "move_in", channel: "import", collectedAt: "2026-01-01T00:00:00.000Z" }
const person: Person = {
  personId: "p",
  company: false,
  residences: [
    { residenceId: "r", homeId: "h", buildingId: "1", home: "1-1-101", role: "owner", from: null },
    { residenceId: "s", homeId: "i", buildingId: "1", home: "1-1-102", role: "tenant", from: null },
  ],
  classes: [
    {
      class: "identity",
      facts: [
        { ...fact, field: "name", masks: ["张**"] },
        { ...fact, field: "phone", masks: ["139****1234", "139****5678"] },
      ],
    },
  ],
  toVerify: [],
}

test("the caller has the home that was chosen, and masks only", () => {
  expect(callerOfPerson(person, "i")).toEqual({
    homeId: "i",
    home: "1-1-102",
    person: { personId: "p", name: "张**", phone: "139****1234" },
    typedPhone: "",
  })
})

test("a home the person does not live in makes no caller", () => {
  expect(callerOfPerson(person, "elsewhere")).toBeNull()
})

test("without a mobile phone on file there is none to fall back on", () => {
  const landline = { ...fact, field: "landline", masks: ["010-****5678"] }
  const classes = [{ class: "identity", facts: [landline] }]
  expect(callerOfPerson({ ...person, classes }, "h")?.person?.phone).toBeNull()
})
