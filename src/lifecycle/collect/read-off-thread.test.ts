import { afterEach, describe, expect, it, vi } from "vitest"
import { type OpenFile, readRows } from "./read-off-thread.ts"
import { limited, madeRow, madeXlsx } from "./sheet.fixture.ts"
import { type Row, usualLimits } from "./sheet-shape.ts"

const header = madeRow(1, ["楼号", "单元", "房间", "业主名称"])
const roster = (rows: number): Uint8Array => {
  const body = Array.from({ length: rows }, (_, at) => madeRow(at + 2, ["3", "1", String(at), "李试样"]))
  return madeXlsx({ sheets: [{ name: "甲", rows: header + body.join("") }] })
}

async function chunksOf(file: OpenFile): Promise<Row[][]> {
  const chunks: Row[][] = []
  for await (const rows of file.rows(0)) chunks.push(rows)
  return chunks
}

afterEach(() => void vi.useRealTimers())

describe("a file read on a thread of its own", () => {
  it("gives its sheets, then its rows in chunks, as often as asked", async () => {
    await using file = await readRows(roster(2500), "名册.xlsx", { limits: usualLimits })
    expect(file.sheets).toMatchObject([{ name: "甲", rowCount: 2500 }])
    for (let turn = 0; turn < 2; turn += 1) {
      const chunks = await chunksOf(file)
      expect(chunks.length).toBeGreaterThan(1)
      expect(chunks.flat()).toHaveLength(2500)
      expect(chunks[0]?.[0]).toEqual({ number: 2, cells: ["3", "1", "0", "李试样"] })
    }
  })

  it("moves the bytes, but not the neighbours of a part", async () => {
    const whole = new Uint8Array(roster(1))
    const around = Buffer.concat([Buffer.from("before"), whole])
    const part = await readRows(around.subarray(6), "名册.xlsx", { limits: usualLimits })
    await part.close()
    expect(around.subarray(0, 6).toString()).toBe("before")
    const file = await readRows(whole, "名册.xlsx", { limits: usualLimits })
    await file.close()
    expect(whole.length).toBe(0)
  })

  it("passes refusals on with their facts", async () => {
    await expect(readRows(roster(10), "名册.xlsx", { limits: limited({ cells: 20 }) })).rejects.toMatchObject(
      {
        code: "import.too_many_cells",
        facts: { limit: 20 },
      },
    )
    await expect(readRows(roster(10), "名册.xlsx", { limits: limited({ bytes: 20 }) })).rejects.toMatchObject(
      {
        code: "import.file_too_large",
      },
    )
  })

  it("is stopped when its time is over, whatever it is doing", async () => {
    await expect(
      readRows(roster(10), "名册.xlsx", { limits: limited({ milliseconds: 1 }) }),
    ).rejects.toMatchObject({
      code: "import.took_too_long",
    })
  })

  it("is given the time that its caller takes", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] })
    const file = await readRows(roster(3000), "名册.xlsx", { limits: usualLimits })
    const rows = file.rows(0)[Symbol.asyncIterator]()
    const asked = rows.next()
    expect(vi.getTimerCount()).toBe(1)
    await asked
    expect(vi.getTimerCount()).toBe(0)
    vi.advanceTimersByTime(usualLimits.milliseconds + 1)
    let last = await rows.next()
    while (!last.done) last = await rows.next()
    await file.close()
  })

  it("is stopped by its caller", async () => {
    const stop = new AbortController()
    const reason = new Error("cancelled")
    const file = await readRows(roster(5000), "名册.xlsx", { limits: usualLimits, signal: stop.signal })
    const rows = file.rows(0)[Symbol.asyncIterator]()
    await rows.next()
    stop.abort(reason)
    await expect(rows.next()).rejects.toBe(reason)
    await file.close()
    await expect(readRows(roster(1), "名册.xlsx", { limits: usualLimits, signal: stop.signal })).rejects.toBe(
      reason,
    )
  })

  it("cannot be read after it was closed", async () => {
    const file = await readRows(roster(1), "名册.xlsx", { limits: usualLimits })
    await file.close()
    await expect(chunksOf(file)).rejects.toThrow("closed")
  })
})
