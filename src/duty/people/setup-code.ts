/**
 * The one-time set-up code: made at each start while no company exists, printed for whoever started the server, never
 * stored. It carries the ids of what it sets up, so that a repeated request finds its own work. Clause 4.1.
 */

import { createHash, timingSafeEqual } from "node:crypto"
import { uuid7 } from "../../base/id.ts"
import { newReadableCode } from "./first-password.ts"
import { newNumberId } from "./number-id.ts"

/** Four groups: 79 bits. */
const groups = 4

export interface SetupCode {
  /** As printed: `k7mp-x3rt-9hqa-…`. */
  readonly text: string
  readonly tenantId: string
  readonly communityId: string
  readonly officerId: string
}

export function newSetupCode(now: number, random: (bytes: number) => Uint8Array): SetupCode {
  return {
    text: newReadableCode(groups, random),
    tenantId: newNumberId(now, random),
    communityId: newNumberId(now, random),
    officerId: uuid7(now, random(10)),
  }
}

/** In constant time; capitals, hyphens and blanks do not count. */
export function matches(setup: SetupCode | undefined, typed: string): boolean {
  return setup !== undefined && timingSafeEqual(digestOf(setup.text), digestOf(typed))
}

function digestOf(code: string): Buffer {
  return createHash("sha256").update(code.toLowerCase().replaceAll(/[\s-]/g, "")).digest()
}
