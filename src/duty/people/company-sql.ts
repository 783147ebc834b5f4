/** Companies and communities: made at the first run and by the demonstration. Runs as hudun_app with post `setup`. */

import type { Reader } from "../../platform/database.ts"

/** One set-up at a time in the installation: whoever holds tenant 0 decides on what is there. */
export async function lockInstallation(reader: Reader): Promise<void> {
  await reader.query("select from app.tenant where tenant_id = 0 for update")
}

/** The company that was set up, or undefined. The demonstration is none. */
export async function findCompany(reader: Reader): Promise<string | undefined> {
  const [row] = await reader.query<{ tenant_id: string }>(
    "select tenant_id from app.tenant where tenant_id <> 0 and not is_demonstration limit 1",
  )
  return row?.tenant_id
}

export interface NewCompany {
  readonly tenantId: string
  readonly company: string
  readonly communityId: string
  readonly community: string
  readonly demonstration: boolean
}

export async function addCompany(reader: Reader, made: NewCompany, at: string): Promise<void> {
  await reader.query(
    "insert into app.tenant (tenant_id, name, suite, is_demonstration, created_at) values ($1, $2, 'A1', $3, $4)",
    [made.tenantId, made.company, made.demonstration, at],
  )
  await reader.query(
    `insert into app.community (community_id, tenant_id, name, is_demonstration, created_at)
     values ($1, $2, $3, $4, $5)`,
    [made.communityId, made.tenantId, made.community, made.demonstration, at],
  )
}

/** Whether what was set up under these ids is this. */
export async function isSameCompany(
  reader: Reader,
  made: NewCompany,
  officer: { staffId: string; name: string },
): Promise<boolean> {
  const rows = await reader.query(
    `select from app.tenant n join app.community m using (tenant_id) join app.staff t using (tenant_id)
     where n.tenant_id = $1 and n.name = $2 and m.community_id = $3 and m.name = $4 and t.staff_id = $5 and t.name = $6`,
    [made.tenantId, made.company, made.communityId, made.community, officer.staffId, officer.name],
  )
  return rows.length === 1
}
