/** Where a SIEM is, as the environment tells it. */

import { isAbsolute } from "node:path"

export type SiemTarget =
  | {
      readonly kind: "tcp" | "tls"
      readonly host: string
      readonly port: number
    }
  | { readonly kind: "file"; readonly path: string }

export interface SiemSetting {
  readonly target: SiemTarget
  /** PEM of the authority that signed the receiver's certificate, when it is not a public one. */
  readonly caFile: string | undefined
  /** PEM of our own certificate and its key, for a receiver that asks for one (RFC 5425 §4.2.1). */
  readonly certificateFile: string | undefined
  /** A trace that waits longer is an alarm. Milliseconds. */
  readonly patience: number
}

/** Ports of RFC 5425 and of habit. */
const ports = { tcp: 601, tls: 6514 } as const

/** Throws an error that repeats nothing of what it read. */
export function parseSiemTarget(text: string): SiemTarget {
  return text.startsWith("ndjson:") ? fileOf(text.slice(7)) : receiverOf(text)
}

function fileOf(path: string): SiemTarget {
  if (isAbsolute(path)) return { kind: "file", path }
  throw new Error("HUDUN_SIEM: ndjson: needs a whole path, such as ndjson:/var/log/hudun.ndjson")
}

function receiverOf(text: string): SiemTarget {
  const [, scheme = "", rest = ""] = /^syslog\+(tcp|tls):\/\/([^/@?#]+)$/.exec(text) ?? []
  if ((scheme !== "tcp" && scheme !== "tls") || !URL.canParse(`http://${rest}`))
    throw new Error("HUDUN_SIEM is syslog+tls://host:port, syslog+tcp://host:port or ndjson:/path")
  // The port is read by itself: a URL leaves out the one that is usual for its scheme.
  const port = /:(\d+)$/.exec(rest)?.[1] ?? ports[scheme]
  const { hostname } = new URL(`http://${rest}`)
  return { kind: scheme, host: hostname.replace(/^\[|\]$/g, ""), port: Number(port) }
}

/** The same place in one word, to know whether it is another one than before. */
export function targetName(target: SiemTarget): string {
  if (target.kind === "file") return `ndjson:${target.path}`
  const { kind, host, port } = target
  return `syslog+${kind}://${host.includes(":") ? `[${host}]` : host}:${port}`
}
