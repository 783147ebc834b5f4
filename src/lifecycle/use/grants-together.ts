/**
 * The grants that looks ask for at the same moment, read together. What row security says of each table for hudun_app is said
 * here for each ask: a test holds the two against each other for every post. Clauses 3.8, 4.5.
 */

import type { Asking, SharedRead } from "../../platform/database.ts"

export interface GrantAsk extends Asking {
  readonly communityId: string
  readonly useId: string
  readonly field: string
}

export interface GrantRow {
  grant_id: string
  subject_id: string
  class: string
  subject_ref: string
  purpose: string
  fields: string[]
  grantee: string | null
  grantee_post: string | null
  valid_from: Date
  valid_until: Date
  ended: boolean
  version: number | null
  sealed: Buffer | null
  home_id: string
  /** Of the order, when whoever called is on file. */
  person_id: string | null
  /** The subject is noted as under 14. Read together with a look it is true for whoever looks, a repairer too. */
  is_minor: boolean
}

export interface PlacedGrant extends GrantRow {
  readonly place: number
}

/** A {@link GrantRow}: of a grant `g`, its order `o`, its end `e`, the record `r` it opens. */
export const grantColumns = `g.grant_id, g.subject_id, g.class, g.subject_ref, g.purpose, g.fields, g.grantee, g.grantee_post,
    g.valid_from, g.valid_until, (e.grant_id is not null or o.closed_at is not null) as ended, r.version, r.sealed,
    o.home_id, o.person_id,
    exists (select from app.minor m where m.community_id = g.community_id and m.person_id = g.subject_id) as is_minor`

/** What was said for this order goes before what is on file of the person. */
export const saidFirst = "g.subject_id is not distinct from o.person_id"

/** Those that speak of the field and are the viewer's own or for a post of theirs, with the records they open. */
export const grantsTogether: SharedRead<GrantAsk> = {
  text: `
    with asked as (
      select place, community, use, field, actor, string_to_array(posts, ',') as posts, string_to_array(classes, ',') as classes,
        buildings = '*' as everywhere, string_to_array(nullif(nullif(buildings, '*'), ''), ',')::bigint[] as buildings
      from unnest($1::bigint[], $2::uuid[], $3::text[], $4::uuid[], $5::text[], $6::text[], $7::text[], $8::text[])
        with ordinality as a (community, use, field, actor, posts, classes, buildings, communities, place)
      where strpos(',' || communities || ',', ',' || community || ',') > 0
    )
    select a.place::int, ${grantColumns}
    from asked a
    join app.use_grant g on g.community_id = a.community and g.use_id = a.use and a.field = any (g.fields)
      and (g.grantee = a.actor or (a.everywhere or g.building_id = any (a.buildings)) and g.grantee_post = any (a.posts))
    join app.work_order o on o.community_id = g.community_id and o.use_id = g.use_id
      and ((a.everywhere or o.building_id = any (a.buildings)) and (a.posts && '{supervisor,manager}'
          or a.posts && '{clerk}' and (o.closed_at is null or o.opened_by = a.actor or o.assignee = a.actor))
        or o.assignee = a.actor and a.posts && '{repairer}' or a.posts && '{auditor}')
    left join app.grant_ended e on e.community_id = g.community_id and e.grant_id = g.grant_id
    left join app.record r on r.community_id = g.community_id and r.subject_id = g.subject_id and r.class = g.class
      and r.class = any (a.classes)
      and ((a.everywhere or r.building_ids && a.buildings) and a.posts && '{clerk,supervisor,manager,setup}'
        or a.posts && '{repairer}' and a.actor = any (r.readers))
    order by a.place, ${saidFirst}`,
  columns: (asks) => [
    asks.map(({ communityId }) => communityId),
    asks.map(({ useId }) => useId),
    asks.map(({ field }) => field),
    asks.map(({ context }) => (context.actor === "" ? null : context.actor)),
    asks.map(({ context }) => context.posts),
    asks.map(({ context }) => context.classes),
    asks.map(({ context }) => context.buildings),
    asks.map(({ context }) => context.communities),
  ],
}
