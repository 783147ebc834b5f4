/** Masked list, search and person page. Clauses 3.8, 3.10. */

import { Refusal } from "../../base/refusal.ts"
import type { Post } from "../../duty/people/post.ts"
import type { House } from "../../house.ts"
import { type Actor, type LookReader, look } from "../../ledger/spine.ts"
import { type Http, Rendered } from "../../platform/http.ts"
import { tag } from "../../vault/blind-index.ts"
import { mask } from "../catalogue/mask.ts"
import * as contract from "./contract.ts"
import { decodeCursor, encodeCursor } from "./cursor.ts"
import { type FindAsk, foundTogether, type PlacedCard } from "./found-together.ts"
import { recognise, type Search } from "./search.ts"
import {
  type CardRow,
  findByHome,
  listBuildings,
  listCards,
  listHomes,
  type PersonPageRow,
  readPerson,
} from "./sql.ts"

/** Posts whose level opens owners' masks. Clause 3.8. */
const desk: readonly Post[] = ["clerk", "supervisor", "manager"]

const foundAtMost = 50
const ownersBegin = Buffer.from('{"owners":[')

export function storeRoutes(http: Http, house: House): void {
  listRoutes(http, house)
  personRoutes(http, house)
  placeRoutes(http, house)
}

function listRoutes(http: Http, house: House): void {
  const { spine, door } = house
  const byTag = spine.database.gathering<FindAsk, PlacedCard>(foundTogether)

  http.on(contract.listOwners, async ({ params, query, request }) => {
    const actor = await door.actor(request, params.communityId, desk)
    return look(spine, actor, async (reader) => {
      const after = decodeCursor(query.after)
      const { cards, refs, end } = await listCards(reader, {
        ...params,
        building: query.building,
        after,
        limit: query.limit,
      })
      const next = end === undefined ? "null" : `"${encodeCursor(end)}"`
      return {
        trace: {
          act: "roster.list",
          clause: "3.10",
          subjects: [...new Set(refs)],
          fields: ["name", "phone", "home"],
        },
        answer: new Rendered(Buffer.concat([ownersBegin, cards, Buffer.from(`],"next":${next}}`)])),
      }
    })
  })

  http.on(contract.searchOwners, async ({ params, body, request }) => {
    const actor = await door.actor(request, params.communityId, desk)
    const search = recognise(body.text, body.kind)
    return look(spine, actor, async (reader) => {
      const rows = await find(house, actor, { reader, byTag, search, building: body.building })
      const shown = rows.slice(0, foundAtMost)
      const cards = shown.map((row) => row.card).join(",")
      return {
        trace: {
          act: `roster.find_${search.kind}`,
          clause: "3.10",
          subjects: refsOf(shown),
          fields: ["name", "phone", "home"],
        },
        answer: new Rendered(
          `{"kind":"${search.kind}","owners":[${cards}],"more":${rows.length > foundAtMost}}`,
        ),
      }
    })
  })
}

function personRoutes(http: Http, { spine, door }: House): void {
  http.on(contract.readPerson, async ({ params, request }) => {
    const actor = await door.actor(request, params.communityId, desk)
    return look(spine, actor, async (reader) => {
      const row = await readPerson(reader, params.communityId, params.personId)
      // Somebody who tries one door after the other leaves traces too, of nobody.
      if (row === undefined || row.residences.length === 0)
        return { trace: { act: "roster.person", clause: "3.10" }, refusal: new Refusal("thing.absent") }
      const fields = row.records.flatMap((record) => Object.keys(record.masks))
      return {
        trace: { act: "roster.person", clause: "3.10", subjects: [row.subject_ref], fields },
        answer: personView(params.personId, row),
      }
    })
  })
}

function placeRoutes(http: Http, house: House): void {
  const { door } = house

  http.on(contract.listBuildings, async ({ params, request }) => {
    const actor = await door.actor(request, params.communityId, [...desk, "privacy_officer", "system_admin"])
    const rows = await listBuildings(readerOf(house, actor), params.communityId)
    return {
      buildings: rows.map((row) => ({ buildingId: row.building_id, name: row.name, homes: row.homes })),
    }
  })

  http.on(contract.listHomes, async ({ params, request }) => {
    const actor = await door.actor(request, params.communityId, desk)
    const rows = await listHomes(readerOf(house, actor), params.communityId, params.buildingId)
    return {
      homes: rows.map((row) => ({ homeId: row.home_id, unit: row.unit, room: row.room, label: row.label })),
    }
  })
}

/** Places name nobody: read without a trace, but under row security like everything. */
function readerOf({ spine }: House, actor: Actor) {
  return {
    query: <Row extends object>(text: string, values: readonly unknown[]) =>
      spine.database.read<Row>(actor.context, text, values),
  }
}

interface Finding {
  readonly reader: LookReader
  readonly byTag: (ask: FindAsk) => Promise<CardRow[]>
  readonly search: Search
  readonly building: string | undefined
}

async function find(
  house: House,
  actor: Actor,
  { reader, byTag, search, building }: Finding,
): Promise<CardRow[]> {
  const { communityId } = actor
  if (search.kind === "home")
    return findByHome(reader, { communityId, label: search.value, limit: foundAtMost })
  const index = await house.keyring.indexKey(actor.tenantId, communityId)
  const sought = tag(index, { community: communityId, kind: search.kind, value: search.value })
  const ask = { communityId, kind: search.kind, tag: sought, building, limit: foundAtMost }
  const rows = await byTag({ ...ask, context: actor.context })
  return rows.filter((row) => couldBe(row, search))
}

/**
 * Tags are cut to 32 bits, so a stranger may share one. Where the card shows a mask of the sought value the two must agree;
 * a person with several phones shows only the first, so only single phones can be told apart here.
 */
function couldBe({ card }: CardRow, { kind, value }: Search): boolean {
  if (kind === "name")
    return card.includes(`"name":${JSON.stringify(mask("name", value))}`) || card.includes('"company":true')
  if (kind === "phone" && card.includes('"phones":1,'))
    return card.includes(JSON.stringify(mask("phone", value)))
  return true
}

function refsOf(rows: readonly CardRow[]): string[] {
  return [...new Set(rows.map((row) => row.subject_ref))]
}

function personView(personId: string, row: PersonPageRow) {
  return {
    personId,
    company: row.is_company,
    residences: row.residences,
    classes: row.records.map(({ class: code, masks, origin }) => ({
      class: code,
      facts: Object.entries(masks).map(([field, shown]) => ({
        field,
        masks: shown,
        purpose: origin[field]?.purpose ?? "move_in",
        channel: origin[field]?.channel ?? "import",
        collectedAt: origin[field]?.at ?? new Date(0).toISOString(),
      })),
    })),
    toVerify: row.to_verify,
  }
}
