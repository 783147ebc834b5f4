/** Records as the keeper of keys sees them: where they lie and how they are sealed, never what they hold. Clause 3.9. */

import type { Reader } from "../../platform/database.ts"
import type { SuiteCode } from "../../vault/suite.ts"

export interface SealedRow {
  subject_id: string
  class: string
  version: number
  sealed: Buffer
}

/** Byte 1 of the envelope. */
const suiteByte: Readonly<Record<SuiteCode, number>> = { A1: 0xa1, S1: 0x51 }

/** Where to go on in the order of records. */
export interface After {
  readonly subjectId: string
  readonly class: string
}

export const fromTheFirst: After = { subjectId: "00000000-0000-0000-0000-000000000000", class: "" }

/** Records of the community that are sealed under another suite, behind `after`. */
export function findOtherSuite(
  tx: Reader,
  communityId: string,
  { suite, after, limit }: { suite: SuiteCode; after: After; limit: number },
): Promise<SealedRow[]> {
  return tx.query<SealedRow>(
    `select subject_id, class, version, sealed from app.record
     where community_id = $1 and get_byte(sealed, 1) <> $2 and (subject_id, class) > ($3::uuid, $4)
     order by subject_id, class limit $5`,
    [communityId, suiteByte[suite], after.subjectId, after.class, limit],
  )
}

/** How many records there are, and how many of another suite. */
export async function countOtherSuite(
  tx: Reader,
  communityId: string,
  suite: SuiteCode,
): Promise<{ records: number; left: number }> {
  const [row] = await tx.query<{ records: number; left: number }>(
    `select count(*)::int as records, (count(*) filter (where get_byte(sealed, 1) <> $2))::int as left
     from app.record where community_id = $1`,
    [communityId, suiteByte[suite]],
  )
  return row ?? { records: 0, left: 0 }
}

export async function readSealed(
  tx: Reader,
  communityId: string,
  { subjectId, class: code }: After,
): Promise<SealedRow | undefined> {
  const [row] = await tx.query<SealedRow>(
    `select subject_id, class, version, sealed from app.record
     where community_id = $1 and subject_id = $2 and class = $3`,
    [communityId, subjectId, code],
  )
  return row
}

export interface Resealed {
  readonly before: SealedRow
  readonly sealed: Buffer
}

/** Only what still lies there as it was read: whoever changed it meanwhile has sealed it themselves. */
export async function replaceSealed(
  tx: Reader,
  communityId: string,
  records: readonly Resealed[],
): Promise<number> {
  const rows = await tx.query(
    `update app.record r set sealed = w.after
     from unnest($2::uuid[], $3::text[], $4::bytea[], $5::bytea[]) as w (subject_id, class, before, after)
     where r.community_id = $1 and r.subject_id = w.subject_id and r.class = w.class and r.sealed = w.before
     returning 1`,
    [
      communityId,
      records.map(({ before }) => before.subject_id),
      records.map(({ before }) => before.class),
      records.map(({ before }) => before.sealed),
      records.map(({ sealed }) => sealed),
    ],
  )
  return rows.length
}
