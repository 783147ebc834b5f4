/** Typed log events: an allow-list of names and facts, so that no personal value can slip in. One JSON object a line. */

import pino from "pino"

interface Events {
  "server.starting": { version: string; node: string }
  "server.serving": { address: string }
  "server.stopping": { signal: string }
  "server.stopped": Record<string, never>
  "server.warning": { name: string; code: string }
  "database.ready": { how: string; version: string }
  "database.migrated": { count: number }
  "database.lost": { code: string }
  "request.failed": { method: string; route: string; status: number; where: string }
  "vault.seal": { state: string }
  "vault.rotated": { tenant: string; epoch: number }
  "vault.destroyed": { tenant: string; epoch: number }
  "vault.resealed": { tenant: string; suite: string }
  "vault.quarantined": { community: string; class: string }
  "ledger.publishing": { state: string }
  "consent.failed": { where: string }
  "ledger.failing": { where: string }
  "ledger.stopped": { reason: string; origin: string }
  "mirror.up": Record<string, never>
  "mirror.down": { reason: string }
  "siem.up": Record<string, never>
  "siem.down": { where: string }
  "siem.late": { seconds: number }
  "siem.caught_up": Record<string, never>
  "siem.gap": { origin: string; from: number; through: number }
  "job.started": { job: string; id: string }
  "job.ended": { job: string; id: string; outcome: string }
  "job.failed": { job: string; id: string; where: string }
}

export interface Log {
  event<Name extends keyof Events>(name: Name, facts: Events[Name]): void
}

/** `destination` is a file descriptor or a path; standard error keeps standard output for the address and the set-up code. */
export function openLog(destination: number | string = 2): Log {
  const sink = pino(
    { base: null, timestamp: pino.stdTimeFunctions.isoTime },
    pino.destination({ dest: destination, sync: false }),
  )
  return { event: (name, facts) => sink.info({ event: name, ...facts }) }
}

/**
 * Where a bug is, without what it said: PostgreSQL and parsers quote values in their messages.
 * The first frame of the stack names file and line; the error's name and SQLSTATE tell the kind.
 */
export function whereOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error
  const code = "code" in error && typeof error.code === "string" ? error.code : ""
  const frames = error.stack?.split("\n").filter((line) => line.startsWith("    at ")) ?? []
  const own = frames.find((line) => line.includes("/src/")) ?? frames[0] ?? ""
  return `${error.name} ${code} ${own.trim()}`.replace(/\s+/g, " ").trim()
}
