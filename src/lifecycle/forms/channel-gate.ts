/** The gate before every collection: the channel as it stands in the register now. Clause 2.8. */

import type { House } from "../../house.ts"
import type { Actor } from "../../ledger/spine.ts"
import { type Channel, type Passage, pass, registerOf } from "./channel.ts"
import { type Asked, readChannels } from "./channel-sql.ts"

/** Holds no value of anybody: read under row security, without a trace. */
export function asked({ spine }: House, { context }: Pick<Actor, "context">): Asked {
  return { query: (text, values = []) => spine.database.read(context, text, values) }
}

export async function readRegister(house: House, actor: Actor): Promise<Channel[]> {
  return registerOf(house.regime(), await readChannels(asked(house, actor), actor.communityId))
}

/** @throws Refusal `channel.stopped`, `channel.purpose_not_listed`, `channel.field_not_listed` */
export async function passChannel(house: House, actor: Actor, passage: Passage): Promise<Channel> {
  return pass(await readRegister(house, actor), passage)
}
