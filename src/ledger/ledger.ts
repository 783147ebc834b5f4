/** The ledger of a running server: publisher, mirror, and what both say of themselves. Clauses 3.11, 3.12. */

import { mkdir } from "node:fs/promises"
import { join } from "node:path"
import type { ClientConfig } from "pg"
import type { Clock } from "../platform/clock.ts"
import { type Log, whereOf } from "../platform/log.ts"
import type { Root } from "../vault/root.ts"
import { openDisk } from "./disk.ts"
import { openInstallation } from "./installation-key.ts"
import { PublishSql } from "./publish-sql.ts"
import { Publisher, type PublisherState } from "./publisher.ts"

export interface Ledger {
  readonly installation: string
  /** Folder of the logs' files. */
  readonly folder: string
  readonly publisher: Publisher
  close(): Promise<void>
}

export interface LedgerOptions {
  /** The data folder. */
  readonly data: string
  /** As hudun_publish. */
  readonly database: ClientConfig
  readonly root: Root
  readonly clock: Clock
  readonly log: Log
}

const topEvery = 10_000

/** Opens the installation's key and starts publishing in the background. */
export async function openLedger({ data, database, root, clock, log }: LedgerOptions): Promise<Ledger> {
  const installation = await openInstallation(join(data, "keys", "ledger.key"), root)
  const folder = join(data, "ledger")
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const publisher = new Publisher({
    sequence: new PublishSql(database),
    disk: openDisk(folder),
    installation,
    folder,
    clock,
    topEvery,
    changed: (state) => tell(log, state),
  })
  publisher.start()
  return { installation: installation.name, folder, publisher, close: () => publisher.stop() }
}

function tell(log: Log, state: PublisherState): void {
  if (state.kind === "failing") log.event("ledger.failing", { where: whereOf(state.error) })
  else if (state.kind === "stopped")
    log.event("ledger.stopped", { reason: state.stop.reason, origin: state.stop.origin })
  else log.event("ledger.publishing", { state: state.kind })
}
