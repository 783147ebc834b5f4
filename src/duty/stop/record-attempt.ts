/** Writes an attempt down, with its trace, whatever became of the command that was refused. Clause 2.4. */

import type { House } from "../../house.ts"
import { type Actor, act } from "../../ledger/spine.ts"
import { writeAttempt } from "./attempt-sql.ts"
import type { Channel } from "./contract.ts"

export interface Attempted {
  readonly channel: Channel
  /** Code of a purpose; null where none was named. */
  readonly purpose: string | null
  /** Code of the catalogue, or `unclassified`. Never a word that somebody typed. */
  readonly field: string
  /** Code of the refusal. */
  readonly reason: string
}

/** A command of its own: what was refused has been rolled back, the attempt stays. Returns its id. */
export async function recordAttempt(
  { spine }: Pick<House, "spine">,
  actor: Actor,
  attempted: Attempted,
): Promise<string> {
  return act(spine, actor, async (command) => {
    const attemptId = command.newId()
    await writeAttempt(command, actor, {
      ...attempted,
      attemptId,
      at: new Date(command.now).toISOString(),
      regimeVersion: spine.regimeVersion(),
    })
    command.trace({
      act: "attempt.record",
      clause: "2.4",
      ...(attempted.purpose === null ? {} : { purpose: attempted.purpose }),
      fields: [attempted.field],
      outcome: "refused",
    })
    return attemptId
  })
}
