import { generateKeyPairSync, sign } from "node:crypto"
import { describe, expect, it } from "vitest"
import { noteType, verifierKey } from "../../ledger/note.ts"
import { hashOfText } from "../../lifecycle/consent/consent-text.ts"
import { type ConsentRecord, formatConsentReceipt } from "../../lifecycle/consent/receipt.ts"
import { checkConsentText, consentVerdictOf, looksLikeConsent } from "./consent-steps.ts"
import { makeLog, traceNumber } from "./log.fixture.ts"
import type { PublicLogs } from "./public-logs.ts"

const event = "019a0000-0000-7000-8000-000000000001"
const log = makeLog(20, (number) => ({
  ...traceNumber(number),
  act: number === 7 ? "consent.given" : "use.look",
  useId: number === 7 ? event : null,
}))
const { publicKey, privateKey } = generateKeyPairSync("ed25519")
const raw = new Uint8Array(publicKey.export({ type: "spki", format: "der" }).subarray(-32))
const key = { publicKey: raw, sign: (bytes: Uint8Array) => new Uint8Array(sign(null, bytes, privateKey)) }
const logs: PublicLogs = {
  ...log.logs,
  keys: async () => [...(await log.logs.keys()), verifierKey("hudun/installation", noteType, raw)],
}

const text = "节日祝福\n想给您发祝福。"
const record: ConsentRecord = {
  schema_version: "ISO/IEC TS 27560:2023",
  receipt_id: event,
  pii_principal_id: "7",
  pii_controller: { name: "测试物业公司", community: "测试花园" },
  jurisdiction: "CN",
  privacy_notice: { feature: "greeting", version: 1, language: "zh-CN", text, sha256: hashOfText(text) },
  purposes: [],
  event: {
    event_type: "given",
    event_time: "2026-09-25T10:00:00.000Z",
    channel: "paper",
    entity: "pii_principal",
    evidence: "paper",
    paper_number: "T-1",
    paper_place: "A-1",
  },
  stopped: [],
}
const proof = await log.receipt(7, 20)
const foreignProof = await log.receipt(6, 20)
const good = formatConsentReceipt(record, key, proof)

async function verdictOn(receipt: string, at: PublicLogs = logs) {
  const checked = await checkConsentText(receipt, at)
  return { verdict: consentVerdictOf(checked), steps: checked.steps }
}

describe("a receipt of consent", () => {
  it("that is signed and proved is right, however it is spaced", async () => {
    expect(await verdictOn(good)).toEqual({
      verdict: "good",
      steps: { form: "good", signed: "good", text: "good", bound: "good" },
    })
    expect(await verdictOn(JSON.stringify(JSON.parse(good)))).toMatchObject({ verdict: "good" })
  })

  it.each([
    ["an altered event", good.replace('"given"', '"refused"'), { signed: "bad", bound: "bad" }],
    ["an altered text", good.replace("发祝福", "发广告"), { signed: "bad", text: "bad" }],
    ["an altered place", good.replace("A-1", "B-1"), { signed: "bad", bound: "good" }],
    [
      "the proof of another trace",
      formatConsentReceipt(record, key, foreignProof),
      { signed: "good", bound: "bad" },
    ],
    [
      "a text that its own fingerprint denies",
      formatConsentReceipt(
        { ...record, privacy_notice: { ...record.privacy_notice, text: "别的" } },
        key,
        proof,
      ),
      { signed: "good", text: "bad" },
    ],
    ["no receipt at all", '{"format":"x"}', { form: "bad" }],
  ])("with %s is refused", async (_what, receipt, steps) => {
    expect(await verdictOn(receipt)).toMatchObject({ verdict: "bad", steps })
  })

  it("under a key that the server does not name is forged", async () => {
    expect(await verdictOn(good, log.logs)).toMatchObject({ verdict: "bad", steps: { signed: "bad" } })
  })

  it("without a proof, or where nothing can be checked, is not called right", async () => {
    const early = formatConsentReceipt(record, key, null)
    expect(await verdictOn(early)).toMatchObject({ verdict: "unknown", steps: { bound: "unknown" } })
    const blind = await verdictOn(good, { ...logs, ed25519: undefined })
    expect(blind).toMatchObject({ verdict: "unknown", steps: { signed: "unknown" } })
    const away = await verdictOn(good, { ...logs, keys: () => Promise.reject(new Error("away")) })
    expect(away).toMatchObject({ verdict: "unknown", steps: { signed: "unknown" } })
  })
})

it("is told from a receipt of a trace by its first sign", async () => {
  expect([looksLikeConsent(` ${good}`), looksLikeConsent(proof)]).toEqual([true, false])
})
