import type { TFunction } from "i18next"
import type { NothingProps } from "../../parts/nothing.tsx"
import { PathLink } from "../../parts/path-link.tsx"
import type { Reach } from "../../parts/use-community.ts"
import { paths } from "../../paths.ts"
import { closedTo } from "../../shell/menu-pages.ts"

export interface EmptyBecause {
  readonly searched: boolean
  readonly building: string | undefined
}

/** Why the list is empty, and who can do what about it. */
export function ownersEmpty(
  t: TFunction<"owners">,
  reach: Reach,
  { searched, building }: EmptyBecause,
): NothingProps {
  if (reach.buildingIds?.length === 0) return { title: t("empty.noReach"), hint: t("empty.noReachHint") }
  if (searched) return { title: t("empty.search"), hint: t("empty.searchHint") }
  if (building !== undefined) return { title: t("empty.building"), hint: t("empty.buildingHint") }
  if (closedTo("imports", reach) !== null) return { title: t("empty.none"), hint: t("empty.askHint") }
  return {
    title: t("empty.none"),
    hint: t("empty.importHint"),
    action: <PathLink to={paths.imports(reach.communityId)}>{t("empty.import")}</PathLink>,
  }
}
