/**
 * The plain way: the same Fastify, pg and PostgreSQL, values in clear columns with the indexes they need, a pool, named
 * statements, a schema on every route. No sign-in, no reach, no sealing, no trace. Nothing is left out that a competent
 * developer would do for speed: no join on any path, the pool as large as serves this machine best, replies through Fastify's
 * own serialiser. The exchange on the wire is the product's: same verbs, same paths, same JSON.
 */

import fastify from "fastify"
import pg from "pg"
import { z } from "zod"
import { portOf, ready, settingsOf } from "./child.ts"
import { plainDatabase, socketShape } from "./postgres.ts"

const { socket } = settingsOf(z.object({ socket: socketShape }))
const pool = new pg.Pool({ ...socket, user: "postgres", database: plainDatabase, max: 10 })
const app = fastify()

interface OwnerRow {
  residence_id: string
  person_id: string
  home_id: string
  building_id: string
  home: string
  name: string
  phone: string
  phones: number
  role: string
  company: boolean
  sort_key: string
}

const text = { type: "string" } as const
const owner = {
  type: "object",
  properties: {
    residenceId: text,
    personId: text,
    homeId: text,
    buildingId: text,
    home: text,
    name: text,
    phone: text,
    phones: { type: "integer" },
    role: text,
    company: { type: "boolean" },
  },
} as const
const inCommunity = { type: "object", properties: { communityId: { type: "string", pattern: "^\\d+$" } } }
const columns =
  "residence_id, person_id, home_id, building_id, home, name, phone, phones, role, company, sort_key"

function view(row: OwnerRow) {
  return {
    residenceId: row.residence_id,
    personId: row.person_id,
    homeId: row.home_id,
    buildingId: row.building_id,
    home: row.home,
    name: row.name,
    phone: row.phone,
    phones: row.phones,
    role: row.role,
    company: row.company,
  }
}

app.get<{
  Params: { communityId: string }
  Querystring: { after?: string; building?: string; limit: number }
}>(
  "/api/communities/:communityId/owners",
  {
    schema: {
      params: inCommunity,
      querystring: {
        type: "object",
        properties: {
          after: text,
          building: text,
          limit: { type: "integer", minimum: 1, maximum: 200, default: 50 },
        },
      },
      response: {
        200: {
          type: "object",
          properties: { owners: { type: "array", items: owner }, next: { type: ["string", "null"] } },
        },
      },
    },
  },
  async ({ params, query: { after, building, limit } }) => {
    const [sortKey, residenceId] = after === undefined ? firstPage : positionOf(after)
    const values = [params.communityId, sortKey, residenceId, limit + 1]
    const { rows } = await pool.query<OwnerRow>(
      building === undefined
        ? { name: "list", text: listAll, values }
        : { name: "list_building", text: listBuilding, values: [...values, building] },
    )
    const shown = rows.length > limit ? rows.slice(0, limit) : rows
    const last = rows.length > limit ? shown.at(-1) : undefined
    return { owners: shown.map(view), next: last === undefined ? null : cursorOf(last) }
  },
)

const firstPage = ["", "00000000-0000-0000-0000-000000000000"]
const listAll = `select ${columns} from owner where community_id = $1 and (sort_key, residence_id) > ($2, $3)
  order by sort_key, residence_id limit $4`
const listBuilding = `select ${columns} from owner where community_id = $1 and (sort_key, residence_id) > ($2, $3)
  and building_id = $5 order by sort_key, residence_id limit $4`

function positionOf(cursor: string): string[] {
  return z.array(z.string()).parse(JSON.parse(Buffer.from(cursor, "base64url").toString()))
}

function cursorOf(row: OwnerRow): string {
  return Buffer.from(JSON.stringify([row.sort_key, row.residence_id])).toString("base64url")
}

const searches = {
  phone: "phone = $2",
  phone_last4: "right(phone, 4) = $2",
  name: "name = $2",
} as const

app.post<{ Params: { communityId: string }; Body: { text: string } }>(
  "/api/communities/:communityId/owners/search",
  {
    schema: {
      params: inCommunity,
      body: {
        type: "object",
        required: ["text"],
        properties: { text: { type: "string", minLength: 1, maxLength: 80 } },
      },
      response: {
        200: {
          type: "object",
          properties: {
            kind: text,
            owners: { type: "array", items: owner },
            more: { type: "boolean" },
          },
        },
      },
    },
  },
  async ({ params, body }) => {
    const sought = body.text.trim()
    const kind = kindOf(sought)
    const { rows } = await pool.query<OwnerRow>({
      name: `find_${kind}`,
      text: `select ${columns} from owner where community_id = $1 and ${searches[kind]} order by sort_key limit 51`,
      values: [params.communityId, sought],
    })
    return { kind, owners: rows.slice(0, 50).map(view), more: rows.length > 50 }
  },
)

function kindOf(sought: string): keyof typeof searches {
  if (/^\d{11}$/.test(sought)) return "phone"
  return /^\d{4}$/.test(sought) ? "phone_last4" : "name"
}

app.post<{ Params: { communityId: string; personId: string }; Body: { field: string } }>(
  "/api/communities/:communityId/persons/:personId/look",
  {
    schema: {
      params: inCommunity,
      body: {
        type: "object",
        required: ["field"],
        properties: { field: { type: "string", enum: ["phone"] } },
      },
      response: {
        200: {
          type: "object",
          properties: { values: { type: "array", items: text }, seconds: { type: "integer" } },
        },
      },
    },
  },
  async ({ params }) => {
    const { rows } = await pool.query<{ phone: string }>({
      name: "look",
      text: "select phone from owner where community_id = $1 and person_id = $2",
      values: [params.communityId, params.personId],
    })
    return { values: rows.map((row) => row.phone), seconds: 30 }
  },
)

await app.listen({ port: 0, host: "127.0.0.1" })
ready(portOf(app.server.address()), async () => {
  await app.close()
  await pool.end()
})
