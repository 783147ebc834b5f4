/**
 * `npm run bench`: the product against the plain way, in the same run, on the same machine and PostgreSQL, round by round.
 * A ratio is the figure; absolute numbers are context. Nothing counts unless every answer was 200, right, and traced.
 */

import { mkdir, mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join, resolve } from "node:path"
import { startChild } from "./child.ts"
import { decisionLines } from "./decision.ts"
import { measureImports } from "./imports.ts"
import { type Options, readOptions, usage } from "./options.ts"
import { type Postgres, productDatabase, startPostgres, withAdmin } from "./postgres.ts"
import { linesOf, print } from "./report.ts"
import { type Round, runRounds, type Stage } from "./rounds.ts"
import { bareLook, type Workload, workloads } from "./workloads.ts"
import { readWorld, type World } from "./world.ts"

const program = resolve(import.meta.dirname, "..")
const full = { communities: 20, personsEach: 10_000, ordersEach: 1_000 }
const quick = { communities: 4, personsEach: 4_000, ordersEach: 500 }

async function main(options: Options): Promise<void> {
  if (isAsked(options, "P13")) print(decisionLines(options.rounds), options.json)
  if (options.only.length > 0 && options.only.every((id) => id === "P13")) return
  const data =
    options.data === undefined ? await mkdtemp(join(tmpdir(), "hudun-bench-")) : resolve(options.data)
  await mkdir(data, { recursive: true, mode: 0o700 })
  const postgres = await startPostgres(data, program)
  try {
    await runWorkloads(options, { data, postgres })
    if (isAsked(options, "P6")) await runImports(options, { data, postgres })
  } finally {
    await postgres.stop()
    if (options.data === undefined) await rm(data, { recursive: true, force: true })
  }
}

interface Place {
  readonly data: string
  readonly postgres: Postgres
}

async function runWorkloads(options: Options, { data, postgres }: Place): Promise<void> {
  const chosen = workloads.filter(({ id }) => isAsked(options, id))
  if (chosen.length === 0) return
  const world = await filled(options, { data, postgres })
  const { socket } = postgres
  const product = await startChild("subject", { data, socket })
  const plain = await startChild("baseline", { socket })
  const { rounds, seconds } = options
  const stage = { postgres, product, plain, world, rounds, seconds }
  say(
    options,
    `${world.persons} persons in ${world.communities} communities; ${rounds} rounds of ${seconds} s`,
  )
  for (const workload of chosen) {
    const before = await countTraces(postgres, workload)
    const measured = await runRounds(stage, workload)
    await refuseUntraced(stage, workload, { before, measured })
    print(linesOf(workload, measured), options.json)
  }
  await product.stop()
  if (isAsked(options, "P3")) {
    const bare = await startChild("bare", { data, socket })
    print(linesOf(bareLook, await runRounds({ ...stage, product: bare }, bareLook)), options.json)
    await bare.stop()
  }
  await plain.stop()
}

async function runImports(options: Options, { data, postgres }: Place): Promise<void> {
  const { socket } = postgres
  const filler = await startChild("fill", { data, socket, communities: 0, personsEach: 0, ordersEach: 0 })
  await filler.stop()
  const size = options.quick ? { rows: 4_000, rounds: 1 } : { rows: 100_000, rounds: 3 }
  print(await measureImports({ data, postgres, ...size }), options.json)
}

function isAsked({ only }: Options, id: string): boolean {
  return only.length === 0 || only.includes(id)
}

async function filled(options: Options, { data, postgres }: Place): Promise<World> {
  const known = await readWorld(data)
  if (known !== undefined) return known
  const begin = performance.now()
  const size = options.quick ? quick : full
  const filler = await startChild("fill", { data, socket: postgres.socket, ...size })
  await filler.stop()
  say(options, `filled in ${((performance.now() - begin) / 1_000).toFixed(1)} s`)
  const world = await readWorld(data)
  if (world === undefined) throw new Error("the databases were not filled")
  return world
}

/** Every answer has its trace: what was counted may not be more than what the table holds. */
async function refuseUntraced(
  { postgres }: Stage,
  workload: Workload,
  { before, measured }: { before: number; measured: readonly Round[] },
): Promise<void> {
  const traced = (await countTraces(postgres, workload)) - before
  const answered = measured.reduce((sum, { product }) => sum + product.requests, 0)
  if (traced < answered) throw new Error(`${answered} answers left only ${traced} traces`)
}

async function countTraces({ socket }: Postgres, { act }: Workload): Promise<number> {
  return withAdmin(socket, productDatabase, async (admin) => {
    const { rows } = await admin.query<{ count: number }>(
      "select count(*)::int as count from app.trace where act = $1",
      [act],
    )
    return rows[0]?.count ?? 0
  })
}

function say(options: Options, text: string): void {
  if (!options.json) console.log(text)
}

try {
  await main(readOptions(process.argv.slice(2)))
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  console.error(usage)
  process.exitCode = 1
}
