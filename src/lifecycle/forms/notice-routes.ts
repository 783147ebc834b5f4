/** The public notice, without signing in, and whom it names. PIPL 17. Clauses 2.1, 2.8. */

import { Refusal } from "../../base/refusal.ts"
import type { Post } from "../../duty/people/post.ts"
import type { House } from "../../house.ts"
import { act } from "../../ledger/spine.ts"
import type { Http } from "../../platform/http.ts"
import { registerOf } from "./channel.ts"
import { readChannels } from "./channel-sql.ts"
import { noticeOf } from "./notice.ts"
import * as contract from "./notice-contract.ts"
import { inForceSince, readContact, writeContact } from "./notice-sql.ts"
import { findCommunity } from "./sheet-sql.ts"

const informing: readonly Post[] = ["privacy_officer"]

export function noticeRoutes(http: Http, house: House): void {
  const { door, spine } = house

  http.on(contract.readNotice, async ({ params }) => readView(house, params.communityId))

  http.on(contract.setContact, async ({ params, body, request }) => {
    const actor = await door.actor(request, params.communityId, informing)
    await act(spine, actor, async (command) => {
      await writeContact(command, actor.communityId, { ...body, by: actor.staffId ?? "" })
      command.trace({ act: "notice.contact", clause: "2.1" })
    })
    return readView(house, actor.communityId)
  })
}

/** Reads rules and the register, under a context that reaches nothing else. */
async function readView(house: House, communityId: string) {
  const context = { communities: communityId, buildings: "", classes: "", posts: "", actor: "" }
  const reader = {
    query: <Row extends object>(text: string, values: readonly unknown[] = []) =>
      house.spine.database.read<Row>(context, text, values),
  }
  const place = await findCommunity(reader, communityId)
  if (place === undefined) throw new Refusal("thing.absent")
  const regime = house.regime()
  const register = registerOf(regime, await readChannels(reader, communityId))
  const { version, collected, shared } = noticeOf(regime, register)
  return {
    company: place.company,
    community: place.community,
    communityId,
    version,
    since: await inForceSince(reader, version),
    contact: (await readContact(reader, communityId)) ?? null,
    collected: collected.map((one) => ({
      ...one,
      channels: [...one.channels],
      fields: [...one.fields],
    })),
    shared: shared.map((one) => ({ ...one, fields: [...one.fields] })),
  }
}
