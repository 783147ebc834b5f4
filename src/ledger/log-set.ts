/** The logs of an installation, each opened once and compared with the database: one a community, and the top log. */

import type { LogDisk } from "./disk.ts"
import { verifyEd25519 } from "./ed25519.ts"
import type { Installation } from "./installation-key.ts"
import { LedgerStop } from "./ledger-stop.ts"
import { folderOf, originOf, topLog } from "./log-name.ts"
import { openLog, openTop } from "./log-opening.ts"
import { isSame, type LogWriter, type OwnLog } from "./log-writer.ts"
import { formatVerifierKey, noteSigner, noteType, noteVerifier, verifierKey } from "./note.ts"
import type { Sequence } from "./publish-sql.ts"

export interface Owner {
  readonly sequence: Sequence
  readonly disk: LogDisk
  readonly installation: Installation
}

/** The file beside the logs that names the keys they are signed with, one a line (C2SP signed-note, "Verifier keys"). */
export const keysFile = "verifier-keys"

export class LogSet {
  readonly #owner: Owner
  readonly #writers = new Map<string, LogWriter>()
  readonly top: LogWriter

  private constructor(owner: Owner, top: LogWriter) {
    this.#owner = owner
    this.top = top
  }

  /** Opens every log. Throws {@link LedgerStop} when one cannot go on from what was signed. */
  static async open(owner: Owner): Promise<LogSet> {
    if (await owner.sequence.isBehind()) throw new LedgerStop("transactions_restarted", "")
    const set = new LogSet(owner, await openTop(owner, ownLog(owner.installation, topLog)))
    await set.admit()
    return set
  }

  /** The installation's name, a part of every origin. */
  get installation(): string {
    return this.#owner.installation.name
  }

  get writers(): ReadonlyMap<string, LogWriter> {
    return this.#writers
  }

  /** Communities without a log get one. A log that another installation keeps is refused. */
  async admit(): Promise<void> {
    const { sequence } = this.#owner
    const rows = await sequence.logs()
    const fresh = rows.filter(({ origin }) => origin === "").map(({ communityId }) => this.#row(communityId))
    if (fresh.length > 0) await sequence.addLogs(fresh)
    for (const row of rows) if (row.origin !== "") this.#requireOwn(row)
    const unopened = rows.filter(({ communityId }) => !this.#writers.has(communityId))
    if (unopened.length === 0) return
    const heads = await sequence.heads()
    for (const { communityId } of unopened) {
      const log = ownLog(this.#owner.installation, communityId)
      const start = { communityId, head: heads.get(communityId) }
      this.#writers.set(communityId, await openLog(this.#owner, log, start))
    }
    await this.#writeKeys()
  }

  #row(communityId: string) {
    const { name, key } = this.#owner.installation
    return { communityId, origin: originOf(name, communityId), publicKey: key.publicKey }
  }

  #requireOwn(row: { communityId: string; origin: string; publicKey: Uint8Array }): void {
    const own = this.#row(row.communityId)
    if (row.origin !== own.origin || !isSame(row.publicKey, own.publicKey))
      throw new LedgerStop("other_installation", row.origin)
  }

  async #writeKeys(): Promise<void> {
    const { disk, installation } = this.#owner
    const lines = [topLog, ...this.#writers.keys()].map((community) => {
      const origin = originOf(installation.name, community)
      return `${formatVerifierKey(verifierKey(origin, noteType, installation.key.publicKey))}\n`
    })
    const bytes = new TextEncoder().encode(lines.join(""))
    const written = await disk.read(keysFile)
    if (written === undefined || !isSame(written, bytes)) await disk.replace({ path: keysFile, bytes })
  }
}

function ownLog({ name, key }: Installation, community: string): OwnLog {
  const origin = originOf(name, community)
  return {
    origin,
    folder: folderOf(origin),
    signer: noteSigner(origin, key),
    verifier: noteVerifier(verifierKey(origin, noteType, key.publicKey), verifyEd25519),
  }
}
