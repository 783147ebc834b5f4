/**
 * The product against a plain model of the rules: after each history every question (person of staff × use × field) is put to
 * the model, to the pure engine and to API and database. Clauses 3.8, 4.2–4.5, 6.3.
 * HUDUN_HISTORIES=20000 plays that many instead of 120; HUDUN_SEED repeats a run.
 */

import { afterAll, beforeAll, expect, it } from "vitest"
import { setToNoon } from "../applications.ts"
import { engineOfApplication, engineOfOrder } from "./engine.ts"
import { historyOf, leapsOf, pick, randomFrom } from "./history.ts"
import { type Command, roles, Town } from "./rules.ts"
import {
  clockOf,
  closeStage,
  lookAs,
  lookAtOrder,
  makeScenes,
  openStage,
  play,
  type Scene,
  type Stage,
} from "./stage.ts"

const histories = Number(process.env["HUDUN_HISTORIES"] ?? 120)
const seed = Number(process.env["HUDUN_SEED"] ?? Date.now() % 2 ** 31)
const atOnce = 30
const patience = 30_000 + histories * 1_000

let stage: Stage

beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => closeStage(stage))

interface Played {
  readonly scene: Scene
  readonly town: Town
  readonly history: readonly Command[]
}

interface Tally {
  commands: number
  refusedCommands: number
  questions: number
  seen: number
  readonly differences: string[]
}

it(`${histories} histories leave nobody with more or less than the rules say (seed ${seed})`, {
  timeout: patience,
}, async () => {
  const random = randomFrom(seed)
  const tally: Tally = { commands: 0, refusedCommands: 0, questions: 0, seen: 0, differences: [] }
  for (let at = 0; at < histories && tally.differences.length === 0; at += atOnce)
    await playRound(random, tally, Math.min(atOnce, histories - at))
  expect(tally.differences).toEqual([])
  const { commands, refusedCommands, questions, seen } = tally
  process.stdout.write(
    `seed ${seed}: ${histories} histories, ${commands} commands (${refusedCommands} refused), ${questions} questions (${seen} seen)\n`,
  )
  // Not vacuous: enough is carried out, refused, seen and not seen.
  for (const count of [commands - refusedCommands, refusedCommands, seen, questions - seen])
    expect(count).toBeGreaterThan(histories / 20)
})

/** A round of histories goes through its steps together, for they share a clock. */
async function playRound(random: () => number, tally: Tally, count: number): Promise<void> {
  setToNoon(stage.desk)
  const steps = pick(random, [4, 6, 8])
  const leaps = leapsOf(random, steps)
  const scenes = await makeScenes(stage, count)
  const round = scenes.map(
    (scene): Played => ({ scene, town: new Town(), history: historyOf(random, steps) }),
  )
  for (const [step, leap] of leaps.entries()) {
    stage.desk.test.time.ahead += leap
    await inLanes(round, (played) => playStep(tally, played, step))
  }
  const found: object[] = []
  await inLanes(round, async (played) => void found.push(...(await ask(tally, played))))
  const told = { seed, leaps }
  tally.differences.push(...found.map((difference) => JSON.stringify({ ...difference, ...told })))
}

/** Several at the same moment, so that sessions meet; not so many that the server calls itself busy. */
async function inLanes(round: readonly Played[], work: (played: Played) => Promise<void>): Promise<void> {
  const waiting = [...round]
  const lane = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await work(next)
  }
  await Promise.all(Array.from({ length: 8 }, lane))
}

async function playStep(tally: Tally, { scene, town, history }: Played, step: number): Promise<void> {
  const command = history[step]
  if (command === undefined || (command.do === "leave" && town.gone.has(command.who))) return
  if (command.do === "move" && town.gone.has(command.who)) return
  town.now = clockOf(stage.desk.test)
  const wasDone = await play(stage, scene, command)
  if (wasDone === undefined) return
  tally.commands += 1
  if (!wasDone) tally.refusedCommands += 1
  const may = town.perform(command)
  if (may !== wasDone)
    tally.differences.push(JSON.stringify({ step, command, model: may, product: wasDone, history, seed }))
}

interface Question {
  readonly model: boolean
  readonly engine: boolean | null
  /** What the model says of the engine's part of the question. */
  readonly due: boolean
  readonly product: boolean
}

async function ask(tally: Tally, { scene, town, history }: Played): Promise<object[]> {
  town.now = clockOf(stage.desk.test)
  const differences: object[] = []
  const note = (question: object, { model, engine, due, product }: Question) => {
    tally.questions += 1
    if (product) tally.seen += 1
    if (model !== product || (engine !== null && engine !== due))
      differences.push({ ...question, model, engine, product, history })
  }
  await Promise.all(
    roles.map(async (who) => {
      if (scene.order !== undefined) {
        const engine = await engineOfOrder(scene, town, who)
        for (const field of ["phone", "repair", "name"]) {
          const model = town.opensOrder(who, field)
          const said = isServed(town, who) ? engine(field) : null
          const product = (await lookAtOrder(scene, who, field)) === "seen"
          note({ who, use: "order", field }, { model, engine: said, due: model, product })
        }
      }
      for (const at of scene.applicationIds.keys()) {
        const engine = await engineOfApplication(scene, town, { who, at })
        for (const field of ["phone", "name"]) {
          const [model, due] = [town.sees(who, at, field), town.opensApplication(who, at, field)]
          const said = isServed(town, who) ? engine(field) : null
          const product = (await lookAs(scene, { by: who, at, field })) === "seen"
          note({ who, use: at, field }, { model, engine: said, due, product })
        }
      }
    }),
  )
  return differences
}

/** Whoever has left or is suspended, or holds a post that looks at nothing, is stopped at the door: the engine is not asked. */
function isServed(town: Town, who: (typeof roles)[number]): boolean {
  return !town.isOut(who) && who !== "archivist"
}
