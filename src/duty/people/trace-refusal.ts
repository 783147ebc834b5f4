/** The trace of somebody who did not prove who they are. Clause 4.1. */

import type { House } from "../../house.ts"
import { act } from "../../ledger/spine.ts"
import { doorHand } from "./hand.ts"
import type { Applicant } from "./sign-in-sql.ts"

export async function traceRefusal(house: House, applicant: Applicant, tried: string): Promise<void> {
  await act(house.spine, doorHand(applicant), async (command) =>
    command.trace({ act: tried, clause: "4.1", outcome: "refused" }),
  )
}
