/** Makes copies in the background, and ends those whose time is over. Every process does; one of two that meet is first. Clause 4.7. */

import { setTimeout } from "node:timers/promises"
import { Refusal } from "../../base/refusal.ts"
import type { House } from "../../house.ts"
import { act } from "../../ledger/spine.ts"
import { whereOf } from "../../platform/log.ts"
import { leavingRefusal } from "../apply/leaving.ts"
import { copyStateOf } from "./copy.ts"
import { copyFacts } from "./copy-facts.ts"
import { type Place, serverHand, serverReader } from "./hand.ts"
import { discardFile, makeCopy } from "./make.ts"
import { type CopyRow, findCopy, listCommunities, listOpenCopies, type Step, writeStep } from "./sql.ts"

const roundMilliseconds = 60_000
/** What nobody has made by then lost its server. */
const lostMilliseconds = 120_000
/** Until somebody whose turn comes later is tried again. */
const turnMilliseconds = 300

export class Exporter {
  readonly #house: House
  readonly #progress = new Map<string, number>()
  readonly #running = new Set<Promise<void>>()
  readonly #closing = new AbortController()
  #timer: NodeJS.Timeout | undefined

  constructor(house: House) {
    this.#house = house
  }

  start(): void {
    this.#timer = setInterval(() => void this.round(), roundMilliseconds).unref()
  }

  /** 0 to 1; 0 when another process makes it. */
  progress(copyId: string): number {
    return this.#progress.get(copyId) ?? 0
  }

  /** Begins; does not wait. */
  begin(place: Place, copyId: string): void {
    if (this.#progress.has(copyId)) return
    this.#progress.set(copyId, 0)
    const run = this.#make(place, copyId).finally(() => {
      this.#progress.delete(copyId)
      this.#running.delete(run)
    })
    this.#running.add(run)
  }

  /** One round, now, with all that is under way. Never rejects. */
  async round(): Promise<void> {
    await this.#sweep().catch((error: unknown) => this.#tell("", error))
    await Promise.all(this.#running)
  }

  async close(): Promise<void> {
    clearInterval(this.#timer)
    this.#closing.abort()
    await Promise.all(this.#running)
  }

  async #make(place: Place, copyId: string): Promise<void> {
    const { communityId } = place
    try {
      const copy = await findCopy(serverReader(this.#house, communityId), communityId, copyId)
      if (copy === undefined || copy.file_id !== null) return
      const tell = (progress: number) => void this.#progress.set(copyId, progress)
      await this.#inTurn(() => makeCopy(this.#house, { ...place, copy, tell }))
    } catch (error) {
      // What could not be made yet is not lost: the next round finds it.
      if (this.#closing.signal.aborted || (error instanceof Refusal && error.code === "server.sealed")) return
      this.#tell(copyId, error)
      await this.#end(place, copyId, "failed").catch((failed: unknown) => this.#tell(copyId, failed))
    }
  }

  /** The signatures under a copy are not spent because too many are printed at the moment: it waits. */
  async #inTurn(work: () => Promise<void>): Promise<void> {
    const { signal } = this.#closing
    for (;;) {
      try {
        return await work()
      } catch (error) {
        if (!(error instanceof Refusal) || error.code !== "server.busy") throw error
      }
      await setTimeout(turnMilliseconds, undefined, { signal })
    }
  }

  async #sweep(): Promise<void> {
    const house = this.#house
    if (house.vault.seal.state.sealed) return
    for (const row of await listCommunities(serverReader(house, "0"))) {
      const place = { communityId: row.community_id, tenantId: row.tenant_id }
      for (const copy of await listOpenCopies(serverReader(house, place.communityId), place.communityId))
        await this.#visit(place, copy)
    }
  }

  async #visit(place: Place, copy: CopyRow): Promise<void> {
    const now = this.#house.spine.clock()
    const state = copyStateOf(copyFacts(copy), now)
    const isOver = state === "expired" || (await this.#isRevoked(place, copy, now))
    if (isOver) await this.#end(place, copy.copy_id, "expired")
    else if (state === "making" && now - copy.at.getTime() > lostMilliseconds) this.begin(place, copy.copy_id)
  }

  async #isRevoked(place: Place, copy: CopyRow, now: number): Promise<boolean> {
    const asked = serverReader(this.#house, place.communityId)
    const recipient = { ...serverHand(place), staffId: copy.applicant }
    return (await leavingRefusal(asked, recipient, { applicationId: copy.application_id, now })) !== undefined
  }

  async #end(place: Place, copyId: string, step: Step): Promise<void> {
    const { communityId } = place
    const house = this.#house
    const fileId = await act(house.spine, serverHand(place), async (command) => {
      const copy = await findCopy(command, communityId, copyId)
      if (copy === undefined) throw new Error("a copy is gone")
      const at = new Date(command.now).toISOString()
      await writeStep(command, communityId, { copy, step, by: null, at })
      command.trace({ act: `export.${step}`, clause: "4.7", useId: copy.application_id })
      return copy.file_id
    })
    if (fileId !== null) await discardFile(house, place, fileId)
  }

  #tell(id: string, error: unknown): void {
    this.#house.log.event("job.failed", { job: "export", id, where: whereOf(error) })
  }
}
