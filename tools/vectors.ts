/**
 * Runs published test vectors against our own wrappers, not against the libraries below them:
 * `npm run vectors -- <folder>`, where the folder holds `wycheproof/` (C2SP/wycheproof, testvectors_v1) and
 * `merkle/` (transparency-dev/merkle, testdata). What lies outside our profile must be refused.
 */

import { globSync, readFileSync } from "node:fs"
import { join } from "node:path"
import type { ZodType } from "zod"
import * as merkle from "./vectors-merkle.ts"
import type { Outcome } from "./vectors-wycheproof.ts"
import * as wycheproof from "./vectors-wycheproof.ts"

interface Run {
  readonly from: string
  readonly run: (folder: string) => Outcome | Promise<Outcome>
}

const runs: readonly Run[] = [
  { from: "wycheproof/aes_gcm_test.json", run: file(wycheproof.aeadFile, wycheproof.aesGcm) },
  { from: "wycheproof/sm4_gcm_test.json", run: file(wycheproof.aeadFile, wycheproof.sm4Gcm) },
  { from: "wycheproof/hmac_sha256_test.json", run: file(wycheproof.macFile, wycheproof.hmacSha256) },
  { from: "wycheproof/hmac_sm3_test.json", run: file(wycheproof.macFile, wycheproof.hmacSm3) },
  { from: "wycheproof/hkdf_sha256_test.json", run: file(wycheproof.hkdfFile, wycheproof.hkdfSha256) },
  { from: "wycheproof/ed25519_test.json", run: file(wycheproof.eddsaFile, wycheproof.ed25519) },
  { from: "merkle/inclusion", run: folder(merkle.inclusionCase, merkle.inclusion) },
  { from: "merkle/consistency", run: folder(merkle.consistencyCase, merkle.consistency) },
  { from: "merkle/subtreeinclusion", run: folder(merkle.subtreeInclusionCase, merkle.subtreeInclusion) },
  {
    from: "merkle/subtreeconsistency",
    run: folder(merkle.subtreeConsistencyCase, merkle.subtreeConsistency),
  },
]

const unused = ["wycheproof/aes_kwp_test.json", "wycheproof/aes_wrap_test.json"]

function file<Shape>(
  shape: ZodType<Shape>,
  check: (parsed: Shape) => Outcome | Promise<Outcome>,
): Run["run"] {
  return (path) => check(shape.parse(JSON.parse(readFileSync(path, "utf8"))))
}

/** A case per file, in any depth. `holds` must answer what the case expects. */
function folder<Shape extends merkle.Case>(
  shape: ZodType<Shape>,
  holds: (parsed: Shape) => boolean,
): Run["run"] {
  return (path) => {
    const files = globSync("**/*.json", { cwd: path })
    const failed = files.filter((name) => {
      const parsed = shape.parse(JSON.parse(readFileSync(join(path, name), "utf8")))
      return holds(parsed) === parsed.wantErr
    })
    return { seen: files.length, failed }
  }
}

async function outcome(run: Run, root: string): Promise<Outcome> {
  try {
    const result = await run.run(join(root, run.from))
    return result.seen === 0 ? { seen: 0, failed: ["no case was seen"] } : result
  } catch (error) {
    return { seen: 0, failed: [error instanceof Error ? error.message : "not readable"] }
  }
}

async function main([root]: readonly string[]): Promise<number> {
  if (root === undefined) {
    process.stderr.write("usage: npm run vectors -- <folder with wycheproof/ and merkle/>\n")
    return 2
  }
  let [passed, failures] = [0, 0]
  for (const run of runs) {
    const { seen, failed, note } = await outcome(run, root)
    passed += Math.max(seen - failed.length, 0)
    failures += failed.length
    const counts = `${String(seen - failed.length).padStart(5)} passed ${String(failed.length).padStart(3)} failed`
    process.stdout.write(`${run.from.padEnd(34)}${counts}${note === undefined ? "" : `  ${note}`}\n`)
    for (const name of failed) process.stdout.write(`  FAILED ${name}\n`)
  }
  for (const name of unused) process.stdout.write(`${name.padEnd(34)}skipped: no key is wrapped with it\n`)
  process.stdout.write(`${passed} passed, ${failures} failed\n`)
  return failures === 0 ? 0 : 1
}

process.exitCode = await main(process.argv.slice(2))
