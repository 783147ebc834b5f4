/**
 * Searches by tag that are made at the same moment, read together. What row security says of both tables for hudun_app is said
 * here for each ask: a test holds the two against each other for every post. Clauses 3.8, 3.10.
 */

import type { Asking, SharedRead } from "../../platform/database.ts"
import type { CardRow } from "./sql.ts"

export interface FindAsk extends Asking {
  readonly communityId: string
  readonly kind: string
  readonly tag: number
  readonly building: string | undefined
  readonly limit: number
}

export interface PlacedCard extends CardRow {
  readonly place: number
}

/** One row more than `limit` when there are more; in the order of the list. */
export const foundTogether: SharedRead<FindAsk> = {
  text: `
    with asked as (
      select place, community, kind, tag, building, most, string_to_array(posts, ',') as posts,
        buildings = '*' as everywhere, string_to_array(nullif(nullif(buildings, '*'), ''), ',')::bigint[] as buildings
      from unnest($1::bigint[], $2::text[], $3::bigint[], $4::bigint[], $5::int[], $6::text[], $7::text[], $8::text[])
        with ordinality as a (community, kind, tag, building, most, posts, buildings, communities, place)
      where strpos(',' || communities || ',', ',' || community || ',') > 0
    )
    select a.place::int, f.subject_ref, f.card
    from asked a cross join lateral (
      select r.subject_ref, r.card, r.sort_key, r.residence_id
      from app.blind_index b join app.residence r on r.community_id = b.community_id and r.person_id = b.person_id
      where b.community_id = a.community and b.kind = a.kind and b.tag = a.tag
        and (a.building is null or r.building_id = a.building)
        and (a.everywhere or b.building_ids && a.buildings) and (a.everywhere or r.building_id = any (a.buildings))
        and a.posts && '{clerk,supervisor,manager,setup}'
      order by r.sort_key limit a.most) as f
    order by a.place, f.sort_key`,
  columns: (asks) => [
    asks.map(({ communityId }) => communityId),
    asks.map(({ kind }) => kind),
    asks.map(({ tag }) => tag),
    asks.map(({ building }) => building ?? null),
    asks.map(({ limit }) => limit + 1),
    asks.map(({ context }) => context.posts),
    asks.map(({ context }) => context.buildings),
    asks.map(({ context }) => context.communities),
  ],
}
