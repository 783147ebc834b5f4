import { setTimeout } from "node:timers/promises"
import { expect, it } from "vitest"
import { Crowd } from "./crowd.ts"
import { Gatherer } from "./gather.ts"

it("asks together what came together, and what came meanwhile in the next group", async () => {
  const groups: number[][] = []
  const gatherer = new Gatherer<number, number>(new Crowd(), async (asks) => {
    groups.push([...asks])
    await setTimeout(5)
    return asks.map((ask) => ask * 2)
  })
  const first = Promise.all([1, 2, 3].map((ask) => gatherer.ask(ask)))
  await setTimeout(1)
  const second = Promise.all([4, 5].map((ask) => gatherer.ask(ask)))
  expect(await first).toEqual([2, 4, 6])
  expect(await second).toEqual([8, 10])
  expect(groups.map((group) => group.length).reduce((sum, length) => sum + length)).toBe(5)
  expect(groups.length).toBeLessThan(5)
})

it("lets nobody's mistake be another's", async () => {
  const gatherer = new Gatherer<number, number>(new Crowd(), async (asks) => {
    if (asks.includes(13)) throw new Error("thirteen")
    return asks
  })
  const answers = await Promise.allSettled([12, 13, 14].map((ask) => gatherer.ask(ask)))
  expect(answers.map((answer) => answer.status)).toEqual(["fulfilled", "rejected", "fulfilled"])
  await expect(gatherer.ask(15)).resolves.toBe(15)
})

it("does not leave an ask without an answer in the air", async () => {
  const gatherer = new Gatherer<number, number>(new Crowd(), () => Promise.resolve([]))
  await expect(gatherer.ask(1)).rejects.toThrow("without an answer")
})
