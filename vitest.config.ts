import { defineConfig } from "vitest/config"
import { LongestFirst } from "./test/longest-first.ts"

/** What needs a PostgreSQL, a process or a disk is no unit: `npm run check` leaves it to `npm test`. */
const machine = ["src/platform/**/*.test.ts", "src/**/*.machine.test.ts"]
const house = ["test/architecture.test.ts"]
const browser = ["test/e2e/**/*.test.ts"]
/** Fifty kills of a server under load take minutes: HUDUN_FAULTS=1 npm test. */
const long = process.env["HUDUN_FAULTS"] === undefined ? ["test/faults/killed.test.ts"] : []

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: {
          name: "unit",
          include: ["src/**/*.test.{ts,tsx}"],
          exclude: machine,
          testTimeout: 30_000,
          // Rules leave nothing behind; a process for each file took twice the time.
          isolate: false,
        },
      },
      { test: { name: "house", include: house, testTimeout: 60_000 } },
      { test: { name: "machine", include: machine, testTimeout: 60_000, hookTimeout: 60_000 } },
      {
        test: {
          name: "api",
          globalSetup: "test/template.ts",
          include: ["test/**/*.test.ts"],
          // They mostly wait, for a disk or a process: three at once take half of the time, on two cores too.
          maxWorkers: 3,
          // No file leaves anything behind in a module; reading them anew for each file took a third of the time.
          isolate: false,
          exclude: [...house, ...browser, ...long],
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: "e2e",
          globalSetup: "test/e2e/prepare.ts",
          include: browser,
          testTimeout: 180_000,
          hookTimeout: 120_000,
          // How long a page may take to say what is expected of it: no test of its speed.
          expect: { poll: { timeout: 20_000 } },
          // Each has a server and a browser of its own, and mostly waits for pages to stand still.
          maxWorkers: 2,
        },
      },
    ],
  },
})
