/** Figures as a table for people, or as one JSON object a line. */

import { execFileSync } from "node:child_process"
import type { Measured, Round } from "./rounds.ts"
import type { Workload } from "./workloads.ts"

export interface Line {
  readonly id: string
  readonly workload: string
  readonly value: number
  readonly unit: string
  /** Product over plain, better when greater; null where there is nothing to compare with. */
  readonly ratio: number | null
  readonly quartiles?: readonly [number, number]
  readonly baseline: number | null
  readonly goal: number | null
  readonly met: boolean | null
  /** For the table only. */
  readonly note?: string
}

export interface Spread {
  readonly median: number
  readonly quartiles: readonly [number, number]
}

export function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b)
  return { median: quantile(sorted, 0.5), quartiles: [quantile(sorted, 0.25), quantile(sorted, 0.75)] }
}

function quantile(sorted: readonly number[], part: number): number {
  const place = (sorted.length - 1) * part
  const below = sorted[Math.floor(place)] ?? 0
  const above = sorted[Math.ceil(place)] ?? below
  return below + (above - below) * (place % 1)
}

/** Requests a second, p99 and CPU of one workload. The goal is of the first; the others explain it. */
export function linesOf(workload: Workload, rounds: readonly Round[]): Line[] {
  const { id, connections, owed, goal } = workload
  const name = `${workload.name}, ${connections} connections`
  const rate = compared(rounds, (one) => one.perSecond)
  const late = compared(rounds, (one) => one.p99)
  const cpu = compared(rounds, (one) => one.serverCpu + one.postgresCpu)
  const split = (side: keyof Round) =>
    [
      spreadOf(rounds.map((round) => round[side].serverCpu)).median.toFixed(0),
      spreadOf(rounds.map((round) => round[side].postgresCpu)).median.toFixed(0),
    ].join(" + ")
  return [
    {
      id,
      workload: name,
      unit: "requests/s",
      ...rate,
      goal,
      met: goal === null ? null : rate.ratio >= goal,
      ...(owed === null ? {} : { note: `owed ${owed}: ${rate.ratio >= owed ? "met" : "NOT MET"}` }),
    },
    { id: `${id}.p99`, workload: name, unit: "ms", ...late, goal: null, met: null },
    {
      id: `${id}.cpu`,
      workload: name,
      unit: "µs/request",
      ...cpu,
      goal: null,
      met: null,
      note: `server + PostgreSQL: ${split("product")} against ${split("plain")}`,
    },
  ]
}

function compared(rounds: readonly Round[], of: (measured: Measured) => number) {
  const ratio = spreadOf(rounds.map(({ product, plain }) => of(product) / of(plain)))
  return {
    value: spreadOf(rounds.map(({ product }) => of(product))).median,
    baseline: spreadOf(rounds.map(({ plain }) => of(plain))).median,
    ratio: ratio.median,
    quartiles: ratio.quartiles,
  }
}

export function print(lines: readonly Line[], asJson: boolean): void {
  for (const line of lines) console.log(asJson ? jsonOf(line) : textOf(line))
}

const commit = commitOf()

function commitOf(): string | null {
  try {
    return execFileSync("git", ["rev-parse", "--short", "HEAD"], {
      cwd: import.meta.dirname,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    }).trim()
  } catch {
    return null
  }
}

function jsonOf(line: Line): string {
  return JSON.stringify({ ...line, note: undefined, commit }, (_key, value: unknown) =>
    typeof value === "number" ? Number(value.toPrecision(4)) : value,
  )
}

function textOf(line: Line): string {
  const [low, high] = line.quartiles ?? [0, 0]
  const ratio =
    line.ratio === null
      ? ""
      : `${line.ratio.toFixed(2)} ×${line.quartiles ? ` (${low.toFixed(2)}–${high.toFixed(2)})` : ""}`
  const verdict = line.goal === null ? "" : `goal ${line.goal}: ${line.met ? "met" : "not met"}`
  const baseline = line.baseline === null ? "" : `against ${short(line.baseline)}`
  return [
    line.id.padEnd(7),
    line.workload.padEnd(38),
    ratio.padEnd(20),
    `${short(line.value)} ${line.unit} ${baseline}`.padEnd(40),
    [verdict, line.note].filter(Boolean).join("; "),
  ]
    .join(" ")
    .trimEnd()
}

function short(value: number): string {
  return value >= 100 ? String(Math.round(value)) : value.toPrecision(3)
}
