/**
 * A marker names the mirror. An empty mount point or bucket has none, so a disk that was pulled is noticed and not silently
 * begun anew: `known` is the name that this server has used so far. Clause 3.11.
 */

import { randomBytes } from "node:crypto"
import { MirrorUnusable } from "./mirror-store.ts"

export interface KnownMirror {
  /** The mirror's name, once there is one. */
  read(): Promise<string | undefined>
  /** Durable when it resolves. */
  write(name: string): Promise<void>
}

/** The name of the file or object. */
export const marker = "hudun-mirror"

export interface MarkedPlace {
  /** What the marker says. */
  read(): Promise<string | undefined>
  /** Writes the marker durably where there is none. */
  begin(name: string): Promise<void>
}

/** Throws {@link MirrorUnusable} when the place is not there, or not the one that was used before. */
export async function requireSamePlace(known: KnownMirror, place: MarkedPlace): Promise<void> {
  const name = await known.read()
  const found = await place.read()
  if (name === undefined && found !== undefined) return known.write(found)
  if (name !== undefined && found === undefined) throw new MirrorUnusable("absent")
  if (found !== name) throw new MirrorUnusable("other")
  if (name !== undefined) return
  const fresh = randomBytes(8).toString("hex")
  await place.begin(fresh)
  await known.write(fresh)
}
