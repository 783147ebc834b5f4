/** Open repair orders in bulk: the rows that `openOrder` leaves, without its twelve round trips each. */

import type pg from "pg"
import type { House } from "../src/house.ts"
import { mask } from "../src/lifecycle/catalogue/mask.ts"
import { standingRule } from "../src/lifecycle/catalogue/regime.ts"
import { regimeV1 } from "../src/lifecycle/catalogue/regime-v1.ts"
import { orderClass } from "../src/lifecycle/use/open-order.ts"
import { newId } from "../src/platform/random.ts"
import { contentTag } from "../src/vault/content-tag.ts"
import { drawNonce } from "../src/vault/keyring.ts"
import { sealRecord } from "../src/vault/record.ts"
import type { Owner } from "./plain.ts"
import type { Staff } from "./staff.ts"

const batchOrders = 500
const facts = { repair: "厨房水龙头漏水，请下午上门" }

export interface OpenOrder {
  readonly useId: string
  readonly owner: Owner
}

/** One order for each of these persons, taken in by `clerk`: application, standing approval, four grants, sealed text. */
export async function openOrders(
  house: House,
  admin: pg.Client,
  { clerk, owners }: { clerk: Staff; owners: readonly Owner[] },
): Promise<OpenOrder[]> {
  const made: OpenOrder[] = []
  for (let at = 0; at < owners.length; at += batchOrders) {
    const batch = owners.slice(at, at + batchOrders).map((owner) => ({
      owner,
      orderId: newId(Date.now()),
      useId: newId(Date.now()),
    }))
    await sealTexts(house, admin, { clerk, orderIds: batch.map((one) => one.orderId), batch })
    await writeSteps(admin, { clerk, batch, from: at })
    made.push(...batch)
  }
  return made
}

interface Batch {
  readonly owner: Owner
  readonly orderId: string
  readonly useId: string
}

async function sealTexts(
  house: House,
  admin: pg.Client,
  { clerk, orderIds, batch }: { clerk: Staff; orderIds: readonly string[]; batch: readonly Batch[] },
): Promise<void> {
  const { tenantId, communityId } = clerk
  const index = await house.keyring.indexKey(tenantId, communityId)
  const keys = await house.keyring.ensureDataKeys(
    orderIds.map((subjectId) => ({ tenantId, communityId, subjectId, class: orderClass })),
  )
  const records = orderIds.flatMap((subject, at) => {
    const key = keys[at]
    if (key === undefined) return []
    const place = { tenant: tenantId, community: communityId, subject, name: orderClass, version: 1 }
    return [{ sealed: sealRecord(key, { place, facts }, drawNonce), tag: contentTag(index, place, facts) }]
  })
  await admin.query(
    `insert into app.record (community_id, subject_id, class, version, building_ids, sealed, content_tag, masks, origin, changed_at)
     select $1, id, $2, 1, array[building], sealed, tag, '{}', '{}', now()
     from unnest($3::uuid[], $4::bigint[], $5::bytea[], $6::bytea[]) as r (id, building, sealed, tag)`,
    [
      communityId,
      orderClass,
      orderIds,
      batch.map((one) => one.owner.buildingId),
      records.map((one) => one.sealed),
      records.map((one) => one.tag),
    ],
  )
}

async function writeSteps(
  admin: pg.Client,
  { clerk, batch, from }: { clerk: Staff; batch: readonly Batch[]; from: number },
): Promise<void> {
  const rule = standingRule(regimeV1, "repair")
  if (rule === undefined) throw new Error("no standing rule for repairs")
  await admin.query("select set_config('bench.community', $1, false), set_config('bench.clerk', $2, false)", [
    clerk.communityId,
    clerk.staffId,
  ])
  await admin.query(
    `create temp table if not exists opening (order_id uuid, use_id uuid, number text, building_id bigint, home_id uuid,
       place text, masks jsonb, person_id uuid, subject_ref bigint)`,
  )
  await admin.query("truncate opening")
  await admin.query(
    `insert into opening select * from unnest($1::uuid[], $2::uuid[], $3::text[], $4::bigint[], $5::uuid[], $6::text[],
       $7::jsonb[], $8::uuid[], $9::bigint[])`,
    [
      batch.map((one) => one.orderId),
      batch.map((one) => one.useId),
      batch.map((_, at) => `R20261123-${String(from + at + 1).padStart(4, "0")}`),
      batch.map(({ owner }) => owner.buildingId),
      batch.map(({ owner }) => owner.homeId),
      batch.map(({ owner }) => owner.home),
      batch.map(({ owner }) =>
        JSON.stringify({ phone: mask("phone", owner.phone), name: mask("name", owner.name) }),
      ),
      batch.map(({ owner }) => owner.personId),
      batch.map(({ owner }) => owner.subjectRef),
    ],
  )
  for (const text of steps) await admin.query(text.replace("$rule", `'${rule.code}'`))
}

const community = "current_setting('bench.community')::bigint"
const clerkId = "current_setting('bench.clerk')::uuid"

const steps = [
  `insert into app.work_order (community_id, order_id, use_id, number, kind, building_id, home_id, place, masks, person_id,
     subject_ref, opened_by, opened_post, opened_at)
   select ${community}, order_id, use_id, number, 'repair', building_id, home_id, place, masks, person_id,
     subject_ref, ${clerkId}, 'clerk', now() from opening`,
  `insert into app.order_event (community_id, order_id, building_id, event_id, kind, by_staff, by_post, at)
   select ${community}, order_id, building_id, gen_random_uuid(), 'opened', ${clerkId}, 'clerk', now() from opening`,
  `insert into app.use_applied (community_id, use_id, order_id, building_id, purpose, fields, subject_ref, applicant,
     applicant_post, regime_version, at)
   select ${community}, use_id, order_id, building_id, 'repair', '{phone,title}', subject_ref, ${clerkId}, 'clerk', 1, now()
   from opening`,
  `insert into app.use_decided (community_id, use_id, building_id, verdict, rule, at)
   select ${community}, use_id, building_id, 'granted', $rule, now() from opening`,
  `insert into app.use_grant (community_id, grant_id, use_id, subject_id, class, subject_ref, building_id, grantee,
     grantee_post, fields, purpose, form, valid_from, valid_until)
   select ${community}, gen_random_uuid(), use_id, subject_id, class, subject_ref, building_id, grantee, grantee_post, fields,
     'repair', 'see', now(), now() + interval '30 days'
   from opening
   cross join lateral (values (order_id, 'service', '{repair}'::text[]), (person_id, 'identity', '{phone}'))
     as s (subject_id, class, fields)
   cross join (values (${clerkId}, null), (null, 'supervisor')) as g (grantee, grantee_post)`,
]
