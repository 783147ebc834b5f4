import { execFileSync } from "node:child_process"
import { existsSync, readFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { beforeAll, describe, expect, test } from "vitest"
import { refusalStatus } from "../src/base/refusal-codes.ts"
import { en } from "../src/base/sentences/en.ts"
import { zhCN } from "../src/base/sentences/zh-CN.ts"
import { isActCode } from "../src/web/console/traces/act-codes.ts"
import { type Dependencies, readDependencies, root, sourceFiles } from "../tools/dependencies.ts"

let seen: Dependencies
beforeAll(async () => {
  seen = await readDependencies()
}, 60_000)

/** What git holds or would take: working copies of others hold ignored folders. */
const committed = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], {
  cwd: root,
  encoding: "utf8",
})
  .split("\n")
  .filter((name) => name !== "" && existsSync(join(root, name)))

function textOf(name: string): string {
  return readFileSync(join(root, name), "utf8")
}

describe("imports", () => {
  test("every file was seen", () => {
    const modules = seen.modules
      .map((module) => module.source)
      .filter((name) => /^src\/.*\.(ts|tsx|mjs)$/.test(name))
    expect(modules.sort()).toEqual(sourceFiles())
    expect(modules.length).toBeGreaterThan(50)
  })

  test("types were seen as well", () => {
    const types = seen.modules.flatMap((module) => module.dependencies.flatMap((to) => to.dependencyTypes))
    expect(types.filter((type) => type === "type-only").length).toBeGreaterThan(10)
  })

  test("nobody imports what the house does not allow", () => {
    const broken = seen.summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`)
    expect(broken).toEqual([])
  })
})

describe("files", () => {
  const counted = committed.filter((name) =>
    /^(src|test|tools|bench|migrations|docs)\/|^[^/]+\.md$/.test(name),
  )
  const text = counted.filter((name) => /\.(ts|tsx|mjs|cjs|sql|css|md)$/.test(name))

  test("none is longer than 300 lines (a test 500) without saying why", () => {
    const long = text.filter((name) => textOf(name).split("\n").length - 1 > (isTest(name) ? 500 : 300))
    expect(long.filter((name) => !/max-lines -- \S|longer than 300 lines: \S/.test(textOf(name)))).toEqual([])
  })

  test("no lint rule is switched off without a reason", () => {
    const off = text.filter((name) => /(oxlint|eslint|biome)-(disable|ignore)(?!.* -- \S)/.test(textOf(name)))
    expect(off.filter((name) => name !== "test/architecture.test.ts")).toEqual([])
  })

  test("every link of a document leads to a file", () => {
    const lost = committed.filter((name) => name.endsWith(".md")).flatMap(lostLinks)
    expect(lost).toEqual([])
  })

  test("nothing speaks of places outside the repository", () => {
    const outside = [/\/work\//, /shared\/design/, /\b(BRIEF|REGIME|STACK|STYLE|FORMATS|LAW|SCORECARD)\.md\b/]
    const others = committed.filter((name) => name !== "test/architecture.test.ts" && isReadable(name))
    expect(others.filter((name) => outside.some((place) => place.test(textOf(name))))).toEqual([])
  })
})

describe("refusals", () => {
  test("each is said in Chinese and in English", () => {
    const codes = Object.keys(refusalStatus).sort()
    expect(Object.keys(zhCN).sort()).toEqual(codes)
    expect(Object.keys(en).sort()).toEqual(codes)
  })

  test("each is thrown somewhere", () => {
    const server = sourceFiles().filter((name) => !/\.test\.|^src\/(web|base)\//.test(name))
    const code = server.map(textOf).join("\n")
    expect(Object.keys(refusalStatus).filter((name) => !code.includes(`"${name}"`))).toEqual([])
  })
})

test("every act has its words in the traces", () => {
  const server = committed.filter((name) => /^src\/(?!web\/).*\.ts$/.test(name) && !isTest(name))
  const acts = server.flatMap((name) =>
    [...textOf(name).matchAll(/\bact: "([a-z_]+\.[a-z_]+)"/g)].map(([, act]) => act),
  )
  expect(acts.length).toBeGreaterThan(50)
  expect([...new Set(acts)].filter((act) => act === undefined || !isActCode(act))).toEqual([])
})

function isTest(name: string): boolean {
  return /\.test\.tsx?$|^test\//.test(name)
}

function isReadable(name: string): boolean {
  return !/\.(png|jpg|ico|woff2?|ttf|xlsx?|gz|zip)$/.test(name)
}

function lostLinks(name: string): string[] {
  const targets = [...textOf(name).matchAll(/\]\(([^)#\s]+)[^)]*\)/g)].map((match) => match[1] ?? "")
  const inside = targets.filter((target) => !/^(https?:|mailto:)/.test(target))
  return inside
    .filter((target) => !existsSync(join(root, dirname(name), target)))
    .map((target) => `${name} → ${target}`)
}
