/** The roles of the product in one PostgreSQL server, each with only the rights its door needs. */

import { randomBytes } from "node:crypto"
import { mkdir, readFile, rename, writeFile } from "node:fs/promises"
import { dirname } from "node:path"
import pg from "pg"
import { z } from "zod"

/** Owner of the tables: migrations only. The others: see docs/operations.md "Roles". */
export const roleNames = [
  "hudun_owner",
  "hudun_app",
  "hudun_auth",
  "hudun_keyring",
  "hudun_publish",
  "hudun_backup",
  "hudun_look",
] as const
export type RoleName = (typeof roleNames)[number]

const passwordFile = z.record(z.string(), z.string().min(20))
export type RolePasswords = Readonly<Record<string, string>>

/** Makes missing roles and gives all of them log-in passwords of ours. `admin` must be allowed to create roles. */
export async function ensureRoles(admin: pg.Client, passwords: RolePasswords | undefined): Promise<void> {
  const { rows } = await admin.query<{ rolname: string }>(
    "select rolname from pg_roles where rolname = any ($1)",
    [roleNames],
  )
  const there = new Set(rows.map((row) => row.rolname))
  for (const role of roleNames) {
    if (!there.has(role))
      await admin.query(`create role ${role} login nosuperuser nocreatedb nocreaterole nobypassrls`)
    const password = passwords?.[role]
    if (password !== undefined) await admin.query(`alter role ${role} password ${pg.escapeLiteral(password)}`)
  }
  await admin.query("alter role hudun_app set statement_timeout = '30s'")
  // To the planner row security lets hardly a row through: instead of walking an index to the end of a page it would read and
  // sort a whole community. What is asked for lies in memory or on a disk without a head: a page out of turn costs no more.
  await admin.query("alter role hudun_app set random_page_cost = 1")
  await admin.query("alter role hudun_auth set statement_timeout = '10s'")
  // Its few statements are planned once: planning took longer than reading.
  await admin.query("alter role hudun_look set plan_cache_mode = force_generic_plan")
  await admin.query("alter role hudun_look set statement_timeout = '10s'")
}

/** Reads the role passwords of this installation (0600); those of roles that came with a newer version are made. */
export async function readRolePasswords(path: string): Promise<RolePasswords> {
  const text = await readFile(path, "utf8").catch(() => undefined)
  const known = text === undefined ? {} : passwordFile.parse(JSON.parse(text))
  if (roleNames.every((role) => known[role] !== undefined)) return known
  const made = Object.fromEntries(roleNames.map((role) => [role, randomBytes(24).toString("base64url")]))
  const all = { ...made, ...known }
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  await writeFile(`${path}.new`, JSON.stringify(all), { mode: 0o600 })
  await rename(`${path}.new`, path)
  return all
}
