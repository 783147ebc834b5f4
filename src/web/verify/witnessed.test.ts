import { randomBytes } from "node:crypto"
import { beforeAll, describe, expect, it, test } from "vitest"
import { cosign } from "../../ledger/cosignature.ts"
import {
  cosignatureType,
  formatVerifierKey,
  parseNote,
  signatureLine,
  verifierKey,
} from "../../ledger/note.ts"
import { keyOfSeed } from "../../ledger/signing-key.ts"
import { cosignedFile } from "../../ledger/verify.ts"
import { makeLog, type TestLog, traceNumber } from "./log.fixture.ts"
import { type PublicLogs, parseWitnessPolicy } from "./public-logs.ts"
import { checkReceiptText, verdictOf } from "./receipt-steps.ts"
import { checkSheet } from "./sheet-check.ts"
import { witnessedOf } from "./witnessed.ts"

const size = 600
const people = ["committee.test", "head-office.test", "neighbour.test"].map((name) => ({
  name,
  key: keyOfSeed(randomBytes(32)),
}))
const keys = people.map(({ name, key }) => verifierKey(name, cosignatureType, key.publicKey))
let log: TestLog
let other: TestLog
beforeAll(() => {
  log = makeLog(size)
  other = makeLog(size, (number) => ({ ...traceNumber(number), post: number === 3 ? "manager" : "clerk" }))
})

/** The log with two of three witnesses needed, and what so many of them have put under a checkpoint of some log. */
function seenBy(count: number, note: string | undefined, from = log): PublicLogs {
  const lines = people.slice(0, count).map((one) => signatureLine(cosign(parseNote(note ?? "").text, one, 9)))
  const cosigned = note === undefined ? undefined : new TextEncoder().encode(note + lines.join(""))
  return {
    ...log.logs,
    witnesses: () => Promise.resolve({ keys, quorum: 2 }),
    files: (origin) => ({
      read: (path) =>
        path === cosignedFile ? Promise.resolve(cosigned) : from.logs.files(origin).read(path),
    }),
  }
}

const stateOf = async (logs: PublicLogs, at = 300) => {
  const { witnessed } = await checkReceiptText(await log.receipt(9, at), logs)
  return witnessed?.state
}

describe("a receipt", () => {
  it.each([
    [300, 300],
    [300, 512],
    [600, 600],
  ])("in a tree of %i is seen by two witnesses of three that cosigned %i", async (at, seen) => {
    const checked = await checkReceiptText(await log.receipt(9, at), seenBy(2, log.noteAt(seen)))
    expect(checked.witnessed).toEqual({
      state: "good",
      quorum: 2,
      names: people.map(({ name }) => name),
      cosigned: ["committee.test", "head-office.test"],
      size: seen,
    })
    expect(verdictOf(checked)).toBe("good")
  })

  it("is not good while the witnesses have not seen so much, or nothing yet, or cannot be asked", async () => {
    for (const logs of [seenBy(3, log.noteAt(299)), seenBy(0, undefined)]) {
      const checked = await checkReceiptText(await log.receipt(9, 300), logs)
      expect([checked.witnessed?.state, verdictOf(checked)]).toEqual(["unknown", "unknown"])
    }
    const away = { ...log.logs, witnesses: () => Promise.reject(new Error("away")) }
    expect(await stateOf(away)).toBe("unknown")
    expect(await stateOf({ ...seenBy(2, log.noteAt(300)), ed25519: undefined })).toBe("unknown")
  })

  it("is refused when too few have cosigned, a line is wrong, or they have seen another log", async () => {
    expect(await stateOf(seenBy(1, log.noteAt(300)))).toBe("bad")
    expect(await stateOf(seenBy(0, log.noteAt(300)))).toBe("bad")
    // The witnesses' lines of one size under another's text.
    const moved = seenBy(2, log.noteAt(512))
    const bytes = await moved.files("hudun/0123456789abcdef/10").read(cosignedFile)
    const lines = new TextDecoder().decode(bytes).split("\n").slice(-3).join("\n")
    const mixed = new TextEncoder().encode(log.noteAt(300) + lines)
    const read = (path: string) =>
      path === cosignedFile ? Promise.resolve(mixed) : log.logs.files("hudun/0123456789abcdef/10").read(path)
    expect(await stateOf({ ...moved, files: () => ({ read }) })).toBe("bad")
    // Less than the receipt, and not what the log of today begins with.
    const short = { ...seenBy(2, log.noteAt(200)), files: seenBy(2, log.noteAt(200), other).files }
    expect(await stateOf(short)).toBe("bad")
    // Cosigned, but not signed by the log's key.
    expect(await stateOf(seenBy(2, other.noteAt(512)))).toBe("bad")
  })

  it("is not asked about witnesses by a server that has none", async () => {
    expect(await stateOf(log.logs)).toBeUndefined()
  })
})

test("tiles that do not lead from the receipt to what the witnesses saw are no proof of it", async () => {
  const kept = { origin: "hudun/0123456789abcdef/10", size: 300, root: new Uint8Array(32), extensions: [] }
  expect((await witnessedOf(kept, seenBy(2, log.noteAt(512))))?.state).toBe("bad")
})

test("a printed root is refused when the witnesses have seen another log, and holds when they have seen it", async () => {
  const outcome = async (logs: PublicLogs) => (await checkSheet(log.noteAt(300), logs)).outcome
  expect(await outcome(seenBy(2, log.noteAt(512)))).toEqual({ kind: "consistent" })
  expect(await outcome(seenBy(2, other.noteAt(512)))).toEqual({ kind: "inconsistent", fault: "witnesses" })
  expect(await outcome(seenBy(1, log.noteAt(512)))).toEqual({ kind: "inconsistent", fault: "witnesses" })
})

test("a policy is keys of witnesses and a quorum that they can reach", () => {
  const lines = keys.map((key) => `${formatVerifierKey(key)}\n`).join("")
  expect(parseWitnessPolicy(`${lines}quorum 2\n`)).toMatchObject({ quorum: 2, keys: { length: 3 } })
  for (const text of ["", lines, `${lines}quorum 0\n`, `${lines}quorum 4\n`, `quorum 1\n`, `x\nquorum 1\n`])
    expect(() => parseWitnessPolicy(text)).toThrow()
})
