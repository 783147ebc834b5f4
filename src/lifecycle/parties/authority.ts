/** What an authority must show before anything is handed out, and where its request stands. Clause 4.11. */

import type { RefusalCode } from "../../base/refusal-codes.ts"
import { documentNumber } from "../apply/document-number.ts"

export const organs = ["police", "procuratorate", "court", "supervision", "other"] as const
export type Organ = (typeof organs)[number]

export const authorityGrounds = [
  "criminal_procedure",
  "public_security",
  "civil_procedure",
  "supervision",
  "other_law",
] as const
export type AuthorityGround = (typeof authorityGrounds)[number]

export interface Officer {
  readonly name: string
  /** Of the warrant or service card. */
  readonly card: string
}

export interface Showing {
  readonly officers: readonly Officer[]
  readonly documentNumber: string
  readonly ground: AuthorityGround | undefined
  readonly hasPaper: boolean
}

const cardNumber = /^[\p{Script=Han}A-Za-z0-9-]{4,20}$/u
const officerName = /^[\p{Script=Han}\p{L}·. ]{2,40}$/u

/** What is missing, to be asked for; undefined: all is there. */
export function missingOf({
  officers,
  documentNumber: number,
  ground,
  hasPaper,
}: Showing): RefusalCode | undefined {
  if (officers.length < 2 || officers.some(({ name }) => !officerName.test(name)))
    return "authority.two_officers"
  if (officers.some(({ card }) => !cardNumber.test(card))) return "authority.cards"
  if (new Set(officers.map(({ card }) => card)).size < officers.length) return "authority.two_officers"
  if (!documentNumber.test(number)) return "authority.document"
  if (ground === undefined) return "authority.ground"
  return hasPaper ? undefined : "authority.paper"
}

/** `张* ●●●●12`: a card number is masked like an identity number. */
export function maskOfficer({ card }: Officer, maskedName: string): string {
  return `${maskedName} ●●●●${card.slice(-2)}`
}

export const requestStates = ["applied", "closed", "approved", "handed", "receipted"] as const
export type RequestState = (typeof requestStates)[number]

export interface RequestFacts {
  readonly application: "pending" | "granted" | "over"
  readonly isHanded: boolean
  readonly isReceipted: boolean
}

/** `closed`: refused, withdrawn, or its time went by, and nothing was handed out. */
export function requestStateOf({ application, isHanded, isReceipted }: RequestFacts): RequestState {
  if (isReceipted) return "receipted"
  if (isHanded) return "handed"
  if (application === "pending") return "applied"
  return application === "granted" ? "approved" : "closed"
}
