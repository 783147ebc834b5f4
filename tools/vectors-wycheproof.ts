/** The vectors of C2SP/wycheproof that concern what we use. What our wrappers do not take in, they must refuse. */

import { createSecretKey } from "node:crypto"
import { z } from "zod"
import { verifyEd25519 } from "../src/ledger/ed25519.ts"
import { hmac } from "../src/vault/blind-index.ts"
import { deriveKey } from "../src/vault/hkdf.ts"
import { A1, nonceBytes, S1, type Suite, type SuiteCode, tagBytes, Unopenable } from "../src/vault/suite.ts"

/** Cases of one file or folder, and those that did not come out as the vectors say. */
export interface Outcome {
  readonly seen: number
  readonly failed: readonly string[]
  readonly note?: string
}

const hex = z.string().transform((text) => Buffer.from(text, "hex"))
const result = z.enum(["valid", "invalid"])

function vectorFile<Group extends z.ZodRawShape, Test extends z.ZodRawShape>(group: Group, test: Test) {
  const tests = z.array(z.object({ tcId: z.number(), result, ...test }))
  return z.object({ numberOfTests: z.number(), testGroups: z.array(z.object({ ...group, tests })) })
}

const aeadGroup = { ivSize: z.number(), keySize: z.number(), tagSize: z.number() }
export const aeadFile = vectorFile(aeadGroup, { key: hex, iv: hex, aad: hex, msg: hex, ct: hex, tag: hex })
export const macFile = vectorFile({ tagSize: z.number() }, { key: hex, msg: hex, tag: hex })
export const hkdfFile = vectorFile({}, { ikm: hex, salt: hex, info: hex, size: z.number(), okm: hex })
export const eddsaFile = vectorFile({ publicKey: z.object({ pk: hex }) }, { msg: hex, sig: hex })

type AeadTest = z.infer<typeof aeadFile>["testGroups"][number]["tests"][number]

export const aesGcm = (file: z.infer<typeof aeadFile>) => aead(A1, file)
export const sm4Gcm = (file: z.infer<typeof aeadFile>) => aead(S1, file)
export const hmacSha256 = (file: z.infer<typeof macFile>) => mac("A1", file)
export const hmacSm3 = (file: z.infer<typeof macFile>) => mac("S1", file)

function aead(suite: Suite, file: z.infer<typeof aeadFile>): Outcome {
  const tests = file.testGroups.flatMap((group) => group.tests)
  const isSealable = (test: AeadTest) => test.key.length === suite.keyBytes && test.iv.length === nonceBytes
  const isInside = (test: AeadTest) => isSealable(test) && test.tag.length === tagBytes
  const inside = tests.filter(isInside)
  const outside = tests.filter((test) => !isInside(test))
  const failed = [
    ...inside.filter((test) => !behaves(suite, test)),
    ...outside.filter(
      (test) => opens(suite, test) || (!isSealable(test) && sealed(suite, test) !== undefined),
    ),
  ]
  const note = `${inside.length} in profile, ${outside.length} outside and refused`
  return counted(file.numberOfTests, tests, { failed, note })
}

function behaves(suite: Suite, test: AeadTest): boolean {
  if (test.result === "invalid") return !opens(suite, test)
  return sealed(suite, test)?.equals(Buffer.concat([test.ct, test.tag])) === true && opens(suite, test)
}

/** What sealing gives, or undefined when it is refused. */
function sealed(suite: Suite, { key, iv, aad, msg }: AeadTest): Buffer | undefined {
  try {
    return suite.seal(createSecretKey(key), msg, { nonce: iv, aad })
  } catch {
    return undefined
  }
}

/** Whether opening gives the vector's text. Any error but {@link Unopenable} is one of ours and ends the run. */
function opens(suite: Suite, { key, iv, aad, msg, ct, tag }: AeadTest): boolean {
  try {
    return suite.open(createSecretKey(key), Buffer.concat([ct, tag]), { nonce: iv, aad }).equals(msg)
  } catch (error) {
    if (error instanceof Unopenable) return false
    throw error
  }
}

function mac(suite: SuiteCode, file: z.infer<typeof macFile>): Outcome {
  const tests = file.testGroups.flatMap((group) => group.tests)
  const failed = tests.filter((test) => {
    const made = Buffer.from(hmac({ suite, key: createSecretKey(test.key) }, test.msg), "latin1")
    return made.subarray(0, test.tag.length).equals(test.tag) !== (test.result === "valid")
  })
  return counted(file.numberOfTests, tests, { failed })
}

export function hkdfSha256(file: z.infer<typeof hkdfFile>): Outcome {
  const tests = file.testGroups.flatMap((group) => group.tests)
  const failed = tests.filter((test) => derives(test) !== (test.result === "valid"))
  return counted(file.numberOfTests, tests, { failed })
}

function derives(test: z.infer<typeof hkdfFile>["testGroups"][number]["tests"][number]): boolean {
  try {
    const key = deriveKey("A1", createSecretKey(test.ikm), {
      salt: test.salt,
      info: test.info,
      bytes: test.size,
    })
    return key.export().equals(test.okm)
  } catch {
    return false
  }
}

export async function ed25519(file: z.infer<typeof eddsaFile>): Promise<Outcome> {
  const tests = file.testGroups.flatMap(({ publicKey, tests: group }) =>
    group.map((test) => ({ ...test, ...publicKey })),
  )
  const answers = await Promise.all(tests.map((test) => verifyEd25519(test.pk, test.msg, test.sig)))
  const failed = tests.filter((test, at) => answers[at] !== (test.result === "valid"))
  return counted(file.numberOfTests, tests, { failed })
}

interface Told {
  readonly failed: readonly { readonly tcId: number }[]
  readonly note?: string
}

/** A file that says it holds more or fewer cases than were seen has been cut or misread. */
function counted(promised: number, tests: readonly unknown[], { failed, note }: Told): Outcome {
  const missing =
    promised === tests.length ? [] : [`${promised} cases are promised, ${tests.length} were seen`]
  const names = [...missing, ...failed.map(({ tcId }) => `case ${tcId}`)]
  return { seen: tests.length, failed: names, ...(note === undefined ? {} : { note }) }
}
