import { describe, expect, test } from "vitest"
import { parseName } from "../catalogue/person-name.ts"
import { parsePhone } from "../catalogue/phone.ts"
import { parsePlate } from "../catalogue/plate.ts"
import { demonstrationRoster } from "./demonstration.ts"
import { homeLabel } from "./home.ts"

const roster = demonstrationRoster(7)
const persons = roster.filter((entry) => !entry.company)
const phones = roster.flatMap((entry) => entry.facts.phone ?? [])
const plates = roster.flatMap((entry) => entry.facts.plate ?? [])
const names = persons.flatMap((entry) => entry.facts.name ?? [])

describe("the demonstration's households", () => {
  test("are 1,200 over 8 buildings, each with somebody in it", () => {
    expect(new Set(roster.map((entry) => homeLabel(entry.home))).size).toBe(1200)
    expect([...new Set(roster.map((entry) => entry.home.building))]).toEqual("12345678".split(""))
    expect(roster.length).toBeGreaterThan(1500)
    expect(roster.length).toBeLessThan(2500)
  })

  test("are the same for the same seed and others for another", () => {
    expect(demonstrationRoster(7)).toEqual(roster)
    expect(demonstrationRoster(8)).not.toEqual(roster)
  })

  test("have owners, co-owners, tenants, family and companies", () => {
    const roles = new Set(roster.map((entry) => entry.role))
    expect([...roles].sort()).toEqual(["co_owner", "family", "owner", "tenant"])
    expect(roster.filter((entry) => entry.company).length).toBe(12)
  })

  test("never name the same person twice in one home", () => {
    const seen = roster.map((entry) => `${homeLabel(entry.home)} ${entry.facts.name?.join() ?? ""}`)
    expect(new Set(seen).size).toBe(seen.length)
  })
})

describe("their values", () => {
  test("are canonical and raise no doubt", () => {
    for (const name of names) expect(parseName(name)).toEqual({ kind: "value", value: name })
    for (const phone of phones) expect(parsePhone(phone, "phone")).toEqual({ kind: "value", value: phone })
    for (const plate of plates) expect(parsePlate(plate)).toEqual({ kind: "value", value: plate })
  })

  test("lie in ranges that say that they are made up", () => {
    expect(
      phones.filter((phone) => !/^(13[79]0000|1380013|1590000|1880000|1990000)\d{4}$/.test(phone)),
    ).toEqual([])
    expect(plates.filter((plate) => !plate.startsWith("京Z"))).toEqual([])
  })

  test("show what is uncommon: compound surnames, parted names, rare characters, two phones, second homes", () => {
    expect(names.some((name) => name.startsWith("欧阳") || name.startsWith("司马"))).toBe(true)
    expect(names.filter((name) => name.includes("·")).length).toBeGreaterThan(3)
    expect(names.filter((name) => /[\u{20000}-\u{3ffff}㐀-䶿]/u.test(name)).length).toBeGreaterThan(3)
    expect(persons.filter((entry) => entry.facts.phone?.length === 2).length).toBeGreaterThan(10)
    expect(new Set(phones).size).toBeLessThan(phones.length)
  })

  test("hold a name, a phone and perhaps a plate, and nothing else", () => {
    const fields = new Set(roster.flatMap((entry) => Object.keys(entry.facts)))
    expect([...fields].sort()).toEqual(["name", "phone", "plate"])
  })
})
