/** The channels through which anything is collected: what each may take, for what, and who answers for it. Clause 2.8. */

import { Refusal } from "../../base/refusal.ts"
import { isFieldCode } from "../catalogue/field.ts"
import { mayCollect } from "../catalogue/regime.ts"
import type { Regime } from "../catalogue/regime-shape.ts"

export const channelCodes = [
  "desk",
  "paper",
  "phone",
  "import",
  "app",
  "call_centre",
  "gate",
  "parking",
  "pms",
] as const
export type ChannelCode = (typeof channelCodes)[number]

export interface Channel {
  readonly channel: ChannelCode
  /** 0: as the product comes, nobody has changed it. */
  readonly version: number
  readonly state: "in_use" | "stopped"
  readonly purposes: readonly string[]
  readonly fields: readonly string[]
  /** Staff id. */
  readonly responsible: string | null
}

/** Part of the product itself, so in use until somebody says otherwise; the rest waits to be registered. */
const ownChannels: readonly ChannelCode[] = ["desk", "paper", "phone", "import"]

/** The whole register: what the community wrote down, and how the product comes for the rest. */
export function registerOf(regime: Regime, written: readonly Channel[]): Channel[] {
  return channelCodes.map(
    (channel) => written.find((one) => one.channel === channel) ?? asItComes(regime, channel),
  )
}

function asItComes(regime: Regime, channel: ChannelCode): Channel {
  const isOwn = ownChannels.includes(channel)
  const purposes = isOwn ? purposesOf(regime, channel) : []
  return {
    channel,
    version: 0,
    state: isOwn ? "in_use" : "stopped",
    purposes,
    fields: fieldsFor(regime, purposes),
    responsible: null,
  }
}

/** A roster is taken in for moving in. */
function purposesOf(regime: Regime, channel: ChannelCode): string[] {
  return channel === "import" ? ["move_in"] : regime.purposes.map(({ code }) => code)
}

/** Every field that one of the purposes may take. */
export function fieldsFor(regime: Regime, purposes: readonly string[]): string[] {
  const chosen = regime.purposes.filter(({ code }) => purposes.includes(code))
  return regime.fields
    .map(({ code }) => code)
    .filter((field) => isFieldCode(field) && chosen.some(({ code }) => mayCollect(regime, code, field)))
}

/** What goes through a channel. */
export interface Passage {
  readonly channel: ChannelCode
  readonly purpose: string
  readonly fields: readonly string[]
}

/**
 * Fails closed: a channel that is stopped, or that was never registered, lets nothing through.
 * @throws Refusal `channel.stopped`, `channel.purpose_not_listed`, `channel.field_not_listed`
 */
export function pass(register: readonly Channel[], { channel, purpose, fields }: Passage): Channel {
  const found = register.find((one) => one.channel === channel)
  if (found === undefined || found.state === "stopped") throw new Refusal("channel.stopped", { channel })
  if (!found.purposes.includes(purpose)) throw new Refusal("channel.purpose_not_listed", { channel, purpose })
  const foreign = fields.find((field) => !found.fields.includes(field))
  if (foreign !== undefined) throw new Refusal("channel.field_not_listed", { channel, field: foreign })
  return found
}

/**
 * A channel lists only what its purposes may take.
 * @throws Refusal `channel.field_forbidden`, `channel.purpose_unknown`
 */
export function refuseBeyondMatrix(
  regime: Regime,
  { purposes, fields }: Pick<Channel, "purposes" | "fields">,
): void {
  const unknown = purposes.find((purpose) => !regime.purposes.some(({ code }) => code === purpose))
  if (unknown !== undefined) throw new Refusal("channel.purpose_unknown")
  const allowed = fieldsFor(regime, purposes)
  const beyond = fields.find((field) => !allowed.includes(field))
  if (beyond !== undefined)
    throw new Refusal("channel.field_forbidden", { field: isFieldCode(beyond) ? beyond : "?" })
}
