/**
 * `node bench/vault.ts [--json]`: the vault against AES-GCM of Node (OpenSSL) as it is, interleaved in the same process.
 * The raw side seals and opens one value of 24 bytes with its associated data and a fresh nonce, and does nothing else.
 */

/* oxlint-disable no-restricted-imports -- the raw side of the comparison needs the ciphers as they are */
import {
  createCipheriv,
  createDecipheriv,
  createSecretKey,
  hkdfSync,
  randomBytes,
  randomFillSync,
} from "node:crypto"
import { tag } from "../src/vault/blind-index.ts"
import { openEnvelope, sealEnvelope } from "../src/vault/envelope.ts"
import { nonceSource } from "../src/vault/nonce.ts"
import { openRecord, type Place, sealRecord } from "../src/vault/record.ts"
import { A1, S1, type Suite } from "../src/vault/suite.ts"
import { unwrapKey, wrapKey } from "../src/vault/wrap.ts"
import { type Line, print, spreadOf } from "./report.ts"

const rounds = 15
const perRound = 4_000
const draw = nonceSource((bytes) => randomFillSync(bytes))
const plaintext = Buffer.from("13900001111 测试户主甲")
const names = ["7", "70", "0198c5c2-7f2a-7000-8000-000000000001", "identity", "1"]
const binding = { format: "record", names } as const
const aad = Buffer.concat([
  Buffer.alloc(6),
  Buffer.from(names.map((name) => `${name.length}:${name}`).join("")),
])

function keyOf(suite: Suite) {
  return { suite, version: 1, key: createSecretKey(randomBytes(suite.keyBytes)) }
}

const raw = createSecretKey(randomBytes(32))

/** What one writes by hand for each value: a fresh nonce from the same source, ready-made associated data, a full tag. */
function rawSeal(): Buffer {
  const nonce = draw()
  const cipher = createCipheriv("aes-256-gcm", raw, nonce, { authTagLength: 16 })
  cipher.setAAD(aad)
  return Buffer.concat([nonce, cipher.update(plaintext), cipher.final(), cipher.getAuthTag()])
}

function rawOpen(sealed: Buffer): Buffer {
  const decipher = createDecipheriv("aes-256-gcm", raw, sealed.subarray(0, 12), { authTagLength: 16 })
  decipher.setAAD(aad)
  decipher.setAuthTag(sealed.subarray(-16))
  return Buffer.concat([decipher.update(sealed.subarray(12, -16)), decipher.final()])
}

/** Calls a second. */
function rate(work: () => unknown, times = perRound): number {
  const begin = performance.now()
  for (let at = 0; at < times; at++) work()
  return times / ((performance.now() - begin) / 1000)
}

interface Contest {
  readonly id: string
  readonly workload: string
  readonly ours: () => unknown
  readonly plain: () => unknown
  readonly goal: number
  /** Time of ours over time of theirs, better when smaller. */
  readonly isTime?: boolean
}

/** One round each in turn, the first of them changing: what the machine does to one, it does to the other. */
function compared({ id, workload, ours, plain, goal, isTime = false }: Contest): Line {
  rate(ours)
  rate(plain)
  const pairs = Array.from({ length: rounds }, (_, at) => {
    if (at % 2 === 0) return { ours: rate(ours), plain: rate(plain) }
    const second = rate(plain)
    return { ours: rate(ours), plain: second }
  })
  const ratio = spreadOf(pairs.map((one) => (isTime ? one.plain / one.ours : one.ours / one.plain)))
  return {
    id,
    workload,
    unit: "operations/s",
    value: spreadOf(pairs.map((one) => one.ours)).median,
    baseline: spreadOf(pairs.map((one) => one.plain)).median,
    ratio: ratio.median,
    quartiles: ratio.quartiles,
    goal,
    met: isTime ? ratio.median <= goal : ratio.median >= goal,
  }
}

function alone(id: string, workload: string, work: () => unknown): Line {
  rate(work)
  const value = spreadOf(Array.from({ length: rounds }, () => rate(work))).median
  return { id, workload, unit: "operations/s", value, ratio: null, baseline: null, goal: null, met: null }
}

const a1 = keyOf(A1)
const s1 = keyOf(S1)
const rawSealed = rawSeal()
const sealed = {
  A1: sealEnvelope(a1, { ...binding, plaintext }, draw),
  S1: sealEnvelope(s1, { ...binding, plaintext }, draw),
}
const place: Place = { tenant: "7", community: "70", subject: names[2] ?? "", name: "identity", version: 1 }
const eight = Object.fromEntries(
  ["name", "phone", "title", "home", "household", "plate", "birth_date", "landline"].map((field, at) => [
    field,
    [`1390000111${at}`],
  ]),
)
const one = sealRecord(a1, { place, facts: { phone: ["13900001110"] } }, draw)
const whole = sealRecord(a1, { place, facts: eight }, draw)
const [kek, next] = [keyOf(A1), { ...keyOf(A1), version: 2 }]
const keyPlace = { tenant: "7", purpose: "data", of: ["70", names[2] ?? "", "identity"] } as const
const wrapped = wrapKey(kek, { place: keyPlace, key: createSecretKey(randomBytes(32)) }, draw)
const unwrap = () => unwrapKey(kek, { place: keyPlace, bytes: 32 }, wrapped)
const index = { suite: "A1", key: createSecretKey(randomBytes(32)) } as const
const cold = () => openRecord({ ...a1, key: (unwrap(), a1.key) }, place, one)

const lines: Line[] = [
  compared({
    id: "P14.seal",
    workload: "seal A1 against raw AES-GCM",
    goal: 0.8,
    plain: rawSeal,
    ours: () => sealEnvelope(a1, { ...binding, plaintext }, draw),
  }),
  compared({
    id: "P14.open",
    workload: "open A1 against raw AES-GCM",
    goal: 0.8,
    plain: () => rawOpen(rawSealed),
    ours: () => openEnvelope(a1, binding, sealed.A1),
  }),
  compared({
    id: "P14.s1s",
    workload: "seal S1 against raw AES-GCM",
    goal: 0.55,
    plain: rawSeal,
    ours: () => sealEnvelope(s1, { ...binding, plaintext }, draw),
  }),
  compared({
    id: "P14.s1o",
    workload: "open S1 against raw AES-GCM",
    goal: 0.55,
    plain: () => rawOpen(rawSealed),
    ours: () => openEnvelope(s1, binding, sealed.S1),
  }),
  compared({
    id: "P14.rec",
    workload: "record of 8 fields, time of one",
    goal: 1.5,
    isTime: true,
    plain: () => openRecord(a1, place, one),
    ours: () => openRecord(a1, place, whole),
  }),
  alone("P14.cold", "open with its key to unwrap", cold),
  alone("P14.wrap", "wrap a key again under a new epoch", () =>
    wrapKey(next, { place: keyPlace, key: unwrap() }, draw),
  ),
  alone("P14.tag", "tag of a phone", () =>
    tag(index, { community: "70", kind: "phone", value: "13900001111" }),
  ),
  alone("P14.hkdf", "HKDF-SHA256 of Node, for scale", () => hkdfSync("sha256", raw, "", "hudun", 32)),
]
print(lines, process.argv.includes("--json"))
