import { useQuery } from "@tanstack/react-query"
import { Button } from "antd"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { ListPage } from "../../parts/list-page.tsx"
import { useFilters, usePaging } from "../../parts/use-address.ts"
import { useCommunity } from "../../parts/use-community.ts"
import { EmergencyButton } from "../emergencies/emergency-button.tsx"
import { BuildingFilter } from "./building-filter.tsx"
import { useOwnerColumns } from "./owner-columns.tsx"
import { ownersEmpty } from "./owners-empty.tsx"
import { type FoundOwners, type OwnerSearch, ownersQuery } from "./owners-query.ts"
import { SearchBox } from "./search-box.tsx"

/** The masked list within one's reach and the one search box. Clauses 3.8, 3.10. */
export function OwnersPage() {
  const { t } = useTranslation("owners")
  const reach = useCommunity()
  const { communityId } = reach
  const { values, set } = useFilters()
  const { after } = usePaging()
  const [search, setSearch] = useState<OwnerSearch | null>(null)
  const building = values["building"]
  const query = useQuery(ownersQuery({ communityId, building, after, search }))
  const columns = useOwnerColumns(communityId)
  const searchAll = () => set({ building: undefined })
  return (
    <ListPage<FoundOwners, FoundOwners["owners"][number]>
      title={t("title")}
      hint={t("hint")}
      personal
      actions={<EmergencyButton />}
      query={query}
      rows={(found) => found.owners}
      next={(found) => found.next}
      rowKey={(row) => row.residenceId}
      columns={columns}
      empty={ownersEmpty(t, reach, { searched: search !== null, building })}
      filters={
        <>
          <SearchBox onSearch={setSearch} loading={search !== null && query.isFetching} />
          <BuildingFilter
            communityId={communityId}
            value={building}
            onChange={(chosen) => set({ building: chosen })}
          />
        </>
      }
      notice={
        search !== null && (
          <SearchNotice
            found={query.data}
            inBuilding={building !== undefined}
            onEverywhere={searchAll}
            onClear={() => setSearch(null)}
          />
        )
      }
    />
  )
}

interface SearchNoticeProps {
  readonly found: FoundOwners | undefined
  readonly inBuilding: boolean
  readonly onEverywhere: () => void
  readonly onClear: () => void
}

/** Says what the search was understood as, so that a wrong guess is seen. */
function SearchNotice({ found, inBuilding, onEverywhere, onClear }: SearchNoticeProps) {
  const { t } = useTranslation("owners")
  return (
    <p className="hd-owner-notice" role="status">
      {found !== undefined && found.understood !== null && (
        <span>
          {t("search.understood", { kind: t(`kinds.${found.understood}`), count: found.owners.length })}
          {found.more && t("search.more", { count: found.owners.length })}
        </span>
      )}
      {inBuilding && (
        <span>
          {t("search.onlyBuilding")}
          <Button type="link" size="small" onClick={onEverywhere}>
            {t("search.everywhere")}
          </Button>
        </span>
      )}
      <Button size="small" onClick={onClear}>
        {t("search.clear")}
      </Button>
    </p>
  )
}
