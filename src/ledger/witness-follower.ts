/** Shows the witnesses every log that has grown, again and again until enough of them have cosigned it. Clause 9.5. */

import type { Disk } from "./disk.ts"
import { LedgerStop } from "./ledger-stop.ts"
import type { LogSet } from "./log-set.ts"
import type { SignedLog } from "./mirror-copy.ts"
import { signedLog } from "./mirror-follower.ts"
import type { WitnessClient } from "./witness-client.ts"

const pauseMilliseconds = 1_000

export class WitnessFollower {
  readonly #client: WitnessClient
  readonly #disk: Disk
  readonly #stop: (stop: LedgerStop) => void
  readonly #shown = new Map<string, string>()
  readonly #waiting = new Map<string, SignedLog>()
  #running: Promise<void> | undefined
  #timer: NodeJS.Timeout | undefined
  #isClosed = false

  constructor(client: WitnessClient, disk: Disk, stop: (stop: LedgerStop) => void) {
    this.#client = client
    this.#disk = disk
    this.#stop = stop
  }

  follow(logs: LogSet): void {
    for (const [communityId, writer] of [...logs.writers, ["top", logs.top] as const]) {
      if (writer.note === "" || this.#shown.get(communityId) === writer.note) continue
      this.#waiting.set(communityId, signedLog(this.#disk, communityId, writer))
    }
    this.#timer ??= setTimeout(() => this.#start(), 0)
  }

  async close(): Promise<void> {
    this.#isClosed = true
    clearTimeout(this.#timer)
    await this.#running
  }

  #start(): void {
    if (this.#isClosed) return
    this.#running = this.#showAll()
      .catch((error: unknown) => {
        if (error instanceof LedgerStop) this.#stop(error)
      })
      .finally(() => {
        // Not more often than once a pause: what has grown meanwhile is shown together.
        this.#timer = setTimeout(
          () => (this.#waiting.size > 0 ? this.#start() : this.#rest()),
          pauseMilliseconds,
        )
        this.#timer.unref()
      })
  }

  #rest(): void {
    this.#timer = undefined
  }

  async #showAll(): Promise<void> {
    for (const [communityId, log] of this.#waiting) {
      const count = await this.#client.ask(log)
      if (count < this.#client.quorum) continue
      this.#shown.set(communityId, log.note)
      if (this.#waiting.get(communityId) === log) this.#waiting.delete(communityId)
    }
  }
}
