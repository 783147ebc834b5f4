/** The ledger's state as figures, in Prometheus' text format 0.0.4. Clauses 3.11, 3.12. */

import type { Ledger } from "./ledger.ts"

interface Figure {
  readonly name: string
  readonly help: string
  readonly type: "gauge" | "counter"
  readonly value: number
}

const publisherStates = ["starting", "running", "standby", "failing", "stopped"] as const

export function metricsOf({ publisher, clockGuard, mirror, follower, siem }: Ledger): string {
  const { kind } = publisher.state
  const states = publisherStates.map(
    (state) => `hudun_ledger_state{state="${state}"} ${Number(state === kind)}\n`,
  )
  const figures: Figure[] = [
    {
      name: "hudun_clock_behind_seconds",
      help: "How far the clock is behind the newest trace; 0 within the tolerance.",
      type: "gauge",
      value: (clockGuard.stop?.behind ?? 0) / 1000,
    },
    {
      name: "hudun_mirror_up",
      help: "Whether plain text may be shown.",
      type: "gauge",
      value: Number(mirror.state.isUp),
    },
    {
      name: "hudun_mirror_behind_logs",
      help: "Logs whose newest traces the mirror lacks.",
      type: "gauge",
      value: follower.behind,
    },
    {
      name: "hudun_mirror_lag_seconds",
      help: "How long the first of them has waited.",
      type: "gauge",
      value: follower.lag / 1000,
    },
    ...(siem === undefined ? [] : siemFigures(siem.state)),
  ]
  return `# HELP hudun_ledger_state State of the publisher of the logs.\n# TYPE hudun_ledger_state gauge\n${states.join("")}${figures.map(lines).join("")}`
}

function siemFigures(state: NonNullable<Ledger["siem"]>["state"]): Figure[] {
  const { isUp, behind, lag, holes, delivered, isLate } = state
  return [
    {
      name: "hudun_siem_up",
      help: "Whether the last delivery succeeded.",
      type: "gauge",
      value: Number(isUp === true),
    },
    {
      name: "hudun_siem_late",
      help: "Whether a trace waits longer than it may.",
      type: "gauge",
      value: Number(isLate),
    },
    { name: "hudun_siem_behind", help: "Traces that were not delivered yet.", type: "gauge", value: behind },
    { name: "hudun_siem_lag_seconds", help: "Age of the oldest of them.", type: "gauge", value: lag / 1000 },
    {
      name: "hudun_siem_holes_total",
      help: "Places of the logs whose trace is gone.",
      type: "counter",
      value: holes,
    },
    { name: "hudun_siem_delivered_total", help: "Messages delivered.", type: "counter", value: delivered },
  ]
}

function lines({ name, help, type, value }: Figure): string {
  return `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${name} ${value}\n`
}
