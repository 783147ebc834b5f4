/** What may be given to somebody outside: in the matrix, and with a live impact assessment of giving it away. Clauses 2.3, 2.11, 4.10. */

import { houseZone } from "../../base/instant.ts"
import { Refusal } from "../../base/refusal.ts"
import type { House } from "../../house.ts"
import { mayShare } from "./assessment-need.ts"
import { readAssessed } from "./assessment-sql.ts"
import type { FieldCode } from "./field.ts"
import { mayCollect } from "./regime.ts"

export interface ScopeLine {
  readonly purpose: string
  readonly fields: readonly FieldCode[]
}

const dayFormat = new Intl.DateTimeFormat("sv-SE", { timeZone: houseZone })
/** Assessments belong to the installation and are no secret of a community. */
const asOfficer = { communities: "", buildings: "", classes: "", posts: "privacy_officer", actor: "" }

/** Throws `application.field_forbidden`, `party.not_assessed`. */
export async function refuseUnshareable(
  { spine, regime }: House,
  scope: readonly ScopeLine[],
): Promise<void> {
  const inForce = regime()
  for (const { purpose, fields } of scope) {
    const strange = fields.find((field) => !mayCollect(inForce, purpose, field))
    if (strange !== undefined) throw new Refusal("application.field_forbidden", { field: strange })
  }
  const today = dayFormat.format(spine.clock())
  const assessed = await readAssessed(
    { query: (text, values) => spine.database.read(asOfficer, text, values ?? []) },
    today,
  )
  const open = scope.find((line) => !mayShare(assessed, line))
  if (open !== undefined) throw new Refusal("party.not_assessed", { purpose: open.purpose })
}
