import { useQuery } from "@tanstack/react-query"
import { Select } from "antd"
import { useTranslation } from "react-i18next"
import { listStaff } from "../../../duty/people/contract.ts"
import { ask } from "../../client.ts"
import type { Filters } from "../../parts/use-address.ts"
import { useCommunity } from "../../parts/use-community.ts"
import { closedTo } from "../../shell/menu-pages.ts"

/** Chooses a person of staff by name. Who may not see the staff filters by their traces' links instead. */
export function ActorFilter({ filters }: { readonly filters: Filters }) {
  const { t } = useTranslation("traces")
  const reach = useCommunity()
  const mayList = closedTo("people", reach) === null
  const query = useQuery({
    ...ask(listStaff, { params: { communityId: reach.communityId } }),
    enabled: mayList,
  })
  const chosen = filters.values["actor"]
  const known = query.data?.staff.map(({ staffId, name }) => ({ value: staffId, label: name })) ?? []
  const isKnown = chosen === undefined || known.some(({ value }) => value === chosen)
  if (!mayList && chosen === undefined) return null
  return (
    <Select
      className="hd-trace-filter"
      aria-label={t("filters.actor")}
      placeholder={t("anybody")}
      allowClear
      showSearch={{ optionFilterProp: "label" }}
      loading={mayList && query.isPending}
      value={chosen ?? null}
      onChange={(staffId: string | null | undefined) => filters.set({ actor: staffId ?? undefined })}
      options={isKnown ? known : [...known, { value: chosen, label: t("someone") }]}
    />
  )
}
