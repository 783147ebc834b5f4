import { describe, expect, it } from "vitest"
import { doubtPhone, keptProblems, PhoneCount } from "./repeated-phone.ts"
import type { RosterRow } from "./roster-row.ts"

const phone = "13900001111"

function rowAt(row: number, room: string, verdict: RosterRow["verdict"] = "take"): RosterRow {
  const home = { building: "1", unit: "1", room }
  const person = {
    name: "王一明",
    company: false,
    role: "owner" as const,
    phones: [phone],
    landlines: [],
    plates: [],
    others: {},
    contact: undefined,
  }
  return { row, home, person, problems: [], verdict }
}

function counted(rows: readonly RosterRow[]) {
  const count = new PhoneCount(4)
  for (const row of rows) count.add(row)
  return count.problems()
}

const homes = (many: number) => Array.from({ length: many }, (_, at) => rowAt(at + 2, `10${at}`))

describe("a phone in one file", () => {
  it("is believed at five homes, however many rows of them name it", () => {
    expect(counted([...homes(5), ...homes(5)])).toEqual({ problems: [], newlyDoubted: 0 })
  })

  it("is doubted at six, in every row that names it", () => {
    const { problems, newlyDoubted } = counted(homes(6))
    expect(problems.map(({ row }) => row)).toEqual([2, 3, 4, 5, 6, 7])
    expect(newlyDoubted).toBe(6)
    expect(problems[0]).toEqual({
      row: 2,
      column: 4,
      field: "phone",
      reason: "phone.repeated",
      verdict: "verify",
    })
  })

  it("makes no row doubtful twice", () => {
    const [first = rowAt(2, "100"), ...rest] = homes(6)
    expect(counted([{ ...first, verdict: "verify" }, ...rest]).newlyDoubted).toBe(5)
  })

  it("counts for nothing where nobody lives or no home can be read", () => {
    const nobody = homes(9).map((row) => ({ ...row, person: undefined }))
    const nowhere = homes(9).map((row) => ({ ...row, home: undefined }))
    expect(counted([...nobody, ...nowhere]).problems).toEqual([])
  })
})

describe("of the problems of a file", () => {
  const found = Array.from({ length: 9 }, (_, at) => ({
    row: at + 2,
    column: 3,
    field: "phone",
    reason: "row.no_phone" as const,
    verdict: "verify" as const,
  }))
  const { problems: repeated } = counted(Array.from({ length: 6 }, (_, at) => rowAt(at + 20, `10${at}`)))

  it("every repeated phone is kept, however many problems stand before it, and is doubted by the commit", () => {
    const kept = keptProblems(found, repeated, 4)
    expect(kept.map(({ row }) => row)).toEqual([2, 3, 4, 5, 20, 21, 22, 23, 24, 25])
    const columns = new Map(
      kept.flatMap(({ row, column, reason }) =>
        reason === "phone.repeated" ? [[row, column] as const] : [],
      ),
    )
    expect(doubtPhone(rowAt(25, "105"), columns).verdict).toBe("verify")
    expect(doubtPhone(rowAt(26, "106"), columns).verdict).toBe("take")
  })

  it("nothing is cut below the most", () => {
    expect(keptProblems(found, [], 9)).toEqual(found)
    expect(keptProblems(found, [], 8)).toEqual(found.slice(0, 8))
  })
})

describe("a row whose phone was doubted", () => {
  const columns = new Map([[2, 4]])

  it("is taken and to be verified", () => {
    const row = doubtPhone(rowAt(2, "101"), columns)
    expect([row.verdict, row.problems.map(({ reason }) => reason)]).toEqual(["verify", ["phone.repeated"]])
  })

  it("stays refused when it was, and others stay as they are", () => {
    expect(doubtPhone(rowAt(2, "101", "refuse"), columns).verdict).toBe("refuse")
    expect(doubtPhone(rowAt(3, "101"), columns)).toEqual(rowAt(3, "101"))
  })
})
