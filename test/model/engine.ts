/** What the pure engine says of the rows that a person of staff may read. */

import { lookRefusal } from "../../src/lifecycle/apply/application.ts"
import { findApplication, readSubject } from "../../src/lifecycle/apply/sql.ts"
import { standingOf } from "../../src/lifecycle/apply/views.ts"
import { fieldClasses } from "../../src/lifecycle/catalogue/field.ts"
import { visibleClasses } from "../../src/lifecycle/catalogue/regime.ts"
import { regimeV1 } from "../../src/lifecycle/catalogue/regime-v1.ts"
import { decideLook } from "../../src/lifecycle/use/grant.ts"
import { grantOf } from "../../src/lifecycle/use/look.ts"
import { readGrants } from "../../src/lifecycle/use/sql.ts"
import type { Role, Town } from "./rules.ts"
import { clockOf, home, type Scene } from "./stage.ts"

function readerOf({ desk, cast }: Scene, town: Town, who: Role) {
  const { post, staffId } = cast[who]
  const isBound = post === "clerk" || post === "supervisor"
  const context = {
    communities: desk.community.communityId,
    buildings: isBound ? (town.building.get(who) ?? "1") : "*",
    classes: [...new Set([...visibleClasses(regimeV1, post), ...fieldClasses])].join(","),
    posts: post,
    actor: staffId,
  }
  return {
    query: <Row extends object>(text: string, values: readonly unknown[] = []) =>
      desk.test.house.spine.database.read<Row>(context, text, values),
  }
}

/** Of an order: by the first grant that opens the field, when its record can be read. */
export async function engineOfOrder(
  scene: Scene,
  town: Town,
  who: Role,
): Promise<(field: string) => boolean> {
  const { communityId } = scene.desk.community
  const rows = await readGrants(readerOf(scene, town, who), communityId, scene.order?.useId ?? "")
  const { staffId, post } = scene.cast[who]
  const now = clockOf(scene.desk.test)
  return (field) => {
    const decision = decideLook(rows.map(grantOf), { staffId, posts: [post] }, { field, now })
    if ("refusal" in decision) return false
    return rows.some((row) => row.grant_id === decision.grant.grantId && row.sealed !== null)
  }
}

/** Of an application: whether something was shown before is the database's to tell. */
export async function engineOfApplication(scene: Scene, town: Town, { who, at }: { who: Role; at: number }) {
  const { communityId } = scene.desk.community
  const applicationId = scene.applicationIds[at] ?? ""
  const reader = readerOf(scene, town, who)
  const { personId } = home(scene)
  const row = await findApplication(reader, communityId, applicationId)
  const subject = await readSubject(reader, communityId, { applicationId, personId })
  const now = clockOf(scene.desk.test)
  const { staffId } = scene.cast[who]
  return (field: string) =>
    row !== undefined &&
    subject?.is_reached === true &&
    lookRefusal(standingOf(row), { staffId, personId, field, now }) === undefined
}
