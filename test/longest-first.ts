/** The order of the files: those that take longest first, so that none of them runs alone at the end. The rest by size, as ever. */

import { basename } from "node:path"
import { BaseSequencer, type TestSpecification } from "vitest/node"

/** The longest of each project, as measured; one that is not here is only later than it could be. */
const longest = [
  "relations",
  "fault-pairs",
  "start-stop",
  "killed",
  "C3.9-vault-away",
  "rsyslog",
  "C2.12-hostile-workbooks",
  "backup",
  "planted",
  "C7.2-export",
  "C3.12-every-route-leaves-a-trace",
  "C3.9-vault-reseal",
  "disk-full",
  "rows",
  "local-postgres",
  "main-job",
  "demonstration",
  "leak",
  "consent",
  "ledger",
]

function placeOf({ moduleId }: TestSpecification): number {
  const place = longest.indexOf(basename(moduleId).replace(/\.(machine\.)?test\.tsx?$/, ""))
  return place === -1 ? longest.length : place
}

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).sort((one, other) => placeOf(one) - placeOf(other))
  }
}
