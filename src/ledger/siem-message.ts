/**
 * What a SIEM is told of a trace: syslog (RFC 5424), or a line of JSON. Every message names its log and the number of its leaf,
 * so that the receiver sees a hole by itself. A trace holds no value, no name and no text of a person. Clause 3.12.
 *
 * ```
 * <110>1 2026-01-01T00:00:00.000Z host hudun - trace [hudun@32473 log="hudun/…/10" seq="42"] {"log":…,"seq":42,"trace":{…}}
 * ```
 */

import { hostname } from "node:os"
import { contentOf } from "./entry.ts"
import type { Trace } from "./trace.ts"

export type SiemMessage =
  | { readonly kind: "trace"; readonly log: string; readonly seq: number; readonly trace: Trace }
  | SiemGap

/** Leaves that the log has and of which the trace cannot be read any more; or leaves whose numbers begin anew. */
export interface SiemGap {
  readonly kind: "missing" | "rewound"
  readonly log: string
  readonly seq: number
  /** The last of them. */
  readonly through: number
  /** Milliseconds since the epoch. */
  readonly at: number
}

/** Facility "log audit", RFC 5424 §6.2.1. */
const facility = 13
const severity = { alert: 1, notice: 5, info: 6 } as const
// 32473 is the number for examples (RFC 5612): the product has no enterprise number of its own.
const dataId = "hudun@32473"

/** One line without its end, in ASCII. */
export function jsonOf(message: SiemMessage): string {
  const { kind, log, seq } = message
  const head = `{"log":${JSON.stringify(log)},"seq":${seq}`
  const json =
    kind === "trace"
      ? `${head},"trace":${contentOf(message.trace)}}`
      : `${head},"through":${message.through},"alarm":"${kind}"}`
  // Without it a receiver must guess the encoding, or look for a byte order mark (§6.4).
  return json.replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
}

/** The header, the structured data and the message. */
export function syslogOf(message: SiemMessage, host: string = hostName()): string {
  const { kind, log, seq } = message
  const at = kind === "trace" ? message.trace.at : message.at
  const head = `<${facility * 8 + severityOf(message)}>1 ${new Date(at).toISOString()} ${host} hudun - ${kind}`
  return `${head} [${dataId} log="${parameter(log)}" seq="${seq}"] ${jsonOf(message)}`
}

/** Octet counting, RFC 6587 §3.4.1: the only framing of RFC 5425. */
export function framed(message: string): string {
  return `${Buffer.byteLength(message)} ${message}`
}

function severityOf(message: SiemMessage): number {
  if (message.kind !== "trace") return severity.alert
  return message.trace.outcome === "refused" ? severity.notice : severity.info
}

/** PARAM-VALUE, §6.3.3. */
function parameter(value: string): string {
  return value.replace(/["\\\]]/g, (sign) => `\\${sign}`)
}

/** HOSTNAME, §6.2.4: printable ASCII, or none. */
function hostName(): string {
  return (
    hostname()
      .replace(/[^!-~]/g, "")
      .slice(0, 255) || "-"
  )
}
