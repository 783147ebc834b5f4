/** The SIEM of a running server, from its setting. */

import { readFile } from "node:fs/promises"
import type { SecureContextOptions } from "node:tls"
import type { Clock } from "../platform/clock.ts"
import { type Log, whereOf } from "../platform/log.ts"
import type { Disk } from "./disk.ts"
import type { LogSet } from "./log-set.ts"
import { SiemCursor } from "./siem-cursor.ts"
import { SiemFile } from "./siem-file.ts"
import { type SiemEvent, SiemFollower, type SiemState } from "./siem-follower.ts"
import type { SiemPlace } from "./siem-place.ts"
import type { LogHead, SiemSource } from "./siem-reader.ts"
import { SiemSyslog } from "./siem-syslog.ts"
import { type SiemSetting, targetName } from "./siem-target.ts"

export interface SiemOptions {
  /** Where the logs' files are; the cursor lies beside them. */
  readonly disk: Disk
  /** A connection of its own. */
  readonly source: SiemSource
  readonly clock: Clock
  readonly log: Log
}

export function openSiem(setting: SiemSetting, { disk, source, clock, log }: SiemOptions): SiemFollower {
  return new SiemFollower({
    place: placeOf(setting, clock),
    source,
    cursor: new SiemCursor(disk, targetName(setting.target)),
    clock,
    patience: setting.patience,
    tell: (event) => tell(log, event),
  })
}

function placeOf({ target, caFile, certificateFile }: SiemSetting, clock: Clock): SiemPlace {
  if (target.kind === "file") return new SiemFile({ path: target.path, clock })
  return new SiemSyslog({ ...target, tls: () => certificates(caFile, certificateFile) })
}

async function certificates(
  caFile: string | undefined,
  own: string | undefined,
): Promise<SecureContextOptions> {
  const pem = own === undefined ? undefined : await readFile(own)
  return {
    ...(caFile === undefined ? {} : { ca: await readFile(caFile) }),
    ...(pem === undefined ? {} : { cert: pem, key: pem }),
  }
}

function tell(log: Log, event: SiemEvent): void {
  switch (event.kind) {
    case "up":
      return log.event("siem.up", {})
    case "down":
      return log.event("siem.down", { where: whereOf(event.error) })
    case "late":
      return log.event("siem.late", { seconds: Math.round(event.lag / 1000) })
    case "caught_up":
      return log.event("siem.caught_up", {})
    case "gap":
      return log.event("siem.gap", { origin: event.log, from: event.seq, through: event.through })
  }
}

/** A word for `/readyz`: what is worst. */
export function siemWord({ isUp, isLate, holes }: SiemState): "gap" | "late" | "up" | "down" | "starting" {
  if (holes > 0) return "gap"
  if (isLate) return "late"
  if (isUp === undefined) return "starting"
  return isUp ? "up" : "down"
}

/** What the publisher has signed, as a SIEM follows it. */
export function headsOf(logs: LogSet): LogHead[] {
  return [...logs.writers].map(([communityId, { log, size }]) => ({ communityId, origin: log.origin, size }))
}
