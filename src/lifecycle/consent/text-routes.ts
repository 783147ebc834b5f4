/** Consent texts, changed by the privacy officer within minutes. Clause 2.6. */

import type { z } from "zod"
import { Refusal } from "../../base/refusal.ts"
import type { House } from "../../house.ts"
import { act } from "../../ledger/spine.ts"
import { sqlState } from "../../platform/database.ts"
import type { Http } from "../../platform/http.ts"
import { fieldOf, isFieldCode } from "../catalogue/field.ts"
import { mayCollect } from "../catalogue/regime.ts"
import type { Regime } from "../catalogue/regime-shape.ts"
import { isWider } from "./consent.ts"
import { hashOfText, type Language, renderText, type TextsByLanguage } from "./consent-text.ts"
import * as contract from "./contract.ts"
import {
  type Asked,
  countNarrower,
  countStates,
  readTextHistory,
  readTextsInForce,
  type TextRow,
  writeText,
} from "./sql.ts"
import { textView } from "./views.ts"

const readers = ["clerk", "supervisor", "manager", "privacy_officer", "auditor"] as const
const officer = ["privacy_officer"] as const
const counters = ["supervisor", "manager", "privacy_officer", "auditor"] as const

const uniqueViolation = "23505"

export function consentTextRoutes(http: Http, house: House): void {
  const { spine, door } = house

  http.on(contract.listConsentTexts, async ({ params: { communityId }, request }) => {
    const actor = await door.actor(request, communityId, readers)
    const rows = await readTextHistory(readerOf(house, actor.context), communityId)
    return { texts: rows.map(textView) }
  })

  http.on(contract.countConsents, async ({ params: { communityId }, request }) => {
    const actor = await door.actor(request, communityId, counters)
    const rows = await countStates(readerOf(house, actor.context), communityId)
    const byFeature = Map.groupBy(rows, (row) => row.feature)
    const counts = [...byFeature].map(([feature, states]) => ({
      feature,
      states: Object.fromEntries(states.map(({ state, count }) => [state, count])),
    }))
    return { counts }
  })

  http.on(contract.previewConsentText, async ({ params: { communityId }, body, request }) => {
    const actor = await door.actor(request, communityId, officer)
    refuseForeign(house.regime(), body)
    const reader = readerOf(house, actor.context)
    const [current] = await readTextsInForce(reader, communityId, body.feature)
    const { words, hashes } = rendered(body)
    return {
      rendered: { "zh-CN": words["zh-CN"].rendered, en: words.en.rendered },
      hashes,
      widens: current !== undefined && isWider(body, current),
      toAskAgain: await countNarrower(reader, communityId, body),
    }
  })

  http.on(contract.writeConsentText, async ({ params: { communityId }, body, request }) => {
    const actor = await door.actor(request, communityId, officer)
    refuseForeign(house.regime(), body)
    const { after, feature, purpose, fields } = body
    const writing = act(spine, actor, async (command) => {
      const [current] = await readTextsInForce(command, communityId, feature)
      const version = current?.version ?? 0
      if (version !== after) throw new Refusal("consent.text_changed", { version })
      const by = { written_by: actor.staffId ?? "", at: new Date(command.now).toISOString() }
      await writeText(command, communityId, { ...rowOf(body), version: after + 1, ...by })
      command.trace({ act: "consent.write_text", clause: "2.6", purpose, fields })
      const [written] = await readTextsInForce(command, communityId, feature)
      if (written === undefined) throw new Error("a text that was written is not there")
      const toAskAgain = await countNarrower(command, communityId, body)
      return { text: textView(written), toAskAgain }
    })
    return writing.catch((error: unknown) => {
      if (sqlState(error) === uniqueViolation) throw new Refusal("consent.text_changed")
      throw error
    })
  })
}

interface Drafted {
  readonly purpose: string
  readonly fields: readonly string[]
  readonly words: TextsByLanguage
  readonly validDays: number | null
}

/** A text asks for nothing that the matrix forbids its purpose. Clause 2.3. */
function refuseForeign(regime: Regime, { purpose, fields }: Drafted): void {
  const foreign = fields.find((field) => !isFieldCode(field) || !mayCollect(regime, purpose, field))
  if (foreign !== undefined) throw new Refusal("consent.scope_forbidden", { field: fieldOf(foreign).code })
}

type Body = z.output<NonNullable<typeof contract.writeConsentText.body>>

function rowOf(body: Body): Omit<TextRow, "version" | "written_by" | "since"> {
  const { feature, purpose, fields, coolDownDays, validDays } = body
  return {
    feature,
    purpose,
    fields,
    cool_down_days: coolDownDays,
    valid_days: validDays,
    ...rendered(body),
  }
}

function rendered({ words, fields, validDays }: Drafted) {
  const labels = fields.map((field) => fieldOf(field).label)
  const of = (language: Language) => {
    const { name, text, use, without } = words[language]
    return {
      name,
      text,
      use,
      without,
      rendered: renderText({ ...words[language], validDays }, labels, language),
    }
  }
  const both = { "zh-CN": of("zh-CN"), en: of("en") }
  const hashes = { "zh-CN": hashOfText(both["zh-CN"].rendered), en: hashOfText(both.en.rendered) }
  return { words: both, hashes }
}

/** Texts and counts name nobody: read without a trace, under row security like everything. */
function readerOf({ spine }: House, context: Parameters<House["spine"]["database"]["read"]>[0]): Asked {
  return { query: (text, values = []) => spine.database.read(context, text, values) }
}
