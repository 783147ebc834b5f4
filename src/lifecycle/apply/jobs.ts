/**
 * The archivist of time: what was not decided in time is refused, what has run out, was not begun or lost its order is archived.
 * It only writes down what the clock has decided already: no look waits for it. Clauses 4.2, 4.4, 4.5.
 */

import type { House } from "../../house.ts"
import { type Actor, act } from "../../ledger/spine.ts"
import { whereOf } from "../../platform/log.ts"
import { stateOf } from "./application.ts"
import { wholeCommunity, wholeReader } from "./hand.ts"
import { archive } from "./sign.ts"
import { type ApplicationRow, findApplication, listCommunities, listUnended } from "./sql.ts"
import { standingOf } from "./views.ts"
import { lockApplication } from "./write-sql.ts"

const roundMilliseconds = 60_000

export class ApplicationSweeper {
  readonly #house: House
  #timer: NodeJS.Timeout | undefined
  #running: Promise<void> | undefined

  constructor(house: House) {
    this.#house = house
  }

  start(): void {
    this.#timer = setInterval(() => void this.round(), roundMilliseconds)
    this.#timer.unref()
  }

  /** One round, now. Never rejects. */
  round(): Promise<void> {
    this.#running ??= this.#sweep()
      .catch((error: unknown) => {
        this.#house.log.event("job.failed", { job: "applications", id: "", where: whereOf(error) })
      })
      .finally(() => {
        this.#running = undefined
      })
    return this.#running
  }

  async close(): Promise<void> {
    clearInterval(this.#timer)
    await this.#running
  }

  async #sweep(): Promise<void> {
    for (const { community_id: communityId, tenant_id: tenantId } of await listCommunities(
      wholeReader(this.#house, "0"),
    ))
      await this.#sweepCommunity({ communityId, tenantId })
  }

  async #sweepCommunity({ communityId, tenantId }: { communityId: string; tenantId: string }): Promise<void> {
    const now = this.#house.spine.clock()
    const rows = await listUnended(wholeReader(this.#house, communityId), communityId)
    const actor: Actor = {
      communityId,
      tenantId,
      staffId: null,
      post: "sweeper",
      client: "job",
      context: wholeCommunity(communityId),
    }
    for (const row of rows) if (reasonOf(row, now) !== undefined) await this.#end(actor, row.application_id)
  }

  async #end(actor: Actor, applicationId: string): Promise<void> {
    await act(this.#house.spine, actor, async (command) => {
      await lockApplication(command, actor.communityId, applicationId)
      const row = await findApplication(command, actor.communityId, applicationId)
      const reason = row === undefined || row.ended_at !== null ? undefined : reasonOf(row, command.now)
      if (row !== undefined && reason !== undefined) await archive(command, actor, { row, reason })
      // Somebody was faster: the round is traced all the same.
      else command.trace({ act: "use.end", clause: "4.5", outcome: "refused" })
    })
  }
}

/** Why the clock has ended it; undefined: it runs. */
function reasonOf(row: ApplicationRow, now: number): string | undefined {
  const state = stateOf(standingOf(row), now)
  if (state === "refused") return "timed_out"
  if (state !== "ended") return undefined
  return row.is_order_closed ? "order_closed" : "expired"
}
