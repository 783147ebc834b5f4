/** The vault of a running server: seal, keyring and the desk where shares are handed in. Clause 3.9. */

import type { ClientConfig } from "pg"
import type { Clock } from "../platform/clock.ts"
import { Keyring, keptMilliseconds, proveRoot } from "./keyring.ts"
import { KeyringStore } from "./keyring-sql.ts"
import { type Root, RootUnavailable } from "./root.ts"
import { provideRoot } from "./root-provider.ts"
import type { RootSetting } from "./root-setting.ts"
import { Rotation, type Schedule } from "./rotation.ts"
import { Seal, type SealState } from "./seal.ts"
import type { ShareDesk } from "./share-desk.ts"

export interface Vault {
  readonly seal: Seal
  readonly keyring: Keyring
  /** Undefined unless the root is held in shares. */
  readonly desk: ShareDesk | undefined
  readonly rotation: Rotation
  readonly schedule: Schedule
  /** Milliseconds within which every process knows of a changed key. */
  readonly kept: number
  close(): Promise<void>
}

export interface VaultOptions {
  readonly keyring: {
    /** As hudun_keyring. */
    readonly config: ClientConfig
    /** Makes the keyring's tables ready; tried until it succeeds. */
    readonly prepare: () => Promise<void>
  }
  readonly setting: RootSetting
  readonly schedule: Schedule
  /** The tenant whose keys belong to the installation itself. */
  readonly ownTenant: string
  /** Whether the data knows a company: its keys must then be in the keyring. */
  readonly hasCompanies: () => Promise<boolean>
  readonly clock: Clock
  readonly onSeal: (state: SealState) => void
  /** Milliseconds an unwrapped key is kept; a test may wait less. */
  readonly kept?: number
}

export function openVault(options: VaultOptions): Vault {
  const { setting, schedule, clock, kept = keptMilliseconds } = options
  const store = new KeyringStore(options.keyring.config)
  const { provider, desk } = provideRoot(setting)
  const seal: Seal = new Seal({
    store,
    provider,
    prepare: options.keyring.prepare,
    prove: (root) => prove(store, root, options),
    onChange(state) {
      if (state.sealed) {
        keyring.forget()
        if (state.reason === "by_hand") desk?.forget()
      }
      options.onSeal(state)
    },
  })
  const keyring = new Keyring({ store, root: seal, clock, kept })
  const close = async () => {
    await seal.stop()
    await keyring.close()
  }
  return { seal, keyring, desk, rotation: new Rotation(keyring), schedule, kept, close }
}

/** An empty keyring under data that has companies is somebody else's: a new key there would hide that theirs are gone. */
async function prove(store: KeyringStore, root: Root, options: VaultOptions): Promise<void> {
  const { ownTenant, clock, hasCompanies } = options
  if (await store.hasKeks()) return proveRoot(store, root, ownTenant)
  if (await hasCompanies()) throw new RootUnavailable("keyring_empty")
  const open = Object.assign(root, { assertOpen: () => undefined })
  await new Keyring({ store, root: open, clock }).ensureTenant(ownTenant, "A1")
}
