import { describe, expect, test } from "vitest"
import { toBase64 } from "./base64.ts"
import { formatCheckpoint, openCheckpoint, parseCheckpoint } from "./checkpoint.ts"
import { cosign, cosignatureTime, cosignatureVerifier, cosignedMessage } from "./cosignature.ts"
import { verifyEd25519 } from "./ed25519.ts"
import { Malformed } from "./malformed.ts"
import { leafHash, nodeHash, proveInclusion, rangeHash } from "./merkle.ts"
import {
  cosignatureType,
  noteSigner,
  noteType,
  noteVerifier,
  parseNote,
  parseVerifierKey,
  signatureLine,
  signNote,
  Unverified,
  verifierKey,
} from "./note.ts"
import { checkProof, formatProof, type Policy, parseProof } from "./proof.ts"
import { keyOfSeed } from "./signing-key.ts"

describe("checkpoints in the wild", () => {
  const sumdb =
    "go.sum database tree\n6476701\nmb8QLQIs0Z0yP5Cstq6guj87oXWeC9gEM8oVikmm9Wk=\n\n" +
    "— sum.golang.org Az3grsLX85Gz+s1SiTbgkuqxgItqFq7gsMUEyVnrsa9LM7Us9S+1xbFIGu95949rj4nPRYfvimWEPWL+o3GeoWwOoAw=\n"
  const key = parseVerifierKey("sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8")
  const log = { origin: "go.sum database tree", verifiers: [noteVerifier(key, verifyEd25519)] }

  test("Go's checksum database", async () => {
    const checkpoint = await openCheckpoint(sumdb, log)
    expect(checkpoint).toMatchObject({ size: 6476701, extensions: [] })
    expect(formatCheckpoint(checkpoint)).toBe(parseNote(sumdb).text)
  })

  test("not under another origin, nor with another size", async () => {
    await expect(openCheckpoint(sumdb, { ...log, origin: "go.sum" })).rejects.toThrow(Unverified)
    await expect(openCheckpoint(sumdb.replace("6476701", "6476702"), log)).rejects.toThrow(Unverified)
  })

  const cosigned =
    "arche2025h1.staging.ct.transparency.dev\n1432088532\nU7WM79jrzyhGZ5/GUBTpM7NzwdyfFx61t3RovgcC4Ro=\n\n" +
    "— arche2025h1.staging.ct.transparency.dev zTM8sQAAAZ5W0WdjBAMARjBEAiBjW5IQf9pvsYLfQFX6hoGREPMHbdQ3urbllzalApkptQIgIpwtEroeW2BXaHAI4kJXFbon5Ch9MNL5zRNZ55lvGt0=\n" +
    "— arche2025h1.staging.ct.transparency.dev ui8GwCF1+kWqZrxGdhj4aX3gcw7XUlXQQabg/27lefwhUkzbC3NygNI75MdhL1bfTW9g8Ei59RA23oHP7Ry1k3ZFWwQ=\n" +
    "— remora.n621.de 2net5wAAAABqEiEgPlfF3V06o0Y+fHM+J5J9s27wgxxcOVSpZ/2g/KSiXCg9DEZI+aVCIobWX9sXTynk5XeU/zZ0WBxtqB0DrAWfBw==\n"
  const arche = parseVerifierKey(
    "arche2025h1.staging.ct.transparency.dev+ba2f06c0+AU0vHmlGCS/PdN8b2OaGmKprLI8HKM+dJ472xgFYh15f",
  )
  const remora = parseVerifierKey("remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2")

  test("a log of Certificate Transparency and its witness", async () => {
    const verifiers = [noteVerifier(arche, verifyEd25519), cosignatureVerifier(remora, verifyEd25519)]
    const opened = await openCheckpoint(cosigned, { origin: arche.name, verifiers })
    expect(opened.verified.map(({ name }) => name)).toEqual([arche.name, remora.name])
    const [, witnessed] = opened.verified
    if (witnessed === undefined) throw new Error("the witness's signature was verified")
    expect(cosignatureTime(witnessed)).toBe(0x6a122120)
    expect(() => opened.verified.slice(0, 1).map(cosignatureTime)).toThrow(Malformed)
  })

  test("the witness's signature does not hold for another time", async () => {
    const later = cosigned.replace("2net5wAAAABqEiEg", "2net5wAAAABqEiEh")
    const log = { origin: arche.name, verifiers: [cosignatureVerifier(remora, verifyEd25519)] }
    await expect(openCheckpoint(later, log)).rejects.toThrow(Unverified)
  })

  test("a key is not used for a type it is not of", () => {
    expect(() => noteVerifier(remora, verifyEd25519)).toThrow("not a key for notes")
    expect(() => cosignatureVerifier(arche, verifyEd25519)).toThrow("not a key for cosignatures")
  })
})

