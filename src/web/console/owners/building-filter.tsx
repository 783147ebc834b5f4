import { useQuery } from "@tanstack/react-query"
import { Select } from "antd"
import { useTranslation } from "react-i18next"
import { listBuildings } from "../../../lifecycle/store/contract.ts"
import { ask } from "../../client.ts"
import "./owners.css"

export interface BuildingFilterProps {
  readonly communityId: string
  readonly value: string | undefined
  readonly onChange: (building: string | undefined) => void
}

/** The buildings within one's reach; the others are not even named. */
export function BuildingFilter({ communityId, value, onChange }: BuildingFilterProps) {
  const { t } = useTranslation("owners")
  const { data, isPending } = useQuery(ask(listBuildings, { params: { communityId } }))
  const buildings = data?.buildings ?? []
  const known = buildings.some(({ buildingId }) => buildingId === value)
  return (
    <Select
      className="hd-owner-building"
      aria-label={t("building")}
      placeholder={t("allBuildings")}
      loading={isPending}
      allowClear
      showSearch={{ optionFilterProp: "label" }}
      value={known ? value : undefined}
      onChange={(building: string | undefined) => onChange(building)}
      options={buildings.map(({ buildingId, name, homes }) => ({
        value: buildingId,
        label: t("buildingOption", { name, homes }),
      }))}
    />
  )
}
