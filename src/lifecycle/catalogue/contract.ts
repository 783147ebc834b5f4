/** What crosses the wire about the regime in force: no personal data. Clauses 1.6, 2.3. */

import { z } from "zod"
import { endpoint } from "../../base/endpoint.ts"
import { instant } from "../../base/instant.ts"

const words = z.object({ "zh-CN": z.string(), en: z.string() })

export const regimeView = z.object({
  version: z.number().int(),
  activeSince: instant,
  fields: z.array(
    z.object({
      code: z.string(),
      label: words,
      class: z.string(),
      sensitivity: z.string(),
      maskExample: z.string(),
      retention: z.string(),
      law: z.array(z.string()),
    }),
  ),
  purposes: z.array(
    z.object({
      code: z.string(),
      label: words,
      service: words,
      isShared: z.boolean(),
      isPublished: z.boolean(),
      basis: z.string(),
      cells: z.record(z.string(), z.enum(["required", "optional", "forbidden"])),
    }),
  ),
  posts: z.array(
    z.object({
      code: z.string(),
      level: z.number().int(),
      classes: z.array(z.string()),
      secondFactor: z.boolean(),
    }),
  ),
  retention: z.array(z.object({ code: z.string(), label: words })),
})
export type RegimeView = z.infer<typeof regimeView>

export const readRegime = endpoint({
  method: "GET",
  path: "/api/regime",
  clause: "1.6",
  summary: "The regime in force: fields, purposes, posts, retention.",
  reply: regimeView,
})
