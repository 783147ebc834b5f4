import { describe, expect, it } from "vitest"
import type { ColumnFate } from "./contract.ts"
import { readRosterRow, rosterReader } from "./roster-row.ts"
import type { CellFlag } from "./sheet-shape.ts"

const take = (targets: string): ColumnFate[] =>
  targets.split(",").map((target) => (target === "." ? { fate: "ignore" } : { fate: "take", target }))
const usual = take("building,unit,room,name,phone,role,plate")
const today = "2025-06-01"

const read = (cells: string, flags?: Record<number, CellFlag>, mapping = usual) =>
  readRosterRow({ number: 7, cells: cells.split(","), ...(flags ? { flags } : {}) }, mapping, {
    today,
    above: undefined,
  })
const problems = (...given: Parameters<typeof read>) =>
  read(...given).problems.map(({ column, reason, verdict }) => `${column} ${reason} ${verdict}`)

describe("a row of a roster", () => {
  it("becomes a person in a home", () => {
    expect(read("3栋,1单元,101室,李试样,１３９００００１２３４,业主,京a·d12345")).toEqual({
      row: 7,
      home: { building: "3", unit: "1", room: "101" },
      person: {
        name: "李试样",
        company: false,
        role: "owner",
        phones: ["13900001234"],
        landlines: [],
        plates: ["京AD12345"],
        others: {},
        contact: undefined,
      },
      problems: [],
      verdict: "take",
    })
  })

  it("takes only columns that the mapping takes", () => {
    const row = read("3,1,101,李试样,13900001234,秘密", undefined, take("building,unit,room,name,phone,."))
    expect(JSON.stringify(row)).not.toContain("秘密")
  })

  it.each([
    ["3,1,101,李试样/王试样,13900001234,业主", "3 name.several_persons verify", "verify"],
    ["3,1,101,李试样(妻),13900001234,业主", "3 name.several_persons verify", "verify"],
    ["3,1,101,李试样,13900001234/13900001235,业主", "4 phone.two_numbers verify", "verify"],
    ["3,1,101,李试样,139000012,业主", "4 phone.length refuse", "verify"],
    ["3,1,101,李试样,,业主", "4 row.no_phone verify", "verify"],
    ["3,1,101,李试样,13900001234,房东的朋友", "5 role.unknown verify", "verify"],
    ["3,1,101,,13900001234,业主", "3 row.no_name refuse", "refuse"],
    ["3,1,,李试样,13900001234,业主", "2 row.no_home refuse", "refuse"],
    [",,,李试样,13900001234,业主", "2 row.no_home refuse", "refuse"],
    [",1,101,李试样,13900001234,业主", "2 home.format refuse", "refuse"],
    ["3,1,101,李试样,13900001234,业主,京A12345/京A12346", "6 plate.two_plates verify", "verify"],
  ])("%s has the problem %s", (cells, problem, verdict) => {
    expect(problems(cells)).toEqual([problem])
    expect(read(cells).verdict).toBe(verdict)
  })

  it("keeps both numbers of a cell, and both columns, once each", () => {
    const mapping = take("building,unit,room,name,phone,phone")
    const { person } = read("3,1,101,李试样,13900001234/13900001235,13900001234", undefined, mapping)
    expect(person?.phones).toEqual(["13900001234", "13900001235"])
  })

  it("is a vacant home when it names nobody", () => {
    for (const name of ["", "空置", "未售"]) {
      expect(read(`3,1,101,${name},,`)).toMatchObject({ person: undefined, problems: [], verdict: "take" })
    }
    expect(read("3,1,101,空置,13900001234,").person).toMatchObject({ name: "空置" })
    expect(problems("3,1,101,空置,13900001234,")).toEqual(["3 name.junk verify"])
  })

  it("does not ask family members for a phone", () => {
    expect(read("3,1,101,李试样,,1002")).toMatchObject({ person: { role: "family" }, verdict: "take" })
  })

  it("knows companies and who speaks for them", () => {
    const mapping = take("building,unit,room,name,phone,person_type,contact_name,contact_phone")
    expect(read("3,1,101,样品商行,,C,李试样,13900001234", undefined, mapping)).toMatchObject({
      person: { name: "样品商行", company: true, contact: { name: "李试样", phones: ["13900001234"] } },
      verdict: "take",
    })
    expect(read("3,1,101,李试样,13900001234,P,王试样,", undefined, mapping).person).toMatchObject({
      company: false,
      contact: undefined,
    })
  })

  it("reads a home from one cell", () => {
    const mapping = take("home,name,phone")
    expect(read("3-1-101,李试样,13900001234", undefined, mapping).home).toEqual({
      building: "3",
      unit: "1",
      room: "101",
    })
    expect(problems("2024-1-1,李试样,13900001234", undefined, mapping)).toEqual(["0 home.became_date refuse"])
    expect(read("2024-1-1,李试样,13900001234", undefined, mapping).verdict).toBe("refuse")
  })

  it.each([
    [{ 4: "truncated" }, ["4 value.precision_lost refuse"], "verify"],
    [{ 4: "filled" }, ["4 cell.shared verify"], "verify"],
    [{ 0: "filled", 1: "filled", 3: "filled" }, [], "take"],
    [{ 4: "formula" }, [], "take"],
    [{ 4: "error" }, ["4 cell.error refuse"], "verify"],
    [{ 3: "boolean" }, ["3 cell.error refuse"], "refuse"],
    [{ 2: "error" }, ["2 cell.error refuse"], "refuse"],
  ] satisfies [Record<number, CellFlag>, string[], string][])(
    "with the marks %j: %j",
    (flags, expected, verdict) => {
      expect(problems("3,1,101,李试样,13900001234,业主", flags)).toEqual(expected)
      expect(read("3,1,101,李试样,13900001234,业主", flags).verdict).toBe(verdict)
    },
  )
})

describe("somebody who has gone", () => {
  const mapping = take("home,name,move_out")
  it.each(["2003", "迁出", "已搬离", "2024/5/1", "2025-06-01"])(
    "(%s) is to be destroyed, and nothing of the row is kept",
    (mark) => {
      expect(read(`3-1-101,李试样,${mark}`, undefined, mapping)).toEqual({
        row: 7,
        home: undefined,
        person: undefined,
        problems: [],
        verdict: "to_destroy",
      })
    },
  )

  it.each(["2002", "已入住", "", "2030-01-01"])("(%s) has not gone", (mark) => {
    expect(read(`3-1-101,李试样,${mark}`, undefined, mapping).person?.name).toBe("李试样")
  })
})

describe("rows in order", () => {
  it("give family members the home above, and mark what was guessed", () => {
    const reader = rosterReader(usual, today)
    const rows = [
      "3,1,101,李试样,13900001234,业主",
      ",,,李成员,,家庭成员",
      ",,,王试样,13900001235,",
      ",,102,赵试样,13900001236,业主",
    ]
    const seen = rows.map((cells, at) => reader({ number: at + 2, cells: cells.split(",") }))
    expect(
      seen.map(({ home, problems: found, verdict }) => [
        home?.room,
        found.map(({ reason }) => reason),
        verdict,
      ]),
    ).toEqual([
      ["101", [], "take"],
      ["101", [], "take"],
      ["101", ["row.home_from_above"], "verify"],
      ["102", ["row.home_from_above"], "verify"],
    ])
  })
})
