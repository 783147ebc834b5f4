/**
 * Opening a record under the key of its place or, while records move to another suite, under one before it. Which of them
 * it was sealed under decides nothing: both are bound to the same place and version. Clause 3.9.
 */

import type { SealingKey } from "./envelope.ts"
import { everyKey, replaceKeys } from "./former-key-sql.ts"
import { sealing } from "./kek-ring.ts"
import { dataKeyVersion, dataPlace, drawNonce, type Keyring } from "./keyring.ts"
import type { KeyName, WrappedKey } from "./keyring-sql.ts"
import { newKey } from "./new-key.ts"
import { type Facts, openRecord, type Place } from "./record.ts"
import { suiteOf, Unopenable } from "./suite.ts"
import { unwrapKey, wrapKey } from "./wrap.ts"

/** The facts, or undefined when there is no key: never made, or destroyed. Throws {@link Unopenable}. */
export async function openFacts(
  keyring: Keyring,
  place: Place,
  sealed: Uint8Array,
): Promise<Facts | undefined> {
  const name = nameOf(place)
  const key = await keyring.dataKey(name)
  if (key === undefined) return undefined
  try {
    return openRecord(key, place, sealed)
  } catch (error) {
    if (!(error instanceof Unopenable)) throw error
    return openUnderAny(keyring, place, sealed)
  }
}

/** A key that this process still keeps may have a successor, and a record may not have been sealed anew yet. */
async function openUnderAny(keyring: Keyring, place: Place, sealed: Uint8Array): Promise<Facts> {
  for (const wrapped of await everyKey(keyring.store.pool, nameOf(place))) {
    const key = await unwrapped(keyring, wrapped).catch(ignoreUnopenable)
    const facts = key === undefined ? undefined : openedBy(key, place, sealed)
    if (facts !== undefined) return facts
  }
  throw new Unopenable()
}

/** Undefined when it does not open under this very key. */
export function openedBy(key: SealingKey, place: Place, sealed: Uint8Array): Facts | undefined {
  try {
    return openRecord(key, place, sealed)
  } catch (error) {
    return ignoreUnopenable(error)
  }
}

/** Gives the names keys of the tenant's newest suite where theirs is another; the keys before stay as former ones. */
export async function renewKeys(
  keyring: Keyring,
  tenantId: string,
  names: readonly KeyName[],
): Promise<void> {
  const kek = await keyring.keks.newest(tenantId)
  const made = names.map((name): WrappedKey => {
    const key = newKey(suiteOf(kek.suite).keyBytes)
    const wrapped = wrapKey(sealing(kek), { place: dataPlace(name), key }, drawNonce)
    return { ...name, suite: kek.suite, kekEpoch: kek.epoch, wrapped }
  })
  await replaceKeys(keyring.store.pool, made)
}

async function unwrapped(keyring: Keyring, wrapped: WrappedKey): Promise<SealingKey> {
  const kek = await keyring.keks.of(wrapped.tenantId, wrapped.kekEpoch)
  const suite = suiteOf(wrapped.suite)
  const what = { place: dataPlace(wrapped), bytes: suite.keyBytes }
  return { suite, version: dataKeyVersion, key: unwrapKey(sealing(kek), what, wrapped.wrapped) }
}

function nameOf({ tenant, community, subject, name }: Place): KeyName {
  return { tenantId: tenant, communityId: community, subjectId: subject, class: name }
}

function ignoreUnopenable(error: unknown): undefined {
  if (!(error instanceof Unopenable)) throw error
  return undefined
}
