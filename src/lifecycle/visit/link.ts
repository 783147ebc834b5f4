/** The repairer's link: what it says, and whether it opens here and now. Clause 4.6. */

import { z } from "zod"
import { numberId, uuid } from "../../base/id.ts"

export interface LinkToken {
  readonly communityId: string
  readonly linkId: string
  readonly secret: string
}

const parts = z.tuple([numberId, uuid, z.string().regex(/^[A-Za-z0-9_-]{32}$/)])

/** The text behind the `#` of the link: browsers send it to no server and write it into no log. */
export function linkText({ communityId, linkId, secret }: LinkToken): string {
  return `${communityId}.${linkId}.${secret}`
}

/** Undefined when it is no such text. */
export function parseLinkText(text: string): LinkToken | undefined {
  const parsed = parts.safeParse(text.split("."))
  if (!parsed.success) return undefined
  const [communityId, linkId, secret] = parsed.data
  return { communityId, linkId, secret }
}

/** A link with what has become of it and of its order. Times in milliseconds since the epoch; hashes in base64. */
export interface LinkState {
  readonly assignee: string
  readonly validUntil: number
  readonly orderAssignee: string | null
  readonly isOrderClosed: boolean
  readonly isEnded: boolean
  /** The device that opened it first. */
  readonly device: string | null
}

export type LinkDecision = "first_opening" | "open" | "other_device" | "dead"

/** The device that opens it first keeps it; a link is dead with its order, its task and its time. */
export function decideLink(
  state: LinkState,
  { device, now }: { device: string | null; now: number },
): LinkDecision {
  const isTaskOver = state.isOrderClosed || state.isEnded || state.orderAssignee !== state.assignee
  if (isTaskOver || now >= state.validUntil) return "dead"
  if (state.device === null) return "first_opening"
  return state.device === device ? "open" : "other_device"
}
