import fc from "fast-check"
import { beforeAll, describe, expect, it, test } from "vitest"
import { Refused } from "../client.ts"
import { makeLog, type TestLog, traceNumber } from "./log.fixture.ts"
import { openPublicLogs, type PublicLogs } from "./public-logs.ts"
import { checkReceiptText, verdictOf } from "./receipt-steps.ts"
import { checkSheet } from "./sheet-check.ts"
import { fingerprint, linkHash, readLinkHash } from "./verify-link.ts"

const size = 600
let log: TestLog
let other: TestLog
beforeAll(() => {
  log = makeLog(size)
  other = makeLog(size, (number) => ({ ...traceNumber(number), post: number === 3 ? "manager" : "clerk" }))
})

/** The other log's files under this log's key: what a server would have that rewrote its past. */
function rewritten(): PublicLogs {
  return { ...log.logs, files: other.logs.files }
}

describe("a receipt", () => {
  it.each([
    [0, size],
    [255, 256],
    [511, 512],
    [77, 300],
    [599, 600],
  ])("of leaf %i in a tree of %i holds at every step", async (index, at) => {
    const { steps, shown } = await checkReceiptText(await log.receipt(index, at), log.logs)
    expect(steps).toEqual({ form: "good", place: "good", signature: "good", today: "good" })
    expect(verdictOf({ steps, witnessed: undefined })).toBe("good")
    expect(shown).toMatchObject({
      index,
      checkpoint: { size: at },
      trace: { post: "clerk", fields: ["phone"] },
    })
  })

  it("with any one character changed is refused", async () => {
    const receipt = await log.receipt(300, 512)
    const change = fc.record({ at: fc.nat(receipt.length - 1), by: fc.integer({ min: 1, max: 60 }) })
    await fc.assert(
      fc.asyncProperty(change, async ({ at, by }) => {
        const code = 33 + ((receipt.charCodeAt(at) - 33 + by) % 90)
        const changed = receipt.slice(0, at) + String.fromCharCode(code) + receipt.slice(at + 1)
        const { steps } = await checkReceiptText(changed, log.logs)
        // White space around it is none of it.
        return changed.trim() === receipt.trim() || verdictOf({ steps, witnessed: undefined }) === "bad"
      }),
      { numRuns: 300 },
    )
  })

  it("with white space behind its trace is refused: the one that was given out has none", async () => {
    const receipt = await log.receipt(300, 512)
    const [, extra = ""] = /^extra (\S+)$/m.exec(receipt) ?? []
    const padded = Buffer.concat([Buffer.from(extra, "base64"), Buffer.from("\t")]).toString("base64")
    const { steps } = await checkReceiptText(receipt.replace(extra, padded), log.logs)
    expect(steps.form).toBe("bad")
  })

  it("holds whatever an editor did to its line ends", async () => {
    const receipt = await log.receipt(300, 512)
    for (const text of [receipt.trimEnd(), `\n${receipt}\n`, receipt.replaceAll("\n", "\r\n")])
      expect(verdictOf(await checkReceiptText(text, log.logs))).toBe("good")
  })

  it("says nothing about a text that is none", async () => {
    for (const text of ["", "13900001111", "c2sp.org/tlog-proof@v1\n\n", log.noteAt(5)]) {
      const { steps, shown } = await checkReceiptText(text, log.logs)
      expect([steps.form, verdictOf({ steps, witnessed: undefined }), shown]).toEqual([
        "bad",
        "bad",
        undefined,
      ])
    }
  })

  it("is not called good where the browser has no Ed25519, nor where the server does not answer", async () => {
    const receipt = await log.receipt(9, 600)
    const blind = await checkReceiptText(receipt, { ...log.logs, ed25519: undefined })
    expect([blind.steps.signature, verdictOf(blind)]).toEqual(["unknown", "unknown"])
    const away = () =>
      Promise.reject(new Refused({ code: "web.unreachable", facts: {}, status: 0, sentence: "" }))
    const alone = await checkReceiptText(receipt, { ...log.logs, keys: away, files: () => ({ read: away }) })
    expect(alone.steps).toMatchObject({ place: "good", signature: "unknown", today: "unknown" })
  })

  it("does not hold once the log was written anew", async () => {
    const { steps } = await checkReceiptText(await log.receipt(9, 512), rewritten())
    expect(steps).toMatchObject({ place: "good", signature: "good", today: "bad" })
  })
})

