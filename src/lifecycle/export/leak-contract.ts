/** What crosses the wire about decoy households and the tracing of leaks. Clauses 4.7, 8.4. */

import { z } from "zod"
import { endpoint } from "../../base/endpoint.ts"
import { numberId, uuid } from "../../base/id.ts"
import { instant } from "../../base/instant.ts"
import { post } from "../../duty/people/contract.ts"

const inCommunity = z.object({ communityId: numberId })

export const listDecoys = endpoint({
  method: "GET",
  path: "/api/communities/:communityId/decoys",
  clause: "4.7",
  summary: "Households that do not exist, with numbers that the company owns.",
  params: inCommunity,
  reply: z.object({
    decoys: z.array(
      z.object({
        decoyId: uuid,
        home: z.string(),
        name: z.string(),
        phone: z.string(),
        at: instant,
        retiredAt: instant.nullable(),
      }),
    ),
  }),
})

export const addDecoy = endpoint({
  method: "POST",
  path: "/api/communities/:communityId/decoys",
  clause: "4.7",
  summary: "Adds a decoy. Neither its home nor its number may be anybody's here.",
  params: inCommunity,
  body: z.strictObject({
    decoyId: uuid,
    home: z.string().trim().min(3).max(40),
    name: z.string().trim().min(2).max(20),
    phone: z.string().trim().min(11).max(20),
  }),
  reply: z.object({ done: z.literal(true) }),
})

export const retireDecoy = endpoint({
  method: "POST",
  path: "/api/communities/:communityId/decoys/:decoyId/retire",
  clause: "4.7",
  summary: "No new copy holds it; copies that did are still known by it.",
  params: z.object({ communityId: numberId, decoyId: uuid }),
  body: z.object({}),
  reply: z.object({ done: z.literal(true) }),
})

const traced = z.object({
  /** Rows of the sample, and persons of it that are registered here. */
  rows: z.number().int(),
  persons: z.number().int(),
  /** Copies it was held against. */
  held: z.number().int(),
  /** The copy, when the evidence leaves no doubt. */
  named: uuid.nullable(),
  copies: z.array(
    z.object({
      copyId: uuid,
      applicationId: uuid,
      number: z.string(),
      recipient: z.object({ staffId: uuid, name: z.string(), post }),
      at: instant,
      takenAt: instant.nullable(),
      strength: z.number(),
      rows: z.number().int(),
      rowsKnown: z.number().int(),
      decoysSeen: z.number().int(),
      decoysForeign: z.number().int(),
      spellings: z.object({ cells: z.number().int(), matching: z.number().int() }),
      order: z.object({ pairs: z.number().int(), agreeing: z.number().int() }),
    }),
  ),
  accounts: z.array(
    z.object({
      staffId: uuid,
      name: z.string(),
      seen: z.number().int(),
      seenInAll: z.number().int(),
      strength: z.number(),
    }),
  ),
})

export type TracedLeak = z.infer<typeof traced>

export const traceLeakText = endpoint({
  method: "POST",
  path: "/api/communities/:communityId/leaks/text",
  clause: "8.4",
  summary: "From pasted rows to the likely copies and accounts, with the evidence. The sample is not kept.",
  params: inCommunity,
  body: z.strictObject({ text: z.string().min(1).max(400_000) }),
  reply: traced,
})

/** Multipart upload with one part `file`. */
export const traceLeakFile = endpoint({
  method: "POST",
  path: "/api/communities/:communityId/leaks/file",
  clause: "8.4",
  summary: "The same from a workbook (.xlsx, .xls, .csv).",
  params: inCommunity,
  reply: traced,
})
