/** The register of channels over HTTP. Clause 2.8. */

import { Refusal } from "../../base/refusal.ts"
import type { Post } from "../../duty/people/post.ts"
import type { House } from "../../house.ts"
import { type Actor, act, type Command } from "../../ledger/spine.ts"
import { sqlState } from "../../platform/database.ts"
import type { Http } from "../../platform/http.ts"
import { refuseBeyondMatrix, registerOf } from "./channel.ts"
import { asked, readRegister } from "./channel-gate.ts"
import { colleagues, lastChanges, readChannels, writeChannel } from "./channel-sql.ts"
import * as contract from "./contract.ts"
import { registerView } from "./views.ts"

const watching: readonly Post[] = ["privacy_officer", "manager", "supervisor", "clerk", "auditor"]
const registering: readonly Post[] = ["privacy_officer"]
const uniqueViolation = "23505"

export function channelRoutes(http: Http, house: House): void {
  const { door, spine } = house

  http.on(contract.listChannels, async ({ params, request }) => {
    const actor = await door.actor(request, params.communityId, watching)
    return readView(house, actor)
  })

  http.on(contract.changeChannel, async ({ params, body, request }) => {
    const actor = await door.actor(request, params.communityId, registering)
    const regime = house.regime()
    const { channel } = params
    refuseBeyondMatrix(regime, body)
    const changing = act(spine, actor, async (command) => {
      const register = registerOf(regime, await readChannels(command, actor.communityId))
      const before = register.find((one) => one.channel === channel)
      if (before?.version !== body.version) throw new Refusal("channel.changed_meanwhile")
      if (body.state === "in_use") await refuseNobody(command, actor, body.responsible)
      const version = body.version + 1
      await writeChannel(command, actor.communityId, { ...body, channel, version, by: actor.staffId ?? "" })
      command.trace({ act: `channel.${body.state}`, clause: "2.8", fields: body.fields })
    })
    await changing.catch((error: unknown) => {
      throw sqlState(error) === uniqueViolation ? new Refusal("channel.changed_meanwhile") : error
    })
    return readView(house, actor)
  })
}

/** A channel that is in use has somebody who answers for it, and who is here. */
async function refuseNobody(command: Command, actor: Actor, responsible: string | null): Promise<void> {
  if (responsible === null) throw new Refusal("channel.nobody")
  const here = await colleagues(command, actor.communityId, command.now)
  if (!here.has(responsible)) throw new Refusal("thing.absent")
}

async function readView(house: House, actor: Actor) {
  const reader = asked(house, actor)
  return registerView(house.regime(), {
    register: await readRegister(house, actor),
    colleagues: await colleagues(reader, actor.communityId, house.spine.clock()),
    changes: await lastChanges(reader, actor.communityId),
  })
}
