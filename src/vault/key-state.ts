/** What is told of a key: its name, ages and uses. Nothing of the key, wrapped or not. */

import type { SuiteCode } from "./suite.ts"

export interface KekState {
  readonly epoch: number
  readonly suite: SuiteCode
  readonly createdAt: Date
  readonly retiredAt: Date | null
  readonly destroyedAt: Date | null
  /** Keys that lie wrapped under it now. */
  readonly wraps: number
  /** Records whose keys in use are among them. */
  readonly records: number
}

export interface IndexKeyState {
  readonly tenantId: string
  readonly communityId: string
  readonly epoch: number
  readonly suite: SuiteCode
  readonly state: "filling" | "active" | "retired"
  readonly kekEpoch: number
  readonly createdAt: Date
  readonly changedAt: Date
}

/** A data key that has a successor. */
export interface FormerKey {
  readonly tenantId: string
  readonly communityId: string
  readonly subjectId: string
  readonly class: string
  readonly replacedAt: Date
}
