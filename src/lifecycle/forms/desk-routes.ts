/** Forms at the desk, sheets of paper, codes at the counter, over HTTP. Clauses 2.3, 2.5, 2.8. */

import { Refusal } from "../../base/refusal.ts"
import type { Post } from "../../duty/people/post.ts"
import type { House } from "../../house.ts"
import { type Actor, act } from "../../ledger/spine.ts"
import type { Http } from "../../platform/http.ts"
import { random } from "../../platform/random.ts"
import { findTextsInForce } from "../consent/record-consent.ts"
import { type ChannelCode, pass } from "./channel.ts"
import { asked, readRegister } from "./channel-gate.ts"
import * as contract from "./contract.ts"
import { takeDeskForm } from "./desk-form.ts"
import { type Form, formOf, within } from "./form.ts"
import { codeOf } from "./phone-form.ts"
import { findCommunity, listLinks, listSheets, stopLinks, writeLink, writeSheets } from "./sheet-sql.ts"
import { formViewOf, sheetNumber } from "./views.ts"

const taking: readonly Post[] = ["clerk", "supervisor", "manager"]
const printing: readonly Post[] = ["clerk", "supervisor", "manager"]
const watchingSheets: readonly Post[] = ["clerk", "supervisor", "manager", "privacy_officer", "archivist"]
const watchingLinks: readonly Post[] = ["clerk", "supervisor", "manager", "privacy_officer"]
const hanging: readonly Post[] = ["supervisor", "manager", "privacy_officer"]

export function deskRoutes(http: Http, house: House): void {
  const { door } = house

  http.on(contract.listForms, async ({ params, query, request }) => {
    const actor = await door.actor(request, params.communityId, watchingLinks)
    const forms = await liveForms(house, actor, query.channel)
    const texts = await findTextsInForce(asked(house, actor), actor.communityId)
    return { forms: forms.map((form) => formViewOf(house.regime(), form, texts)) }
  })

  http.on(contract.takeForm, async ({ params, body, request }) => {
    const actor = await door.actor(request, params.communityId, taking)
    return { outcome: await takeDeskForm(house, actor, body) }
  })
}

/** Those that the channel takes, each with the fields that it lists. None while it is stopped. */
async function liveForms(house: House, actor: Actor, channel: ChannelCode): Promise<Form[]> {
  const found = (await readRegister(house, actor)).find((one) => one.channel === channel)
  if (found === undefined || found.state === "stopped") return []
  return found.purposes.flatMap((purpose) => {
    const form = formOf(house.regime(), purpose)
    return form === undefined ? [] : [within(form, found.fields)]
  })
}

export function sheetRoutes(http: Http, house: House): void {
  const { door, spine } = house

  http.on(contract.listSheets, async ({ params, request }) => {
    const actor = await door.actor(request, params.communityId, watchingSheets)
    const rows = await listSheets(asked(house, actor), actor.communityId)
    return {
      sheets: rows.map((row) => ({
        sheet: Number(row.sheet),
        number: sheetNumber(actor.communityId, Number(row.sheet)),
        purpose: row.purpose,
        regimeVersion: row.regime_version,
        printedBy: row.printed_by,
        at: row.at.toISOString(),
        entered: row.entered,
      })),
    }
  })

  http.on(contract.printSheets, async ({ params, body, request }) => {
    const actor = await door.actor(request, params.communityId, printing)
    const form = await paperForm(house, actor, body.purpose)
    const place = await findCommunity(asked(house, actor), actor.communityId)
    if (place === undefined) throw new Refusal("thing.absent")
    const texts = await findTextsInForce(asked(house, actor), actor.communityId)
    const sheets = { ...body, regimeVersion: form.regimeVersion, by: actor.staffId ?? "" }
    const numbers = await act(spine, actor, async (command) => {
      command.trace({ act: "form.print", clause: "2.8", purpose: body.purpose })
      return writeSheets(command, actor.communityId, sheets)
    })
    return {
      numbers: numbers.map((one) => sheetNumber(actor.communityId, one)),
      form: formViewOf(house.regime(), form, texts),
      company: place.company,
      community: place.community,
    }
  })
}

async function paperForm(house: House, actor: Actor, purpose: string): Promise<Form> {
  const form = formOf(house.regime(), purpose)
  if (form === undefined) throw new Refusal("form.purpose_unknown")
  const channel = pass(await readRegister(house, actor), { channel: "paper", purpose, fields: [] })
  return within(form, channel.fields)
}

export function linkRoutes(http: Http, house: House): void {
  const { door, spine } = house

  http.on(contract.listLinks, async ({ params, request }) => {
    const actor = await door.actor(request, params.communityId, watchingLinks)
    return linksOf(house, actor)
  })

  http.on(contract.makeLink, async ({ params, body, request }) => {
    const actor = await door.actor(request, params.communityId, hanging)
    const { purpose, linkId } = body
    if (formOf(house.regime(), purpose) === undefined) throw new Refusal("form.purpose_unknown")
    pass(await readRegister(house, actor), { channel: "phone", purpose, fields: [] })
    const token = Buffer.from(random(16)).toString("base64url")
    await act(spine, actor, async (command) => {
      await writeLink(command, actor.communityId, { linkId, purpose, token, by: actor.staffId ?? "" })
      command.trace({ act: "form.link", clause: "2.8", purpose })
    })
    return linksOf(house, actor)
  })

  http.on(contract.stopLink, async ({ params, request }) => {
    const actor = await door.actor(request, params.communityId, hanging)
    await act(spine, actor, async (command) => {
      const which = { by: actor.staffId ?? "", linkId: params.linkId }
      const stopped = await stopLinks(command, actor.communityId, which)
      if (stopped === 0) throw new Refusal("thing.absent")
      command.trace({ act: "form.stop_link", clause: "2.8" })
    })
    return linksOf(house, actor)
  })
}

async function linksOf(house: House, actor: Actor) {
  const rows = await listLinks(asked(house, actor), actor.communityId)
  return {
    links: rows.map((row) => ({
      linkId: row.link_id,
      purpose: row.purpose,
      code: codeOf(actor.communityId, row.token),
      madeBy: row.made_by,
      at: row.at.toISOString(),
      stoppedAt: row.stopped_at?.toISOString() ?? null,
    })),
  }
}
