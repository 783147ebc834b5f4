import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { fromBase64 } from "./base64.ts"
import { verifyEd25519 } from "./ed25519.ts"
import { Malformed } from "./malformed.ts"
import {
  formatNote,
  formatVerifierKey,
  keyId,
  noteSigner,
  noteType,
  noteVerifier,
  openNote,
  parseNote,
  parseVerifierKey,
  signNote,
  Unverified,
  verifierKey,
} from "./note.ts"
import { keyOfSeed } from "./signing-key.ts"

const exampleKey = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
const example =
  "This is an example message.\n\n" +
  "— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n"

const peter = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
const enoch = "EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop"
const peterSeed = fromBase64("AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz").subarray(1)
const text =
  "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
const peterLine =
  "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
const enochLine =
  "— EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=\n"

const verifier = (line: string) => noteVerifier(parseVerifierKey(line), verifyEd25519)

describe("the example of C2SP signed-note", () => {
  test("its key, to the byte", () => {
    const key = parseVerifierKey(exampleKey)
    expect(key).toMatchObject({ name: "example.com/foo", id: 0x530d903a, type: noteType })
    expect(keyId(key.name, key.type, key.publicKey)).toBe(key.id)
    expect(formatVerifierKey(key)).toBe(exampleKey)
  })

  test("its note opens and is written again to the byte", async () => {
    const { text: said } = await openNote(example, [verifier(exampleKey)])
    expect(said).toBe("This is an example message.\n")
    expect(formatNote(parseNote(example))).toBe(example)
  })

  test("the note of the introduction, with an empty line in its text, is taken apart at the last one", () => {
    const poem =
      "Ognuno sta solo sul cuor della terra\ntrafitto da un raggio di sole:\n\ned è subito sera.\n\n" +
      "— quasimodo.example/salvatore NnugSzTjtVAewIS+Z/iJhUPeFDkO/5QQ2i5ddnGITLlC+EhfLW9oJKONrMouFSQU0xMcXxj99ihAQwaqP3ZekRwNtIc=\n"
    const note = parseNote(poem)
    expect(note.text.endsWith("\n\ned è subito sera.\n")).toBe(true)
    expect(note.signatures).toMatchObject([{ name: "quasimodo.example/salvatore", id: 0x367ba04b }])
    expect(formatNote(note)).toBe(poem)
  })
})

describe("the example of golang.org/x/mod/sumdb/note", () => {
  test("is signed to the byte", () => {
    const signer = noteSigner("PeterNeumann", keyOfSeed(peterSeed))
    expect(formatVerifierKey(verifierKey("PeterNeumann", noteType, keyOfSeed(peterSeed).publicKey))).toBe(
      peter,
    )
    expect(signNote(text, [signer])).toBe(`${text}\n${peterLine}`)
  })

  test("two signatures open for either key and for both", async () => {
    const note = `${text}\n${peterLine}${enochLine}`
    const names = async (lines: string[]) =>
      (await openNote(note, lines.map(verifier))).verified.map(({ name }) => name)
    expect(await names([peter])).toEqual(["PeterNeumann"])
    expect(await names([peter, enoch])).toEqual(["PeterNeumann", "EnochRoot"])
    await expect(names([exampleKey])).rejects.toThrow(Unverified)
  })
})

describe("a note that is not what was signed does not open", () => {
  const note = `${text}\n${peterLine}${enochLine}`

  test("a changed text", async () => {
    await expect(openNote(note.replace("answer", "Answer"), [verifier(peter)])).rejects.toThrow(Unverified)
  })

  test("one good and one wrong signature of known keys", async () => {
    const bent = note.replace("rwz+eBzm", "rwz+eBzn")
    await expect(openNote(bent, [verifier(peter), verifier(enoch)])).rejects.toThrow(Unverified)
    await expect(openNote(bent, [verifier(peter)])).resolves.toMatchObject({ text })
  })

  test("a signature under the name of another key", async () => {
    const renamed = note.replace("— PeterNeumann", "— EnochRoot")
    await expect(openNote(renamed, [verifier(peter)])).rejects.toThrow(Unverified)
  })
})

test.each<[string, string]>([
  ["nothing", ""],
  ["no signature", "text\n"],
  ["no signature behind the empty line", "text\n\n"],
  ["no newline at the end", example.slice(0, -1)],
  ["a carriage return", example.replace("\n", "\r\n")],
  ["a tab", example.replace("message", "\t")],
  ["a hyphen for the dash", example.replace("—", "-")],
  ["two spaces", example.replace("foo Uw2", "foo  Uw2")],
  ["base64 without padding", example.replace("yaQM=", "yaQM")],
  ["base64 with stray bits", example.replace("yaQM=", "yaQN=")],
  ["a signature of four bytes", "text\n\n— name AAAAAA==\n"],
  ["a plus in the name", "text\n\n— na+me AAAAAAA=\n"],
  ["an ideographic space in the name", "text\n\n— na\u3000me AAAAAAA=\n"],
  ["a lone surrogate", example.replace("message", "\ud800")],
  ["a hundred and one signatures", `text\n\n${"— name AAAAAAA=\n".repeat(101)}`],
])("a note with %s is malformed", (_, note) => {
  expect(() => parseNote(note)).toThrow(Malformed)
})

test("no mangling of a verifier key is taken for a key", () => {
  for (let from = 0; from <= peter.length; from++) {
    for (let to = from + 1; to <= peter.length; to++) {
      if (from !== 0 || to !== peter.length)
        expect(() => parseVerifierKey(peter.slice(from, to))).toThrow(Malformed)
    }
  }
  for (let at = 0; at < peter.length; at++) {
    const next = String.fromCharCode(peter.charCodeAt(at) + 1)
    expect(() => parseVerifierKey(peter.slice(0, at) + next + peter.slice(at + 1))).toThrow(Malformed)
  }
})

test.each([
  ["a key of another length", "PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY=="],
  ["an unknown algorithm", "PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"],
])("%s under its right id is refused", (_, line) => {
  expect(() => parseVerifierKey(line)).toThrow(Malformed)
})

test("a text that cannot be a note is not signed", () => {
  const signer = noteSigner("log", keyOfSeed(new Uint8Array(32)))
  for (const wrong of ["no newline", "tab\t\n", ""])
    expect(() => signNote(wrong, [signer])).toThrow("cannot be")
  expect(() => noteSigner("two words", keyOfSeed(new Uint8Array(32)))).toThrow("not the name of a key")
})

test("any text and seed come back", async () => {
  const lines = fc.array(fc.string({ unit: "grapheme", maxLength: 30 }), { minLength: 1, maxLength: 4 })
  const seeds = fc.uint8Array({ minLength: 32, maxLength: 32 })
  await fc.assert(
    fc.asyncProperty(lines, seeds, async (parts, seed) => {
      const said = `${parts.join("\n").replaceAll(/[^\P{Cc}\n]/gu, "")}\n`
      const signer = noteSigner("log.example/1", keyOfSeed(seed))
      const key = verifierKey("log.example/1", noteType, keyOfSeed(seed).publicKey)
      const opened = await openNote(signNote(said, [signer]), [noteVerifier(key, verifyEd25519)])
      expect(opened.text).toBe(said)
    }),
    { numRuns: 60 },
  )
})
