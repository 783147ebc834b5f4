import { describe, expect, test } from "vitest"
import { Crowd } from "./crowd.ts"

/** A crowd of so many, under way until `end`. */
function crowdOf(size: number) {
  const crowd = new Crowd()
  const ends = Array.from({ length: size }, () => Promise.withResolvers<void>())
  const all = Promise.all(ends.map(({ promise }) => crowd.through(() => promise)))
  const end = async () => {
    for (const { resolve } of ends) resolve()
    await all
  }
  return { crowd, end }
}

describe("a few", () => {
  test("wait for nobody", async () => {
    const { crowd, end } = crowdOf(11)
    expect(crowd.isEnough(1)).toBe(true)
    await end()
  })

  test("are what is left of a crowd, also of one that fails", async () => {
    const { crowd, end } = crowdOf(32)
    const failed = crowd.through(() => Promise.reject(new Error("gone")))
    await expect(failed).rejects.toThrow("gone")
    await end()
    expect(crowd.isEnough(1)).toBe(true)
  })
})

describe("a crowd", () => {
  test("has company enough with a third of it", async () => {
    const { crowd, end } = crowdOf(32)
    expect(crowd.isEnough(10)).toBe(false)
    expect(crowd.isEnough(11)).toBe(true)
    await end()
  })

  test("waits for a turn of the clock, and not for ever", async () => {
    const { crowd, end } = crowdOf(32)
    const done: string[] = []
    const alone = crowd.gather(() => 1).then(() => done.push("alone"))
    await crowd.gather(() => 11).then(() => done.push("in company"))
    // No timer fires while promises are at work.
    expect(done).toEqual(["in company"])
    await alone
    expect(done).toEqual(["in company", "alone"])
    await end()
  })
})