test("the example of tlog-cosignature: what is signed, to the byte", () => {
  const text = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
  expect(Buffer.from(cosignedMessage(text, 1679315147)).toString()).toBe(
    `cosignature/v1\ntime 1679315147\n${text}`,
  )
  const line =
    "— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==\n"
  const [signature] = parseNote(`${text}\n${line}`).signatures
  if (signature === undefined) throw new Error("the note has a signature")
  expect(cosignatureTime(signature)).toBe(1679315147)
  expect(signatureLine(signature)).toBe(line)
})

test.each<[string, string]>([
  ["two lines", "log\n1\n"],
  ["an empty origin", `\n1\n${"A".repeat(43)}=\n`],
  ["a leading zero", `log\n01\n${"A".repeat(43)}=\n`],
  ["a sign", `log\n+1\n${"A".repeat(43)}=\n`],
  ["a size beyond 2^53", `log\n9007199254740993\n${"A".repeat(43)}=\n`],
  ["a root of 31 bytes", `log\n1\n${"A".repeat(42)}==\n`],
  ["an empty extension", `log\n1\n${"A".repeat(43)}=\n\n`],
  ["no newline at the end", `log\n1\n${"A".repeat(43)}=`],
])("a checkpoint with %s is malformed", (_, text) => {
  expect(() => parseCheckpoint(text)).toThrow(Malformed)
})

test("a checkpoint with extensions comes back, and one that could not is not written", () => {
  const checkpoint = { origin: "log", size: 0, root: new Uint8Array(32), extensions: ["a", "b c"] }
  expect(parseCheckpoint(formatCheckpoint(checkpoint))).toEqual(checkpoint)
  for (const wrong of [
    { origin: "" },
    { origin: "a\nb" },
    { size: -1 },
    { root: new Uint8Array(31) },
    { extensions: [""] },
  ]) {
    expect(() => formatCheckpoint({ ...checkpoint, ...wrong })).toThrow("not a checkpoint")
  }
})

