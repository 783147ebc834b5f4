/** P6: a roster of 100 000 rows through the product's own import over HTTP, against parse and COPY of the cells in clear. */

import { writeFile } from "node:fs/promises"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { z } from "zod"
import { type Child, startChild } from "./child.ts"
import { ask } from "./load.ts"
import { type Postgres, productDatabase, withAdmin } from "./postgres.ts"
import { type Line, spreadOf } from "./report.ts"
import { rosterFile } from "./roster-file.ts"
import { appoint, makeCommunities, type Staff } from "./staff.ts"

/** What the first version owes for all of it. */
const owedSeconds = 120
const owedMegabytes = 700
const owedRatio = 0.25
const goal = 0.5

export interface ImportStage {
  readonly data: string
  readonly postgres: Postgres
  readonly rows: number
  readonly rounds: number
}

interface Taken {
  /** Seconds from the upload to the end, and of the commit alone. */
  readonly whole: number
  readonly commit: number
  /** The server's peak, in megabytes. */
  readonly peak: number
}

interface Round {
  readonly product: Taken
  /** Seconds. */
  readonly plain: number
}

type Kind = "xlsx" | "csv"

export async function measureImports(stage: ImportStage): Promise<Line[]> {
  const lines: Line[] = []
  for (const kind of ["xlsx", "csv"] as const) {
    const file = join(stage.data, `roster.${kind}`)
    const bytes = await rosterFile(kind, stage.rows)
    await writeFile(file, bytes, { mode: 0o600 })
    const plain = await startChild("plain-import", { socket: stage.postgres.socket, file })
    const rounds: Round[] = []
    for (let round = 0; round < stage.rounds; round++) {
      rounds.push({
        plain: await takePlain(plain, stage.rows),
        product: await takeProduct(stage, kind, bytes),
      })
    }
    await plain.stop()
    lines.push(...linesOf(stage.rows, kind, rounds))
  }
  return lines
}

async function takePlain({ port }: Child, rows: number): Promise<number> {
  const begin = performance.now()
  const { taken } = z
    .object({ taken: z.number() })
    .parse(await ask(port, { method: "POST", path: "/import", body: {} }))
  if (taken !== rows) throw new Error(`the plain side took ${taken} of ${rows} rows`)
  return secondsSince(begin)
}

/** A fresh server for each import, so that its peak is this import's; an empty community, so that every row is new. */
async function takeProduct(
  { data, postgres, rows }: ImportStage,
  kind: Kind,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<Taken> {
  const manager = await openCommunity(postgres)
  const child = await startChild("subject", { data, socket: postgres.socket })
  const begin = performance.now()
  const detail = await upload(child, manager, new File([bytes], `roster.${kind}`))
  await step(child, manager, {
    importId: detail.importId,
    verb: "check",
    until: "checked",
    body: { sheetIndex: 0, fates: detail.sheets[0]?.columns.map(({ fate }) => fate) },
  })
  const commitBegin = performance.now()
  const done = await step(child, manager, {
    importId: detail.importId,
    verb: "commit",
    until: "done",
    body: {},
  })
  const whole = secondsSince(begin)
  if (done.counts?.taken !== rows || done.counts.added === 0) throw new Error("not every row was taken")
  const commit = secondsSince(commitBegin)
  const peak = (await child.usage()).peakMemory / 1e6
  await child.stop()
  return { whole, commit, peak }
}

async function openCommunity({ socket }: Postgres): Promise<Staff> {
  return withAdmin(socket, productDatabase, async (admin) => {
    const communityId = String(Date.now())
    await makeCommunities(admin, "1", [communityId])
    return appoint(admin, { tenantId: "1", communityId, post: "manager", buildings: null })
  })
}

const detailShape = z.object({
  importId: z.string(),
  state: z.string(),
  failure: z.string().nullable(),
  counts: z.object({ taken: z.number(), added: z.number() }).nullable(),
  sheets: z.array(z.object({ columns: z.array(z.object({ fate: z.unknown() })) })),
})
type Detail = z.output<typeof detailShape>

function pathOf({ communityId }: Staff): string {
  return `/api/communities/${communityId}/imports`
}

async function upload({ port }: Child, manager: Staff, file: File): Promise<Detail> {
  const body = new FormData()
  body.set("file", file)
  const reply = await fetch(`http://127.0.0.1:${port}${pathOf(manager)}`, {
    method: "POST",
    headers: { cookie: `hudun_session=${manager.cookie}` },
    body,
  })
  if (reply.status !== 200)
    throw new Error(`the upload was answered with ${reply.status}: ${await reply.text()}`)
  return detailShape.parse(await reply.json())
}

interface Step {
  readonly importId: string
  readonly verb: "check" | "commit"
  readonly until: string
  readonly body: object
}

async function step({ port }: Child, manager: Staff, { importId, verb, until, body }: Step): Promise<Detail> {
  const path = `${pathOf(manager)}/${importId}`
  const { cookie } = manager
  await ask(port, { method: "POST", path: `${path}/${verb}`, cookie, body })
  for (;;) {
    const detail = detailShape.parse(await ask(port, { method: "GET", path, cookie }))
    if (detail.state === until) return detail
    if (detail.state === "failed") throw new Error(`the import failed: ${detail.failure}`)
    await sleep(50)
  }
}

function linesOf(rows: number, kind: Kind, rounds: readonly Round[]): Line[] {
  const workload = `import of ${rows} rows, ${kind}`
  const ratio = spreadOf(rounds.map(({ product, plain }) => plain / product.commit))
  const whole = spreadOf(rounds.map(({ product }) => product.whole)).median
  const peak = spreadOf(rounds.map(({ product }) => product.peak)).median
  const alone = { baseline: null, ratio: null }
  return [
    {
      id: "P6",
      workload,
      unit: "rows/s",
      value: rows / spreadOf(rounds.map(({ product }) => product.commit)).median,
      baseline: rows / spreadOf(rounds.map(({ plain }) => plain)).median,
      ratio: ratio.median,
      quartiles: ratio.quartiles,
      goal,
      met: ratio.median >= goal,
      note: `owed ${owedRatio}: ${ratio.median >= owedRatio ? "met" : "NOT MET"}`,
    },
    {
      id: "P6.whole",
      workload: `${workload}: upload, dry run, commit`,
      unit: "s",
      value: whole,
      ...alone,
      goal: owedSeconds,
      met: whole <= owedSeconds,
    },
    {
      id: "P6.peak",
      workload: `${workload}: peak memory`,
      unit: "MB",
      value: peak,
      ...alone,
      goal: owedMegabytes,
      met: peak <= owedMegabytes,
    },
  ]
}

function secondsSince(begin: number): number {
  return (performance.now() - begin) / 1_000
}
