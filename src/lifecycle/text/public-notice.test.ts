import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { fewestHouseholds } from "../catalogue/own-limits.ts"
import { publicNotice } from "./public-notice.ts"

const list = (building: number, count: number) =>
  Array.from(
    { length: count },
    (_, i) => `${building}-1-${101 + i} 王某${i} 13900000${100 + i} 1,20${i}.50元`,
  )

describe("a notice made from a list", () => {
  it("sums buildings of five households and more, and the small ones together", () => {
    const text = ["物业费催缴", ...list(3, 6), ...list(4, 3), ...list(5, 3)].join("\n")
    expect(publicNotice(text)).toMatchObject({
      lines: ["物业费催缴"],
      groups: [
        { buildings: ["3"], households: 6, cents: 721_800 },
        { buildings: ["4", "5"], households: 6, cents: 720_900 },
      ],
      hidden: 0,
      removed: { rows: 12 },
    })
  })

  it("adds a rest of fewer than five to the smallest building, for its sum would tell", () => {
    expect(publicNotice([...list(3, 8), ...list(4, 5), ...list(6, 2)].join("\n")).groups).toMatchObject([
      { buildings: ["3"], households: 8 },
      { buildings: ["4", "6"], households: 7 },
    ])
  })

  it("shows nothing of fewer than five households", () => {
    expect(publicNotice(list(3, 4).join("\n"))).toMatchObject({ groups: [], hidden: 4, lines: [] })
  })

  it("counts a home once that is written twice, in whatever way", () => {
    const text = [...list(3, 4), "3栋1单元101 王某 800元", "3号楼1单元101室	王某	35"].join("\n")
    expect(publicNotice(text)).toMatchObject({ groups: [], hidden: 4 })
  })

  it.each([
    "3-2-1501,王某,13900000001,2350.5",
    "３栋２单元１５０１室　王某　￥2,350.50",
    "王某 3#1501 2350元",
  ])("reads the row %s", (row) => {
    const text = [row, ...list(3, 4)].join("\n")
    expect(publicNotice(text).groups).toMatchObject([{ buildings: ["3"], households: 5 }])
  })
})

describe("a notice in words", () => {
  it("loses rooms, names and numbers, and keeps its sense", () => {
    const { lines, removed } = publicNotice(
      "3栋1单元101室的业主叫王小明，电话13900000001，请尽快缴纳物业费。\n停水时间：2026-11-28 9:00-12:00。",
    )
    expect(lines).toEqual([
      "3栋的业主叫***，电话139****0001，请尽快缴纳物业费。",
      "停水时间：2026-11-28 9:00-12:00。",
    ])
    expect(removed).toMatchObject({ rows: 0, rooms: 1, words: 2 })
  })

  it("without anything personal stays as it is", () => {
    const text = "各位业主：\n\n3栋、4栋电梯将于周五上午检修，请走楼梯。共2部，费用120元由物业承担。"
    expect(publicNotice(text).lines.join("\n")).toBe(text)
  })
})

it("never shows a room, a name of a row or a sum of fewer than five, whatever the list", () => {
  const row = fc.record({
    building: fc.integer({ min: 1, max: 6 }),
    room: fc.integer({ min: 101, max: 130 }),
    cents: fc.integer({ min: 1, max: 999_999 }),
    style: fc.constantFrom("dash", "word", "hash"),
  })
  fc.assert(
    fc.property(fc.array(row, { maxLength: 40 }), (rows) => {
      const text = rows.map(({ building, room, cents, style }) => {
        const place = {
          dash: `${building}-${room}`,
          word: `${building}栋${room}室`,
          hash: `${building}#${room}`,
        }
        return `${place[style]} 周某某 ${(cents / 100).toFixed(2)}元`
      })
      const { groups, lines, hidden } = publicNotice(text.join("\n"))
      expect(lines).toEqual([])
      for (const { households } of groups) expect(households).toBeGreaterThanOrEqual(fewestHouseholds)
      const homes = new Set(rows.map(({ building, room }) => `${building}-${room}`)).size
      expect(groups.reduce((sum, one) => sum + one.households, hidden)).toBe(homes)
      const shown = groups.reduce((sum, one) => sum + (one.cents ?? 0), 0)
      if (hidden === 0) expect(shown).toBe(rows.reduce((sum, one) => sum + one.cents, 0))
    }),
  )
})
