/** A third party's contract and what was given under it, at a moment. Clause 4.10. */

import type { RefusalCode } from "../../base/refusal-codes.ts"

/** On our behalf, for its own purposes, or deciding with us: PIPL 21, 23, 20. */
export const partyKinds = ["processor", "recipient", "joint"] as const
export type PartyKind = (typeof partyKinds)[number]

export const partyStates = ["entered", "refused", "coming", "live", "over", "ended"] as const
export type PartyState = (typeof partyStates)[number]

export const partyEndReasons = ["done", "terminated", "breach", "not_needed"] as const

/** Times in milliseconds since the epoch. */
export interface Contract {
  readonly verdict: "signed" | "refused" | null
  readonly validFrom: number
  readonly validUntil: number
  readonly endedAt: number | null
}

export function partyStateOf({ verdict, validFrom, validUntil, endedAt }: Contract, now: number): PartyState {
  if (verdict === "refused") return "refused"
  if (endedAt !== null) return "ended"
  if (now >= validUntil) return "over"
  if (verdict === null) return "entered"
  return now < validFrom ? "coming" : "live"
}

const partyRefusals: Readonly<Record<Exclude<PartyState, "live">, RefusalCode>> = {
  entered: "party.not_signed",
  refused: "party.not_signed",
  coming: "party.not_begun",
  over: "party.over",
  ended: "party.over",
}

export interface Given {
  readonly purpose: string
  readonly fields: readonly string[]
  /** Until when it may be kept. */
  readonly keepUntil: number
}

export interface Registered extends Contract {
  readonly scope: readonly { readonly purpose: string; readonly fields: readonly string[] }[]
}

/** Why it may not be given; undefined: the register has it. */
export function shareRefusal(party: Registered, given: Given, now: number): RefusalCode | undefined {
  const state = partyStateOf(party, now)
  if (state !== "live") return partyRefusals[state]
  const listed = party.scope.find(({ purpose }) => purpose === given.purpose)
  if (listed === undefined) return "party.purpose_not_listed"
  if (!given.fields.every((field) => listed.fields.includes(field))) return "party.field_not_listed"
  if (given.keepUntil <= now || given.keepUntil > party.validUntil) return "party.kept_too_long"
  return undefined
}

export const sharingStates = ["applied", "closed", "approved", "left", "proving", "archived"] as const
export type SharingState = (typeof sharingStates)[number]

export interface SharingFacts {
  /** The application behind it: waits for signatures, granted, or neither. */
  readonly application: "pending" | "granted" | "over"
  readonly leftAt: number | null
  /** A proof that nobody has answered. */
  readonly isProving: boolean
  readonly isArchived: boolean
}

/** `closed`: it was refused, withdrawn, or its time went by, and nothing had left. */
export function sharingStateOf({ application, leftAt, isProving, isArchived }: SharingFacts): SharingState {
  if (isArchived) return "archived"
  if (leftAt !== null) return isProving ? "proving" : "left"
  if (application === "pending") return "applied"
  return application === "granted" ? "approved" : "closed"
}

/** `due`: the day agreed, or the end of the contract where that came first. */
export function isOverdue(state: SharingState, due: number, now: number): boolean {
  return (state === "left" || state === "proving") && now >= due
}
