/** The environment, parsed once into one frozen object. Every setting is in docs/operations.md. */

import { homedir } from "node:os"
import { isAbsolute, join, resolve } from "node:path"
import { z } from "zod"
import { isS3, type MirrorSetting, parseS3 } from "./ledger/mirror-setting.ts"
import { parseSiemTarget, type SiemSetting } from "./ledger/siem-target.ts"
import { type CallBridgeSetting, parseCallBridge } from "./platform/call-bridge-setting.ts"
import { type RootSetting, readRootSetting } from "./vault/root-setting.ts"

const environment = z.object({
  PORT: z.coerce.number().int().min(0).max(65535).default(7080),
  HOST: z.string().default("127.0.0.1"),
  HUDUN_DATA: z.string().default("./data"),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  KEYRING_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  HUDUN_ROOT: z.string().optional(),
  HUDUN_ROOT_KEY_FILE: z.string().optional(),
  HUDUN_ROOT_PASSPHRASE_FILE: z.string().optional(),
  /** Token of a transit service, PIN of a PKCS#11 token. */
  HUDUN_ROOT_SECRET_FILE: z.string().optional(),
  /** The authority that signed the transit service's certificate, when it is not a public one. */
  HUDUN_ROOT_CA_FILE: z.string().optional(),
  /** A company's KEK rolls after so many days; old ones are destroyed once no backup that old is kept. */
  HUDUN_KEK_DAYS: z.coerce.number().int().min(1).max(3650).default(365),
  HUDUN_BACKUP_DAYS: z.coerce.number().int().min(1).max(3650).default(35),
  /** The second place of the traces (3.11): a folder on another disk, or s3+https://host/bucket/prefix?region=name. */
  HUDUN_MIRROR: z.string().min(1).optional(),
  HUDUN_MIRROR_SECRET_FILE: z.string().min(1).optional(),
  HUDUN_MIRROR_CA_FILE: z.string().min(1).optional(),
  HUDUN_MIRROR_LOCK_DAYS: z.coerce.number().int().min(1).max(36_500).default(1095),
  /** A file that names the witnesses (9.5). */
  HUDUN_WITNESSES: z.string().min(1).optional(),
  /** Where every trace is sent besides (3.12): syslog+tls://host:port, syslog+tcp://host:port or ndjson:/path. */
  HUDUN_SIEM: z.string().min(1).optional(),
  HUDUN_SIEM_CA_FILE: z.string().min(1).optional(),
  HUDUN_SIEM_CERT_FILE: z.string().min(1).optional(),
  HUDUN_SIEM_LATE_MINUTES: z.coerce.number().min(0.1).max(1440).default(5),
  /** Calls between a repairer and an owner (4.6): aliyun+https://host/?pool=KEY. */
  HUDUN_CALL_BRIDGE: z.string().min(1).optional(),
  /** File with `access-key-id:secret` of the call bridge. */
  HUDUN_CALL_BRIDGE_SECRET_FILE: z.string().min(1).optional(),
  /** Behind a TLS proxy: the public origin, e.g. https://hudun.example.com; makes cookies Secure. */
  HUDUN_ORIGIN: z.url().optional(),
})

export interface Config {
  readonly port: number
  readonly host: string
  readonly data: string
  readonly databaseUrl: string | undefined
  readonly keyringUrl: string | undefined
  readonly root: RootSetting
  readonly kekDays: number
  readonly backupDays: number
  readonly origin: string | undefined
  readonly mirror: MirrorSetting
  readonly witnessesFile: string | undefined
  readonly siem: SiemSetting | undefined
  readonly callBridge: CallBridgeSetting | undefined
}

/** Throws a zod error that names the setting; the value is not repeated. */
export function readConfig(env: NodeJS.ProcessEnv, from: string): Config {
  const set = environment.parse(env)
  const data = absolute(set.HUDUN_DATA, from)
  return Object.freeze({
    port: set.PORT,
    host: set.HOST,
    data,
    databaseUrl: set.DATABASE_URL,
    keyringUrl: set.KEYRING_URL,
    root: readRootSetting({
      place: set.HUDUN_ROOT ?? `file:${set.HUDUN_ROOT_KEY_FILE ?? join(data, "keys", "root.key")}`,
      passphraseFile: optional(set.HUDUN_ROOT_PASSPHRASE_FILE, from),
      secretFile: optional(set.HUDUN_ROOT_SECRET_FILE, from),
      caFile: optional(set.HUDUN_ROOT_CA_FILE, from),
      absolute: (path) => absolute(path, from),
      tokenFilePath: join(data, "keys", "root.token"),
    }),
    kekDays: set.HUDUN_KEK_DAYS,
    backupDays: set.HUDUN_BACKUP_DAYS,
    origin: set.HUDUN_ORIGIN,
    mirror: mirrorOf(set, data, from),
    witnessesFile: set.HUDUN_WITNESSES ? absolute(set.HUDUN_WITNESSES, from) : undefined,
    siem: siemOf(set, from),
    callBridge:
      set.HUDUN_CALL_BRIDGE === undefined
        ? undefined
        : parseCallBridge(set.HUDUN_CALL_BRIDGE, optional(set.HUDUN_CALL_BRIDGE_SECRET_FILE, from)),
  })
}

function mirrorOf(set: z.output<typeof environment>, data: string, from: string): MirrorSetting {
  if (set.HUDUN_MIRROR === undefined) return { kind: "folder", path: join(data, "mirror") }
  if (!isS3(set.HUDUN_MIRROR)) return { kind: "folder", path: absolute(set.HUDUN_MIRROR, from) }
  return parseS3(set.HUDUN_MIRROR, {
    secretFile: optional(set.HUDUN_MIRROR_SECRET_FILE, from),
    caFile: optional(set.HUDUN_MIRROR_CA_FILE, from),
    lockDays: set.HUDUN_MIRROR_LOCK_DAYS,
  })
}

function siemOf(set: z.output<typeof environment>, from: string): SiemSetting | undefined {
  if (set.HUDUN_SIEM === undefined) return undefined
  return {
    target: parseSiemTarget(set.HUDUN_SIEM),
    caFile: optional(set.HUDUN_SIEM_CA_FILE, from),
    certificateFile: optional(set.HUDUN_SIEM_CERT_FILE, from),
    patience: set.HUDUN_SIEM_LATE_MINUTES * 60_000,
  }
}

function optional(path: string | undefined, from: string): string | undefined {
  return path === undefined || path === "" ? undefined : absolute(path, from)
}

function absolute(path: string, from: string): string {
  const home = path.startsWith("~/") ? join(homedir(), path.slice(2)) : path
  return isAbsolute(home) ? home : resolve(from, home)
}
