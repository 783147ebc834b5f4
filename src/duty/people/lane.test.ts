import { setTimeout as sleep } from "node:timers/promises"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { Lane } from "./lane.ts"

/** Work that is over when it is told so. */
function held() {
  const { promise, resolve } = Promise.withResolvers<void>()
  return { work: () => promise, end: resolve }
}

describe("a lane", () => {
  it("refuses at once whoever comes when all places and all seats are taken", async () => {
    const lane = new Lane({ running: 1, waiting: 1 })
    const [first, second] = [held(), held()]
    const running = [lane.run(first.work), lane.run(second.work)]
    let started = false
    const third = lane.run(async () => {
      started = true
    })
    await expect(third).rejects.toMatchObject({ code: "server.busy" })
    expect(started).toBe(false)
    first.end()
    second.end()
    await Promise.all(running)
    await expect(lane.run(async () => "in")).resolves.toBe("in")
  })

  it("gives the place back when the work fails", async () => {
    const lane = new Lane({ running: 1, waiting: 0 })
    await expect(lane.run(() => Promise.reject(new Error("broken")))).rejects.toThrow("broken")
    await expect(lane.run(async () => "in")).resolves.toBe("in")
  })

  it("never runs more at once than it may, and serves first who came first", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 4 }),
        fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 20 }),
        async (limit, lengths) => {
          const lane = new Lane({ running: limit, waiting: 20 })
          const started: number[] = []
          let atOnce = 0
          let most = 0
          await Promise.all(
            lengths.map((length, index) =>
              lane.run(async () => {
                started.push(index)
                atOnce += 1
                most = Math.max(most, atOnce)
                await sleep(length)
                atOnce -= 1
              }),
            ),
          )
          expect(most).toBeLessThanOrEqual(limit)
          expect(started).toEqual(lengths.map((_, index) => index))
        },
      ),
      { numRuns: 30 },
    )
  })
})
