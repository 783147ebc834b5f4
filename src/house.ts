/** What every room may lean on. Made once in main.ts, handed to each slice's routes. */

import type { Door } from "./duty/people/door.ts"
import type { Ledger } from "./ledger/ledger.ts"
import type { Spine } from "./ledger/spine.ts"
import type { Regime } from "./lifecycle/catalogue/regime-shape.ts"
import type { CapMeter } from "./lifecycle/use/cap-meter.ts"
import type { GrantAsk, PlacedGrant } from "./lifecycle/use/grants-together.ts"
import type { Log } from "./platform/log.ts"
import type { Keyring } from "./vault/keyring.ts"
import type { Vault } from "./vault/vault.ts"

export interface House {
  readonly spine: Spine
  /** The regime in force, now. Ask again for each piece of work: it may change. Clause 2.3. */
  readonly regime: () => Regime
  /** Reads at once which version is in force; every process does so by itself within a second. */
  readonly refreshRegime: () => Promise<void>
  readonly door: Door
  readonly keyring: Keyring
  readonly vault: Vault
  /** The data folder, for sealed files. */
  readonly data: string
  readonly log: Log
  readonly ledger: Ledger
  /** Counts what each person sees in the clear. Clause 4.8. */
  readonly caps: CapMeter
  /** The grants that a look may be answered from, within the asker's reach. Clause 4.5. */
  readonly grantsOf: (ask: GrantAsk) => Promise<PlacedGrant[]>
}
