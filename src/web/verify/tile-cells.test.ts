import { expect, test } from "vitest"
import { tileCells } from "./tile-cells.ts"

const drawn = (leaves: number, size: number, bad?: number) =>
  tileCells({ leaves, size, bad })
    .cells.map((state) => ({ dark: ".", lit: "x", bad: "!" })[state])
    .join("")

test.each([
  [0, 0, undefined, ""],
  [0, 1, undefined, "."],
  [1, 1, undefined, "x"],
  [256, 600, undefined, "x.."],
  [512, 600, undefined, "xx."],
  [600, 600, undefined, "xxx"],
  [256, 600, 300, "x!."],
  [0, 600, 0, "!.."],
])("%i of %i leaves, bad %s: %s", (leaves, size, bad, due) => {
  expect(drawn(leaves, size, bad)).toBe(due)
})

test("a long log is drawn in at most 480 squares, the last lit at its end only", () => {
  const size = 256 * 10_000 + 5
  expect(tileCells({ leaves: size, size, bad: undefined }).cells.every((one) => one === "lit")).toBe(true)
  const almost = tileCells({ leaves: size - 5, size, bad: undefined })
  expect([almost.cells.length <= 480, almost.cells.at(-1), almost.tiles]).toEqual([true, "dark", 10_001])
})
