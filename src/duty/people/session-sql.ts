/** One join per session: who it is, what they hold, which communities there are. Runs as hudun_auth. */

import type pg from "pg"
import { z } from "zod"
import { posts } from "./post.ts"
import type { Session } from "./session.ts"

export const appointmentRow = z.object({
  post: z.enum(posts),
  communityId: z.string().nullable(),
  buildingIds: z.array(z.string()).nullable(),
  from: z.number(),
  until: z.number().nullable(),
})
const communityRow = z.object({ communityId: z.string(), name: z.string(), demonstration: z.boolean() })

interface SessionRow {
  staff_id: string
  name: string
  login: string
  tenant_id: string
  company: string
  is_demonstration: boolean
  must_change: boolean
  has_second_factor: boolean
  appointments: unknown
  communities: unknown
}

// Asked every two seconds for each session: app.is_suspended, which PostgreSQL does not inline, takes a fifth of a millisecond more.
const readSession = `
  select s.staff_id, t.name, l.login, t.tenant_id, n.name as company, t.is_demonstration, c.must_change,
    c.second_factor is not null as has_second_factor,
    coalesce((select jsonb_agg(jsonb_build_object('post', a.post, 'communityId', a.community_id::text,
        'buildingIds', to_jsonb(a.building_ids::text[]),
        'from', (extract(epoch from a.valid_from) * 1000)::bigint,
        'until', (extract(epoch from a.valid_until) * 1000)::bigint))
      from app.appointment a where a.staff_id = s.staff_id), '[]') as appointments,
    coalesce((select jsonb_agg(jsonb_build_object('communityId', m.community_id::text, 'name', m.name,
        'demonstration', m.is_demonstration) order by m.community_id)
      from app.community m where m.tenant_id = t.tenant_id and m.removed_at is null), '[]') as communities
  from app.session s
  join app.staff t on t.staff_id = s.staff_id
  join app.tenant n on n.tenant_id = t.tenant_id
  join app.credential c on c.staff_id = s.staff_id
  join app.login l on l.staff_id = s.staff_id
  where s.token_hash = $1 and s.ended_at is null and s.expires_at > $2 and t.left_at is null
    and not exists (select from app.staff_suspension u
      left join app.staff_suspension_lifted f on f.suspension_id = u.suspension_id
      where u.staff_id = s.staff_id
        and (u.at >= s.created_at or f.suspension_id is null and (u.until is null or u.until > $2)))`

/**
 * The session of a token hash, or undefined: never was, ended, expired, or its person has left, is suspended, or has been
 * since it began: whoever is let in again signs in again.
 */
export async function findSession(
  pool: pg.Pool,
  tokenHash: Buffer,
  now: number,
): Promise<Session | undefined> {
  const { rows } = await pool.query<SessionRow>({
    name: "find_session",
    text: readSession,
    values: [tokenHash, new Date(now)],
  })
  const row = rows[0]
  if (row === undefined) return undefined
  return {
    tokenHash,
    staffId: row.staff_id,
    name: row.name,
    login: row.login,
    tenantId: row.tenant_id,
    company: row.company,
    demonstration: row.is_demonstration,
    mustChangePassword: row.must_change,
    hasSecondFactor: row.has_second_factor,
    appointments: z.array(appointmentRow).parse(row.appointments),
    communities: z.array(communityRow).parse(row.communities),
  }
}
