/** Records that do not open: refused with one error that tells nothing, listed, reported, and left as they lie. Clause 3.9. */

import { Refusal } from "../base/refusal.ts"
import { type Actor, act, type Spine } from "../ledger/spine.ts"
import type { Log } from "../platform/log.ts"
import { Unopenable } from "./suite.ts"

export interface Suspect {
  readonly subjectId: string
  readonly class: string
  readonly version: number
}

export interface Reporter {
  readonly spine: Spine
  readonly log: Log
}

/** The answer, or `record.unreadable` once the record is listed. Only for {@link Unopenable}; other errors pass. */
export async function openOrReport<Result>(
  reporter: Reporter,
  { actor, suspect }: { actor: Actor; suspect: Suspect },
  open: () => Promise<Result>,
): Promise<Result> {
  try {
    return await open()
  } catch (error) {
    if (!(error instanceof Unopenable)) throw error
    await report(reporter, actor, suspect)
    throw new Refusal("record.unreadable")
  }
}

/** In a transaction of its own: it stays even if the command that found it is rolled back. */
async function report({ spine, log }: Reporter, actor: Actor, suspect: Suspect): Promise<void> {
  // Whoever found it need not be somebody who may read the list.
  const hand = { ...actor, context: { ...actor.context, posts: "setup" } }
  await act(spine, hand, async (command) => {
    await command.query(
      `insert into app.quarantine (community_id, subject_id, class, version, found_at)
       values ($1, $2, $3, $4, $5) on conflict (community_id, subject_id, class, version)
       do update set resolved_at = null, found_at = excluded.found_at where quarantine.resolved_at is not null`,
      [
        actor.communityId,
        suspect.subjectId,
        suspect.class,
        suspect.version,
        new Date(command.now).toISOString(),
      ],
    )
    command.trace({ act: "vault.quarantine", clause: "3.9", outcome: "refused" })
  })
  log.event("vault.quarantined", { community: actor.communityId, class: suspect.class })
}
