/**
 * Who may import whom: ARCHITECTURE.md "Inside a slice". `test/architecture.test.ts` runs these rules and makes sure
 * that every file was seen.
 */

const slice = "^src/(lifecycle/[^/]+|duty/[^/]+|ledger|vault|platform)/"
const sql = "/[a-z-]*sql\\.ts$"
const mounted = "/[a-z-]*(routes|jobs)\\.ts$"
const tests = "\\.(test|fixture)\\.tsx?$"

/**
 * Besides sql, routes, jobs and workers: files that carry a command through (load, decide, record) because more than
 * one route or job does. A rule may not import them either.
 */
const deeds = [
  "^src/lifecycle/catalogue/(assessed-sharing|in-force|draft-desk)\\.ts$",
  "^src/lifecycle/store/(take|place|dossier|resolve|seal|reindex|reword)\\.ts$",
  "^src/lifecycle/collect/(import-run|importer|resume|upload)\\.ts$",
  "^src/lifecycle/forms/(agree|channel-gate|deliver|desk-form|phone-form|seal-form)\\.ts$",
  "^src/lifecycle/consent/(consent-for|evidence|record-consent|run|walk-run|issue-receipt|lapse-consents|note-age)\\.ts$",
  "^src/lifecycle/use/(look|open-order|order-acts|cap-meter|exposure-of|move-out)\\.ts$",
  "^src/lifecycle/excess/meter\\.ts$",
  "^src/lifecycle/emergency/(after|break-glass|detail|look-in)\\.ts$",
  "^src/lifecycle/apply/(apply|detail|guarded|hand|known|leaving|look-under|outside|sign|stand-in)\\.ts$",
  "^src/lifecycle/export/(decoys|exporter|find-leak|hand|leave|lent|make|seals)\\.ts$",
  "^src/lifecycle/parties/(assist|register|share|sealed-paper)\\.ts$",
  "^src/lifecycle/statistics/(count|sheet)\\.ts$",
  "^src/lifecycle/text/(scan|rule)\\.ts$",
  "^src/lifecycle/visit/(visit|album|raise-incident)\\.ts$",
  "^src/duty/people/(door|password-door|prove-code|trace-refusal)\\.ts$",
  "^src/duty/watch/follow\\.ts$",
  "^src/duty/stop/(record-attempt|watch)\\.ts$",
  "^src/duty/keys/(backup-desk|backup-manifest|reseal|resolve|restore)\\.ts$",
]

/** Files that touch the world; every other file of a slice holds rules. */
const effects = "/[a-z-]*(sql|routes|jobs|worker|thread)\\.ts$"
const world = ["^src/platform/", sql, mounted, "^node_modules/(pg|pg-boss|kysely|fastify|@fastify)/"]
const worldOfNode =
  "^(node:)?(fs|net|http|https|http2|tls|dgram|dns|child_process|cluster|worker_threads|process)(/|$)"

/** Run in a browser or on an auditor's machine as they are. */
const pureLedger = "^src/ledger/(entry|merkle|tile|proof|checkpoint)\\.ts$"
const pure = [pureLedger, "^src/vault/(envelope|blind-index)\\.ts$"]

module.exports = {
  forbidden: [
    { name: "no-cycle", severity: "error", from: {}, to: { circular: true } },
    { name: "resolvable", severity: "error", from: {}, to: { couldNotResolve: true } },
    {
      name: "base-stands-alone",
      comment: "Words without I/O: base imports base and zod.",
      severity: "error",
      from: { path: "^src/base/", pathNot: tests },
      to: { pathNot: ["^src/base/", "^node_modules/zod/"] },
    },
    {
      name: "platform-knows-no-slice",
      severity: "error",
      from: { path: "^src/platform/", pathNot: tests },
      to: { path: "^src/", pathNot: "^src/(platform|base)/" },
    },
    {
      name: "mounted-by-app-only",
      comment:
        "Nobody imports routes or jobs but app.ts; a slice's routes.ts may gather its own <noun>-routes.ts.",
      severity: "error",
      from: { path: "^src/", pathNot: ["^src/app\\.ts$", mounted, tests] },
      to: { path: mounted },
    },
    {
      name: "mounted-in-own-slice",
      severity: "error",
      from: { path: `${slice}[a-z-]*(routes|jobs)\\.ts$` },
      to: { path: mounted, pathNot: "^src/$1/" },
    },
    {
      name: "web-is-a-client",
      comment: "Nobody imports the console.",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/web/" },
      to: { path: "^src/web/" },
    },
    {
      name: "web-knows-contracts",
      comment: "The console knows contracts, rules and base; nothing that touches the world.",
      severity: "error",
      from: { path: "^src/web/", pathNot: tests },
      to: { path: [...world, worldOfNode, "^node:", "^src/[^/]+\\.ts$"] },
    },
    {
      name: "own-sql-only",
      comment: "No slice imports another's sql.",
      severity: "error",
      from: { path: slice, pathNot: tests },
      to: { path: sql, pathNot: "^src/$1/" },
    },
    {
      name: "contract-is-words",
      comment: "A contract imports types of rules, base and zod.",
      severity: "error",
      from: { path: "^src/.*contract\\.ts$" },
      to: { path: [...world, worldOfNode] },
    },
    {
      name: "rules-touch-nothing",
      comment: "A rule takes values and returns values; time and randomness are parameters.",
      severity: "error",
      from: { path: "^src/(lifecycle|duty)/", pathNot: [effects, ...deeds, tests] },
      to: { path: [...world, worldOfNode, ...deeds], dependencyTypesNot: ["type-only"] },
    },
    {
      name: "pure-core",
      severity: "error",
      from: { path: pure },
      to: { path: [...world, worldOfNode, "^src/(lifecycle|duty|web|cli)/", "^src/[^/]+\\.ts$"] },
    },
    {
      name: "verified-in-a-browser",
      comment: "Trees, tiles and proofs are checked where there is no Node.",
      severity: "error",
      from: { path: pureLedger },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "product-is-not-its-tools",
      severity: "error",
      from: { path: "^src/", pathNot: tests },
      to: { path: "^(test|tools|bench)/" },
    },
    {
      name: "fixtures-are-for-tests",
      severity: "error",
      from: { path: "^src/", pathNot: tests },
      to: { path: tests },
    },
    {
      name: "no-development-package-in-the-product",
      severity: "error",
      from: { path: "^src/", pathNot: tests },
      to: { dependencyTypes: ["npm-dev"], dependencyTypesNot: ["type-only", "npm"] },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    combinedDependencies: false,
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "default", "types"],
      extensions: [".ts", ".tsx", ".mjs", ".js", ".json"],
    },
  },
}
