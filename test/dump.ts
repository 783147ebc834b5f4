/** What a thief of the database would hold: every row of every table as text, binary columns in hexadecimal. */

import { type Desk, sql } from "./orders.ts"

export async function dumpOf(desk: Pick<Desk, "test">): Promise<string> {
  const tables = await sql<{ name: string }>(
    desk,
    `select oid::regclass::text as name from pg_class
     where relkind in ('r', 'p', 'm') and relnamespace::regnamespace::text !~ '^(pg_|information_schema)'`,
  )
  const texts: string[] = []
  for (const { name } of tables) {
    const rows = await sql<{ line: string }>(desk, `select t::text as line from ${name} t`)
    texts.push(`# ${name}`, ...rows.map(({ line }) => line))
  }
  return texts.join("\n")
}

/** The ways in which a value could lie in a dump without being sealed. */
export function spellingsOf(value: string): string[] {
  const bytes = Buffer.from(value, "utf8")
  const wide = Buffer.from(value, "utf16le")
  return [
    value,
    bytes.toString("hex"),
    wide.toString("hex"),
    bytes.toString("base64").replace(/.{0,2}=*$/, ""),
  ]
}
