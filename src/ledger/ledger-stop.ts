/** The ledger cannot show that it goes on from what it signed: it stops, and says what and since when. It never forks. Clause 3.12. */

export type StopReason =
  /** The signed checkpoint cannot be read, or is not signed by our key. */
  | "checkpoint_damaged"
  /** A tile that was signed is missing or changed. */
  | "tile_damaged"
  /** The database knows less than was signed: an older one was restored. */
  | "database_older"
  /** Database and files say different things about the same place. */
  | "forked"
  /** A trace was changed or removed after it was given its place. */
  | "trace_changed"
  /** Another installation keeps the log of this community. */
  | "other_installation"
  /** The database counts transactions anew: it was filled from a dump. */
  | "transactions_restarted"
  /** The mirror has seen a longer or another log. */
  | "mirror_differs"
  /** A witness has cosigned a longer or another log. */
  | "witness_differs"

export class LedgerStop extends Error {
  readonly reason: StopReason
  /** The log, by its origin; empty when it is about all. */
  readonly origin: string

  constructor(reason: StopReason, origin: string) {
    super(`ledger stops: ${reason}`)
    this.name = "LedgerStop"
    this.reason = reason
    this.origin = origin
  }
}
