/** Raises an incident, inside the command that found it. Clause 8.1. */

import type { Reader } from "../../platform/database.ts"
import { type NewIncident, writeIncident } from "./incident-sql.ts"

export async function raiseIncident(
  command: Reader,
  communityId: string,
  incident: NewIncident,
): Promise<void> {
  await writeIncident(command, communityId, incident)
}
