/** The command line of the bench. */

import { parseArgs } from "node:util"

export interface Options {
  readonly json: boolean
  readonly quick: boolean
  /** Ids of the scorecard; empty: all. */
  readonly only: readonly string[]
  /** A folder to fill and keep, so that the next run starts filled; undefined: a temporary one. */
  readonly data: string | undefined
  readonly rounds: number
  readonly seconds: number
}

export const usage = `npm run bench -- [--json] [--quick] [--only P1,P3] [--rounds N] [--seconds S] [--data FOLDER]
  --json     one object a line instead of the table
  --quick    a smoke run of at most 45 s: fewer persons, short rounds
  --only     these figures only: P1, P2, P3, P4, P6, P13
  --data     keeps the filled databases in FOLDER and uses them when they are there`

export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      json: { type: "boolean", default: false },
      quick: { type: "boolean", default: false },
      only: { type: "string", default: "" },
      data: { type: "string" },
      rounds: { type: "string" },
      seconds: { type: "string" },
    },
  })
  return {
    json: values.json,
    quick: values.quick,
    only: values.only.split(",").filter(Boolean),
    data: values.data,
    rounds: Number(values.rounds ?? (values.quick ? 3 : 7)),
    seconds: Number(values.seconds ?? (values.quick ? 0.7 : 3)),
  }
}
