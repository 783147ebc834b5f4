/** What crosses the wire about buildings, owners and persons: masks only. Clauses 3.8, 3.10. */

import { z } from "zod"
import { endpoint } from "../../base/endpoint.ts"
import { cursor, numberId, uuid } from "../../base/id.ts"
import { instant } from "../../base/instant.ts"

const inCommunity = z.object({ communityId: numberId })

export const residenceRole = z.enum(["owner", "co_owner", "tenant", "family", "staff", "other"])
export type ResidenceRole = z.infer<typeof residenceRole>

/** One line of the masked list: one person in one home. Rendered once, when the facts are sealed. */
export const card = z.object({
  residenceId: uuid,
  personId: uuid,
  homeId: uuid,
  buildingId: numberId,
  home: z.string(),
  name: z.string(),
  phone: z.string().nullable(),
  /** How many phones the person has. */
  phones: z.number().int(),
  role: residenceRole,
  company: z.boolean(),
})
export type Card = z.infer<typeof card>

export const building = z.object({
  buildingId: numberId,
  name: z.string(),
  homes: z.number().int(),
})

export const listBuildings = endpoint({
  method: "GET",
  path: "/api/communities/:communityId/buildings",
  clause: "3.8",
  summary: "The buildings within one's reach.",
  params: inCommunity,
  reply: z.object({ buildings: z.array(building) }),
})

export const listOwners = endpoint({
  method: "GET",
  path: "/api/communities/:communityId/owners",
  clause: "3.10",
  summary: "The masked list within one's reach, in the order of homes, by cursor.",
  params: inCommunity,
  query: z.object({
    building: numberId.optional(),
    after: cursor.optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  reply: z.object({ owners: z.array(card), next: cursor.nullable() }),
})

export const searchKind = z.enum(["phone", "phone_last4", "name", "plate", "home"])
export type SearchKind = z.infer<typeof searchKind>

export const searchOwners = endpoint({
  method: "POST",
  path: "/api/communities/:communityId/owners/search",
  clause: "3.10",
  summary:
    "Finds by full phone, its last four digits, exact name, plate or home. A POST, so that no value lands in a URL.",
  params: inCommunity,
  body: z.object({
    text: z.string().trim().min(1).max(80),
    /** Omitted: the server recognises the kind from the text. */
    kind: searchKind.optional(),
    building: numberId.optional(),
  }),
  reply: z.object({ kind: searchKind, owners: z.array(card), more: z.boolean() }),
})

const maskedFact = z.object({
  field: z.string(),
  /** One mask a value: a person may have several phones. */
  masks: z.array(z.string()),
  purpose: z.string(),
  channel: z.string(),
  collectedAt: instant,
})

export const person = z.object({
  personId: uuid,
  company: z.boolean(),
  residences: z.array(
    z.object({
      residenceId: uuid,
      homeId: uuid,
      buildingId: numberId,
      home: z.string(),
      role: residenceRole,
      from: z.string().nullable(),
    }),
  ),
  /** Only classes within one's level; a class that is not listed does not exist for this viewer. */
  classes: z.array(z.object({ class: z.string(), facts: z.array(maskedFact) })),
  toVerify: z.array(z.object({ field: z.string(), reason: z.string() })),
})
export type Person = z.infer<typeof person>

export const readPerson = endpoint({
  method: "GET",
  path: "/api/communities/:communityId/persons/:personId",
  clause: "3.10",
  summary: "One person by class, all masked.",
  params: z.object({ communityId: numberId, personId: uuid }),
  reply: person,
})

export const listHomes = endpoint({
  method: "GET",
  path: "/api/communities/:communityId/buildings/:buildingId/homes",
  clause: "3.8",
  summary: "The homes of one building, for choosing a place.",
  params: z.object({ communityId: numberId, buildingId: numberId }),
  reply: z.object({
    homes: z.array(z.object({ homeId: uuid, unit: z.string(), room: z.string(), label: z.string() })),
  }),
})
