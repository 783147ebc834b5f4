/** The newest time among the traces, as hudun_publish reads it. Clause 3.12. */

import type { ClockMark } from "./clock-rule.ts"
import type { Place } from "./place.ts"

/** `act`: what begins the comparison anew; `from`: where it begins as far as is known; `depth`: traces of each community, undefined for all. */
export interface NewestAsked {
  readonly act: string
  readonly from: Place | undefined
  readonly depth: number | undefined
}

/** Statement and values. */
export function newestOf({ act, from, depth }: NewestAsked): [string, unknown[]] {
  const text = `with seen as materialized (
      select t.tx, t.seq, t.at, t.act from app.community c cross join lateral (
        select n.tx, n.seq, n.at, n.act from app.trace n where n.community_id = c.community_id
        order by n.tx desc, n.seq desc limit $4) t),
    places as (
      select s.tx, s.seq from seen s where s.act = $1
      union all select $2::xid8, $3::bigint where $2 is not null),
    begin as (select p.tx, p.seq from places p order by p.tx desc, p.seq desc limit 1)
    select coalesce(max(extract(epoch from s.at) * 1000), 0)::bigint::text,
      (select b.tx::text from begin b), (select b.seq::text from begin b)
    from seen s where not exists (select from begin b where (s.tx, s.seq) < (b.tx, b.seq))`
  return [text, [act, from?.tx ?? null, from?.seq ?? null, depth ?? null]]
}

export function newestFrom([newest, tx, seq]: readonly (string | null)[]): ClockMark {
  return { newest: Number(newest), from: tx && seq ? { tx, seq } : undefined }
}