describe("receipts", () => {
  const leaves = Array.from({ length: 21 }, (_, index) => leafHash(Buffer.from(String(index))))
  const hashes = ({ level, index }: { level: number; index: number }): Uint8Array =>
    level === 0
      ? (leaves[index] ?? new Uint8Array(0))
      : nodeHash(
          hashes({ level: level - 1, index: 2 * index }),
          hashes({ level: level - 1, index: 2 * index + 1 }),
        )
  const key = keyOfSeed(new Uint8Array(32).fill(1))
  const witnesses = [2, 3].map((fill) => ({
    name: `witness.example/${fill}`,
    key: keyOfSeed(new Uint8Array(32).fill(fill)),
  }))
  const root = rangeHash({ start: 0, end: 21 }, hashes)
  const text = formatCheckpoint({ origin: "log.example/21", size: 21, root, extensions: [] })
  const signed = signNote(text, [noteSigner("log.example/21", key)])
  const cosignatures = witnesses.map((witness) => cosign(text, witness, 1767225600))
  const checkpoint = signed + cosignatures.map(signatureLine).join("")
  const proof = { index: 13, hashes: proveInclusion(13, 21, hashes), checkpoint }
  const leaf = leaves[13] ?? new Uint8Array(0)
  const policy: Policy = {
    origin: "log.example/21",
    verifiers: [noteVerifier(verifierKey("log.example/21", noteType, key.publicKey), verifyEd25519)],
    witnesses: witnesses.map((witness) =>
      cosignatureVerifier(verifierKey(witness.name, cosignatureType, witness.key.publicKey), verifyEd25519),
    ),
    quorum: 2,
  }

  test("are written as tlog-proof says", () => {
    const lines = proof.hashes.map((hash) => `${toBase64(hash)}\n`).join("")
    expect(formatProof(proof)).toBe(`c2sp.org/tlog-proof@v1\nindex 13\n${lines}\n${checkpoint}`)
    const extra = Buffer.from("extra information")
    expect(formatProof({ extra, index: 0, hashes: [], checkpoint: "checkpoint\n" })).toBe(
      "c2sp.org/tlog-proof@v1\nextra ZXh0cmEgaW5mb3JtYXRpb24=\nindex 0\n\ncheckpoint\n",
    )
  })

  test("come back and hold", async () => {
    const read = parseProof(formatProof(proof))
    expect(read).toEqual(proof)
    expect(parseProof(formatProof({ ...proof, extra: new Uint8Array(3) }))).toEqual({
      ...proof,
      extra: new Uint8Array(3),
    })
    await expect(checkProof(read, leaf, policy)).resolves.toMatchObject({ size: 21, root })
  })

  test.each<[string, () => Promise<unknown>]>([
    ["another leaf", () => checkProof(proof, leaves[12] ?? leaf, policy)],
    ["another index", () => checkProof({ ...proof, index: 12 }, leaf, policy)],
    ["a hash less", () => checkProof({ ...proof, hashes: proof.hashes.slice(1) }, leaf, policy)],
    ["another log", () => checkProof(proof, leaf, { ...policy, origin: "log.example/22" })],
    [
      "no signature of the log",
      () => checkProof(proof, leaf, { ...policy, verifiers: policy.witnesses.slice(2) }),
    ],
    ["a witness less than the quorum", () => checkProof({ ...proof, checkpoint: signed }, leaf, policy)],
    [
      "one witness of two",
      () => checkProof(proof, leaf, { ...policy, witnesses: policy.witnesses.slice(0, 1) }),
    ],
  ])("do not hold with %s", async (_, check) => {
    await expect(check()).rejects.toThrow(Unverified)
  })

  test("hold without witnesses where none are asked for", async () => {
    await expect(
      checkProof({ ...proof, checkpoint: signed }, leaf, { ...policy, quorum: 0 }),
    ).resolves.toBeDefined()
  })

  test.each([
    "wrong-header\nindex 0\n\ncheckpoint\n",
    "c2sp.org/tlog-proof@v1\nextra !!notbase64!!\nindex 0\n\ncheckpoint\n",
    "c2sp.org/tlog-proof@v1\n\n\ncheckpoint\n",
    "c2sp.org/tlog-proof@v1\nindex notanumber\n\ncheckpoint\n",
    "c2sp.org/tlog-proof@v1\nindex -5\n\ncheckpoint\n",
    "c2sp.org/tlog-proof@v1\nindex 007\n\ncheckpoint\n",
    "c2sp.org/tlog-proof@v1\nindex 0\n!!notbase64!!\n\ncheckpoint\n",
    `c2sp.org/tlog-proof@v1\nindex 0\n${"A".repeat(86)}==\n\ncheckpoint\n`,
    "c2sp.org/tlog-proof@v1\nindex 0\ncheckpoint\n",
    "",
  ])("in another form are malformed: %#", (wrong) => {
    expect(() => parseProof(wrong)).toThrow(Malformed)
  })
})
