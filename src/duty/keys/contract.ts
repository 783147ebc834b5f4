/** What crosses the wire about keys: names, ages, counts and progress. Never a key, wrapped or not. Clause 3.9. */

import { z } from "zod"
import { endpoint } from "../../base/endpoint.ts"
import { numberId, uuid } from "../../base/id.ts"
import { instant } from "../../base/instant.ts"
import { sealReasons } from "../../vault/seal-reason.ts"

const suite = z.enum(["A1", "S1"])
const inCommunity = z.object({ communityId: numberId })
const done = z.object({ done: z.literal(true) })

export const sealState = z.object({
  sealed: z.boolean(),
  provider: z.string(),
  reason: z.enum(sealReasons).nullable(),
  /** What to do, in the language of the request; empty while open. */
  sentence: z.string(),
  /** Null unless the root key is held in shares and they are awaited. */
  shares: z.object({ given: z.number(), need: z.number().nullable() }).nullable(),
})
export type SealView = z.infer<typeof sealState>

export const readSeal = endpoint({
  method: "GET",
  path: "/api/seal",
  clause: "3.9",
  summary: "Whether the server has its root key and, if not, why. Needs no session.",
  reply: sealState,
})

export const sealServer = endpoint({
  method: "POST",
  path: "/api/seal",
  clause: "3.9",
  summary: "Seals: every process drops its keys within two seconds.",
  body: z.object({}),
  reply: sealState,
})

export const openSeal = endpoint({
  method: "POST",
  path: "/api/seal/open",
  clause: "3.9",
  summary: "Takes a seal by hand back; the root's provider is asked again at once.",
  body: z.object({}),
  reply: sealState,
})

export const giveShare = endpoint({
  method: "POST",
  path: "/api/seal/shares",
  clause: "3.9",
  summary: "Hands in one share of the root key, each holder their own.",
  body: z.object({ share: z.string().trim().max(200) }),
  reply: sealState,
})

export const giveShareByPassword = endpoint({
  method: "POST",
  path: "/api/seal/shares/by-password",
  clause: "3.9",
  summary:
    "Hands in one share with a log-in and a password, while the server is sealed and cannot check one-time codes. Opens no session.",
  body: z.object({
    login: z.string().trim().toLowerCase().max(80),
    password: z.string().min(1).max(200),
    share: z.string().trim().max(200),
  }),
  reply: sealState,
})

const kek = z.object({
  epoch: z.number(),
  suite,
  createdAt: instant,
  retiredAt: instant.nullable(),
  destroyedAt: instant.nullable(),
  /** Keys that lie wrapped under it now: of 2^32 it may wrap. */
  wraps: z.number(),
  /** Records sealed under those of them that are in use. */
  records: z.number(),
  /** How often one of them was unwrapped since this server started. */
  unwraps: z.number(),
})
export type KekView = z.infer<typeof kek>

const indexKey = z.object({
  communityId: numberId,
  epoch: z.number(),
  suite,
  state: z.enum(["filling", "active", "retired"]),
  createdAt: instant,
  /** Persons with tags under it, and persons in all; null unless it is being filled. */
  tagged: z.number().nullable(),
  persons: z.number().nullable(),
})

const company = z.object({
  tenantId: numberId,
  suite,
  keks: z.array(kek),
  indexKeys: z.array(indexKey),
  /** Keys under the newest epoch, and keys in all. */
  rewrapped: z.number(),
  keys: z.number(),
  /** Records still under another suite, and records in all; null unless they are being sealed anew. */
  reseal: z.object({ left: z.number(), records: z.number() }).nullable(),
})
export type CompanyKeys = z.infer<typeof company>

const quarantined = z.object({
  communityId: numberId,
  subjectId: uuid,
  class: z.string(),
  version: z.number(),
  foundAt: instant,
})

const inventory = z.object({
  provider: z.string(),
  kekDays: z.number(),
  backupDays: z.number(),
  companies: z.array(company),
  quarantine: z.array(quarantined),
})
export type Inventory = z.infer<typeof inventory>

