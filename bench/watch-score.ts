/** Whom watchfulness finds, rightly and wrongly: `npm run score:watch -- [seeds] [staff] [days] [first seed]`. Clauses 1.5, 4.8, 6.4. */

import { areNeighbours, type Ties, type WatchEvent } from "../src/duty/watch/event.ts"
import { emptyMemory } from "../src/duty/watch/memory.ts"
import { type Finding, watch } from "../src/duty/watch/watch.ts"
import { capsV1 } from "../src/lifecycle/catalogue/approvals-v1.ts"
import { mosaicOf } from "../src/lifecycle/catalogue/mosaic-v1.ts"
import { type WatchCode, watchCodes } from "../src/lifecycle/catalogue/watch-shape.ts"
import { watchOf } from "../src/lifecycle/catalogue/watch-v1.ts"
import { chanceOf } from "./leak-lists.ts"
import { patientYear, type Stopped } from "./watch-patient.ts"
import { couldBe, kinds } from "./watch-snoopers.ts"
import { draw, type Town, townOf, type Worker } from "./watch-town.ts"
import { lawfulYear, type Stream } from "./watch-year.ts"

export interface Size {
  readonly staff: number
  readonly homes: number
  readonly days: number
  /** Snoopers of each kind. */
  readonly each: number
  readonly seed: number
}

export interface Score {
  readonly staffDays: number
  readonly events: number
  /** False findings, by rule. */
  readonly wrong: ReadonlyMap<WatchCode, number>
  /** By kind: how many there were, how many were found, and after how many days. */
  readonly found: ReadonlyMap<WatchCode, Found>
  readonly patient: readonly Stopped[]
}

interface Found {
  readonly of: number
  readonly found: number
  readonly days: readonly number[]
}

export function scoreWatch(size: Size): Score {
  const town = townOf(size)
  const chance = chanceOf(size.seed + 7_919)
  const stream = lawfulYear(town, { days: size.days, chance })
  const wrong = new Map<WatchCode, number>()
  let events = 0
  for (const worker of town.staff) {
    const own = stream.get(worker.id) ?? []
    events += own.length
    for (const { code } of findingsOf(town, worker, own)) wrong.set(code, (wrong.get(code) ?? 0) + 1)
  }
  const found = new Map(watchCodes.map((kind) => [kind, snoop({ town, stream, size }, kind)]))
  const patient = Array.from({ length: size.each }, () => patientYear(mosaicOf({}), chance))
  return { staffDays: size.staff * size.days, events, wrong, found, patient }
}

function findingsOf(town: Town, worker: Worker, events: readonly WatchEvent[]): Finding[] {
  const watching = { rules: watchOf({}), caps: capsV1, ties: tiesOf(town, worker) }
  const memory = emptyMemory()
  return events.flatMap((event) => watch(memory, event, watching))
}

function tiesOf({ staff, households }: Town, { id, home, relatives }: Worker): Ties {
  const ids = (homes: readonly { homeId: string }[]) => new Set(homes.map(({ homeId }) => homeId))
  const colleagues = staff.flatMap((one) => (one.id === id || one.home === undefined ? [] : [one.home]))
  const near = home === undefined ? [] : households.filter(({ place }) => areNeighbours(home, place))
  return {
    own: ids(home === undefined ? [] : [home]),
    relatives: ids(relatives),
    colleagues: ids(colleagues),
    neighbours: ids(near.map(({ place }) => place)),
  }
}

interface Stage {
  readonly town: Town
  readonly stream: Stream
  readonly size: Size
}

function snoop({ town, stream, size }: Stage, kind: WatchCode): Found {
  const fit = town.staff.filter((worker) => couldBe(kind, worker))
  const days: number[] = []
  let of = 0
  for (let nth = 0; nth < size.each && fit.length > 0; nth += 1) {
    const chance = chanceOf(1_000 * size.seed + nth)
    const worker = draw.of(fit, chance)
    const from = Math.floor((size.days / 3) * chance())
    const added = kinds[kind]({ town, worker, chance, from, days: size.days })
    const lawful =
      kind === "haste" ? withoutSignatures(stream.get(worker.id) ?? []) : (stream.get(worker.id) ?? [])
    const all = [...lawful, ...added].toSorted((a, b) => a.at - b.at)
    const traces = new Set(added.map(({ traceId }) => traceId))
    const hit = findingsOf(town, worker, all).find(
      ({ code, evidence }) => code === kind || evidence.some((trace) => traces.has(trace)),
    )
    of += 1
    const [first] = added.map(({ at }) => at).toSorted((a, b) => a - b)
    if (hit !== undefined && first !== undefined) days.push(Math.max(0, (hit.at - first) / 86_400_000))
  }
  return { of, found: days.length, days }
}

/** A careless approver has no careful half. */
function withoutSignatures(events: readonly WatchEvent[]): WatchEvent[] {
  return events.filter(({ kind }) => kind !== "signed" && kind !== "opened")
}

const middle = (numbers: readonly number[]) =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)]

function main(): void {
  const [seeds = 3, staff = 200, days = 365, first = 101] = process.argv.slice(2).map(Number)
  const scores = Array.from({ length: seeds }, (_, nth) =>
    scoreWatch({ staff, days, homes: staff * 60, each: 24, seed: first + nth }),
  )
  const staffDays = scores.reduce((sum, one) => sum + one.staffDays, 0)
  const events = scores.reduce((sum, one) => sum + one.events, 0)
  console.log(`${staff} staff × ${days} days × ${seeds} seeds from ${first}: ${events} traces of lawful work`)
  const total = { of: 0, found: 0, wrong: 0 }
  for (const kind of watchCodes) {
    const all = scores.flatMap(({ found }) => found.get(kind) ?? [])
    const [of, found] = [
      all.reduce((sum, one) => sum + one.of, 0),
      all.reduce((sum, one) => sum + one.found, 0),
    ]
    const wrong = scores.reduce((sum, one) => sum + (one.wrong.get(kind) ?? 0), 0)
    total.of += of
    total.found += found
    total.wrong += wrong
    const after = middle(all.flatMap((one) => one.days))?.toFixed(0) ?? "–"
    const recall = ((100 * found) / of).toFixed(1)
    console.log(
      `${kind.padEnd(10)} found ${found} of ${of} (${recall} %), after ${after} days; false findings ${wrong}`,
    )
  }
  console.log(`recall ${((100 * total.found) / total.of).toFixed(2)} % (owed 95)`)
  console.log(
    `false findings ${((1_000 * total.wrong) / staffDays).toFixed(3)} per 1,000 staff-days (owed 1)`,
  )
  const patient = scores.flatMap((one) => one.patient)
  const stopped = patient.filter(({ all }) => all !== undefined)
  const learnt = middle(patient.map((one) => one.learnt)) ?? 0
  console.log(
    `patient for a year: ${stopped.length} of ${patient.length} stopped at the line, in the middle on day ` +
      `${middle(stopped.map(({ all }) => all ?? 0)) ?? "–"}, with ${(100 * learnt).toFixed(0)} % of the household learnt`,
  )
}

if (import.meta.main) main()
