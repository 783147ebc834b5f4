/** Interleaved rounds: product, plain, plain, product … one of them loaded at a time, ratios within a round. */

import type { Child } from "./child.ts"
import { ask, type Figures, load } from "./load.ts"
import { randomFrom } from "./population.ts"
import type { Postgres } from "./postgres.ts"
import type { Workload } from "./workloads.ts"
import type { World } from "./world.ts"

export interface Stage {
  readonly postgres: Postgres
  readonly product: Child
  readonly plain: Child
  readonly world: World
  readonly rounds: number
  readonly seconds: number
}

export interface Measured extends Figures {
  /** Microseconds on the processor for each request: of the server, and of PostgreSQL. */
  readonly serverCpu: number
  readonly postgresCpu: number
}

export interface Round {
  readonly product: Measured
  readonly plain: Measured
}

type Side = keyof Round

const answersCompared = 5

export async function runRounds(stage: Stage, workload: Workload): Promise<Round[]> {
  const random = randomFrom(workload.connections)
  const run = (side: Side, seconds: number) => measure(stage, side, { workload, random, seconds })
  // A path is compiled anew for some ten thousand requests; until then one measures the compiler.
  await run("plain", stage.seconds * 2)
  await run("product", stage.seconds * 2)
  const rounds: Round[] = []
  for (let at = 0; at < stage.rounds; at++) {
    await compareAnswers(stage, workload, random)
    const first: Side = at % 2 === 0 ? "product" : "plain"
    const one = await run(first, stage.seconds)
    const other = await run(first === "product" ? "plain" : "product", stage.seconds)
    rounds.push(first === "product" ? { product: one, plain: other } : { product: other, plain: one })
  }
  return rounds
}

async function compareAnswers(stage: Stage, workload: Workload, random: () => number): Promise<void> {
  for (let at = 0; at < answersCompared; at++) {
    const pair = workload.question(stage.world, random)
    const product = await ask(stage.product.port, pair.product)
    const plain = await ask(stage.plain.port, pair.plain)
    workload.compare(product, plain, pair)
  }
}

interface Run {
  readonly workload: Workload
  readonly random: () => number
  readonly seconds: number
}

async function measure(stage: Stage, side: Side, { workload, random, seconds }: Run): Promise<Measured> {
  const child = stage[side]
  const before = { server: (await child.usage()).cpu, postgres: stage.postgres.cpu() }
  const figures = await load({
    port: child.port,
    connections: workload.connections,
    seconds,
    next: () => workload.question(stage.world, random)[side],
  })
  const after = { server: (await child.usage()).cpu, postgres: stage.postgres.cpu() }
  return {
    ...figures,
    serverCpu: (after.server - before.server) / figures.requests,
    postgresCpu: (after.postgres - before.postgres) / figures.requests,
  }
}