export const listKeys = endpoint({
  method: "GET",
  path: "/api/communities/:communityId/keys",
  clause: "3.9",
  summary: "The keys of the company: names, age, uses, progress of rotation; records that do not open.",
  params: inCommunity,
  reply: inventory,
})

export const rotateKeys = endpoint({
  method: "POST",
  path: "/api/communities/:communityId/keys/rotate",
  clause: "3.9",
  summary:
    "Begins a new KEK epoch of the company, of another suite when asked, and wraps its keys again in the background.",
  params: inCommunity,
  body: z.object({ suite: suite.optional() }),
  reply: z.object({ epoch: z.number() }),
})

export const rotateIndex = endpoint({
  method: "POST",
  path: "/api/communities/:communityId/keys/rotate-index",
  clause: "3.9",
  summary: "Makes a new index key for the community and its tags anew in the background.",
  params: inCommunity,
  body: z.object({}),
  reply: z.object({ epoch: z.number() }),
})

export const resealRecords = endpoint({
  method: "POST",
  path: "/api/communities/:communityId/keys/reseal",
  clause: "3.9",
  summary: "Seals the company's records anew under the suite of its newest key, in the background.",
  params: inCommunity,
  body: z.object({}),
  reply: done,
})

const setAside = z.object({ subjectId: uuid, class: z.string().max(20) })

export const resolveRecord = endpoint({
  method: "POST",
  path: "/api/communities/:communityId/keys/quarantine/resolve",
  clause: "3.9",
  summary: "Looks again at a record that did not open: in order once it opens as it lies.",
  params: inCommunity,
  body: setAside,
  reply: done,
})

/** The commands of `hudun keys`: the same, for all companies, for whoever may read this installation's keys folder. */
export const listAllKeys = endpoint({
  method: "GET",
  path: "/api/local/keys",
  clause: "3.9",
  summary: "For hudun keys status.",
  reply: inventory,
})

export const rotateAnyKeys = endpoint({
  method: "POST",
  path: "/api/local/keys/rotate",
  clause: "3.9",
  summary: "For hudun keys rotate.",
  body: z.object({ tenantId: numberId, suite: suite.optional() }),
  reply: z.object({ epoch: z.number() }),
})

export const rewrapAnyKeys = endpoint({
  method: "POST",
  path: "/api/local/keys/rewrap",
  clause: "3.9",
  summary: "For hudun keys rewrap: does now what the background would do.",
  body: z.object({ tenantId: numberId }),
  reply: z.object({ done: z.number(), unopenable: z.number() }),
})

export const resealAnyRecords = endpoint({
  method: "POST",
  path: "/api/local/keys/reseal",
  clause: "3.9",
  summary: "For hudun keys reseal.",
  body: z.object({ tenantId: numberId }),
  reply: done,
})

export const resolveAnyRecord = endpoint({
  method: "POST",
  path: "/api/local/keys/quarantine/resolve",
  clause: "3.9",
  summary: "For hudun keys quarantine resolve.",
  body: setAside.extend({ communityId: numberId }),
  reply: done,
})

export const tellExport = endpoint({
  method: "POST",
  path: "/api/local/keys/exported",
  clause: "3.9",
  summary: "For hudun keys export-shares: leaves the trace before the shares are shown.",
  body: z.object({}),
  reply: done,
})

const backup = z.object({
  state: z.enum(["none", "running", "done", "failed"]),
  /** The folder on the server's machine. */
  to: z.string(),
  /** The table that is being written, and how many are done. */
  table: z.string(),
  done: z.number(),
  of: z.number(),
  bytes: z.number(),
  /** SHA-256 of the manifest once it is done: write it down. */
  digest: z.string(),
})
export type BackupView = z.infer<typeof backup>

export const beginBackup = endpoint({
  method: "POST",
  path: "/api/local/backup",
  clause: "5.4",
  summary: "For hudun backup: writes the data without keys, or the wrapped keys alone, into a new folder.",
  body: z.object({ to: z.string().min(1).max(1000), kind: z.enum(["data", "keyring"]) }),
  reply: backup,
})

export const watchBackup = endpoint({
  method: "GET",
  path: "/api/local/backup",
  clause: "5.4",
  summary: "For hudun backup: how far it is.",
  reply: backup,
})
