import { describe, expect, it } from "vitest"
import { fingerprint, type ListRow } from "./fingerprint.ts"
import { suspectOf, traceLeak } from "./leak.ts"
import { readSample, rowsOfText } from "./sample.ts"
import { rankViewers } from "./viewers.ts"

const list = Array.from(
  { length: 120 },
  (_, at): ListRow => [
    `${1 + (at % 6)}栋1单元${101 + at}`,
    `${"张王李赵陈"[at % 5] ?? ""}${"伟芳娜敏静"[Math.floor(at / 5) % 5] ?? ""}`,
    `1390000${String(1000 + at)}`,
  ],
)
const decoys = Array.from(
  { length: 10 },
  (_, at): ListRow => [`${1 + (at % 6)}栋1单元9${at}02`, "周平", `1390000800${at}`],
)
const made = Array.from({ length: 40 }, (_, at) => {
  const copyId = `copy ${at}`
  return { copyId, ...fingerprint({ secret: new Uint8Array(32).fill(at), copyId }, { rows: list, decoys }) }
})
const suspects = made.map(({ copyId, record }) => suspectOf(copyId, record))
const leaked = made[7]?.rows ?? []

const named = (rows: readonly ListRow[]) => traceLeak(readSample(rows), suspects).named

describe("a leaked list", () => {
  it("names its copy, with the evidence", () => {
    const { ranked, named: copy, rows } = traceLeak(readSample(leaked), suspects)
    expect(copy).toBe("copy 7")
    expect(rows).toBe(leaked.length)
    expect(ranked[0]).toMatchObject({ copyId: "copy 7", rowsKnown: leaked.length, decoysForeign: 0 })
    expect(ranked[0]?.decoysSeen).toBe(5)
    expect(ranked[0]?.spelling.matching).toBe(ranked[0]?.spelling.cells)
    expect(ranked[0]?.order.agreeing).toBe(ranked[0]?.order.pairs)
  })

  it("names its copy by one column, in another order, without its decoys", () => {
    const bare = leaked.filter((row) => !decoys.some((decoy) => decoy[2] === row[2]?.replace(/\D/g, "")))
    const phones = bare.slice(0, 60).map((row) => [row[2] ?? ""])
    expect(named(phones.toReversed())).toBe("copy 7")
    expect(named(bare.slice(0, 60).map((row) => [row[0] ?? ""]))).toBe("copy 7")
  })

  it("names its copy though every look was tidied away, by its decoys", () => {
    const tidy = leaked.map((row) => [(row[2] ?? "").replace(/\D/g, "")])
    expect(named(tidy)).toBe("copy 7")
  })

  it("of two copies that were merged is not laid upon a third", () => {
    const merged = [...leaked.slice(0, 60), ...(made[8]?.rows.slice(60) ?? [])]
    expect(["copy 7", "copy 8", undefined]).toContain(named(merged))
  })
})

describe("an innocent list", () => {
  it("names nobody, though it has the same people", () => {
    expect(named(list)).toBeUndefined()
    expect(named(list.map((row) => row.toReversed()))).toBeUndefined()
  })

  it("names nobody for a single decoy, or for nothing", () => {
    expect(named([decoys[0] ?? []])).toBeUndefined()
    expect(named([])).toBeUndefined()
    expect(traceLeak(readSample([["天气", "晴"]]), suspects).ranked).toEqual([])
  })

  it("names nobody when somebody spelled it as they liked", () => {
    const other = fingerprint(
      { secret: new Uint8Array(32).fill(200), copyId: "x" },
      { rows: list, decoys: [] },
    )
    expect(named(other.rows)).toBeUndefined()
  })
})

describe("pasted text", () => {
  it("is cut into cells by tabs, else by commas", () => {
    expect(rowsOfText("a\tb,c\n\nd\te")).toEqual([
      ["a", "b,c"],
      ["d", "e"],
    ])
    expect(rowsOfText('"3栋1单元101",张伟')).toEqual([["3栋1单元101", "张伟"]])
  })
})

describe("accounts", () => {
  it("are ranked by whom of the list they have seen, the narrow before the broad", () => {
    const sights = [
      { staffId: "all", seen: 60, seenInAll: 990 },
      { staffId: "leaker", seen: 60, seenInAll: 80 },
      { staffId: "some", seen: 20, seenInAll: 400 },
    ]
    const ranked = rankViewers(sights, { persons: 60, population: 1_000 })
    expect(ranked.map(({ staffId }) => staffId)).toEqual(["leaker"])
    expect(ranked[0]?.strength).toBeGreaterThan(50)
  })

  it("that have seen as much as chance would have are not named", () => {
    expect(
      rankViewers([{ staffId: "a", seen: 6, seenInAll: 100 }], { persons: 60, population: 1_000 }),
    ).toEqual([])
  })
})