describe("a printed root", () => {
  it.each([1, 2, 255, 256, 257, 512, 599, 600])("of %i leaves fits the log of today", async (at) => {
    const { outcome, live } = await checkSheet(log.noteAt(at), log.logs)
    expect([outcome, live?.size]).toEqual([{ kind: "consistent" }, size])
  })

  const faulty = async (note: string, logs: PublicLogs) => {
    const { outcome } = await checkSheet(note, logs)
    return outcome.kind === "inconsistent" ? outcome.fault : outcome.kind
  }

  it("does not fit a log that is shorter, another, unsigned, damaged or gone", async () => {
    const with_ = (path: string, bytes: Uint8Array | undefined): PublicLogs => ({
      ...log.logs,
      files: (name) => ({
        read: (asked) => (asked === path ? Promise.resolve(bytes) : log.logs.files(name).read(asked)),
      }),
    })
    const note = (text: string) => new TextEncoder().encode(text)
    expect(await faulty("not a note", log.logs)).toBe("form")
    expect(await faulty(other.noteAt(300), log.logs)).toBe("printed")
    expect(await faulty(log.noteAt(512), with_("checkpoint", note(log.noteAt(511))))).toBe("shrunk")
    expect(await faulty(log.noteAt(512), with_("checkpoint", note(other.noteAt(600))))).toBe("live")
    expect(await faulty(log.noteAt(512), with_("checkpoint", undefined))).toBe("gone")
    expect(await faulty(log.noteAt(300), with_("tile/0/001", undefined))).toBe("unshown")
    const tile = log.files.get("tile/0/001")?.slice() ?? new Uint8Array(0)
    tile[32 * 50] = (tile[32 * 50] ?? 0) ^ 1
    expect(await faulty(log.noteAt(300), with_("tile/0/001", tile))).toBe("changed")
    expect(await faulty(log.noteAt(300), { ...log.logs, ed25519: undefined })).toBe("unsigned")
  })

  it("is not called consistent while the server does not tell its keys, for both or for one signature", async () => {
    const keysAfter = (failing: readonly number[]): PublicLogs => {
      let asked = 0
      const refused = new Refused({ code: "request.too_many", facts: {}, status: 429, sentence: "" })
      return {
        ...log.logs,
        keys: () => (failing.includes(asked++) ? Promise.reject(refused) : log.logs.keys()),
      }
    }
    for (const failing of [[0, 1], [0], [1]])
      expect(await faulty(log.noteAt(300), keysAfter(failing))).toBe("unsigned")
    expect(await faulty(log.noteAt(300), keysAfter([]))).toBe("consistent")
    expect(await faulty(other.noteAt(300), keysAfter([0, 1]))).toBe("changed")
  })
})

test("Ed25519 is found where there is WebCrypto", async () => {
  expect((await openPublicLogs()).ed25519).toBeDefined()
})

test("a link carries any text in its fragment and back", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), fc.constantFrom("receipt", "sheet"), (text, kind) => {
      fc.pre(text !== "")
      const hash = linkHash({ kind, text })
      expect(hash).toMatch(/^[rc]=[\w-]+$/)
      expect(readLinkHash(`#${hash}`)).toEqual({ kind, text })
    }),
  )
})

test.each(["", "#", "r=", "x=abc", "r=a", "r=a b", "r=_w", "?r=abc"])("%j is no link", (hash) => {
  expect(readLinkHash(hash)).toBeUndefined()
})

test("a fingerprint is sixteen groups of four", () => {
  expect(fingerprint(new Uint8Array(32).fill(0xab))).toEqual(Array.from({ length: 16 }, () => "abab"))
})
