import "./orders.css"
import { useQuery } from "@tanstack/react-query"
import { Select } from "antd"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { listBuildings, listHomes } from "../../../lifecycle/store/contract.ts"
import { ask } from "../../client.ts"
import { RefusalAlert } from "../../parts/refusal-alert.tsx"
import { useCommunity } from "../../parts/use-community.ts"

export interface PlacePickerProps {
  readonly onPicked: (place: { readonly homeId: string; readonly home: string }) => void
}

/** A home chosen by building and number: names nobody. */
export function PlacePicker({ onPicked }: PlacePickerProps) {
  const { t } = useTranslation("orders")
  const { communityId } = useCommunity()
  const [buildingId, setBuildingId] = useState<string | null>(null)
  const buildings = useQuery(ask(listBuildings, { params: { communityId } }))
  const homes = useQuery({
    ...ask(listHomes, { params: { communityId, buildingId: buildingId ?? "" } }),
    enabled: buildingId !== null,
  })
  const pick = (homeId: string) => {
    const home = homes.data?.homes.find((one) => one.homeId === homeId)
    if (home !== undefined) onPicked({ homeId, home: home.label })
  }
  return (
    <div className="hd-place">
      <Select
        aria-label={t("intake.building")}
        placeholder={t("intake.chooseBuilding")}
        showSearch={{ optionFilterProp: "label" }}
        loading={buildings.isPending}
        value={buildingId}
        onChange={setBuildingId}
        options={buildings.data?.buildings.map((one) => ({ value: one.buildingId, label: one.name })) ?? []}
      />
      <Select
        aria-label={t("intake.home")}
        placeholder={t("intake.chooseHome")}
        showSearch={{ optionFilterProp: "label" }}
        disabled={buildingId === null}
        loading={homes.isFetching}
        value={null}
        onChange={(homeId: string | null) => homeId !== null && pick(homeId)}
        options={homes.data?.homes.map((one) => ({ value: one.homeId, label: one.label })) ?? []}
      />
      <RefusalAlert error={buildings.error ?? homes.error} />
    </div>
  )
}
