/** What every room may lean on. Made once in main.ts, handed to each slice's routes. */

import type { Door } from "./duty/people/door.ts"
import type { Ledger } from "./ledger/ledger.ts"
import type { Spine } from "./ledger/spine.ts"
import type { Log } from "./platform/log.ts"
import type { Keyring } from "./vault/keyring.ts"
import type { Vault } from "./vault/vault.ts"

export interface House {
  readonly spine: Spine
  readonly door: Door
  readonly keyring: Keyring
  readonly vault: Vault
  /** The data folder, for sealed files. */
  readonly data: string
  readonly log: Log
  readonly ledger: Ledger
}
