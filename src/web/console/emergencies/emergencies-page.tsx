import { keepPreviousData, useQuery } from "@tanstack/react-query"
import { Select } from "antd"
import { useTranslation } from "react-i18next"
import { z } from "zod"
import { type EmergencySummary, listEmergencies } from "../../../lifecycle/emergency/contract.ts"
import { emergencyStates } from "../../../lifecycle/emergency/emergency.ts"
import { ask } from "../../client.ts"
import { type ListColumn, ListPage } from "../../parts/list-page.tsx"
import { PathLink } from "../../parts/path-link.tsx"
import { useFilters, usePaging } from "../../parts/use-address.ts"
import { useCommunity } from "../../parts/use-community.ts"
import { When } from "../../parts/when.tsx"
import { paths } from "../../paths.ts"
import { EmergencyButton } from "./emergency-button.tsx"
import { EmergencyState } from "./emergency-state.tsx"
import "./emergencies.css"

const filters = [...emergencyStates, "to_tell"] as const

/** Uses in an emergency: what runs, what waits for a review, whose owner is to be told. Clause 4.9. */
export function EmergenciesPage() {
  const { t } = useTranslation("emergency")
  const { communityId } = useCommunity()
  const { values, set } = useFilters()
  const { after } = usePaging()
  const state = z.enum(filters).safeParse(values["state"]).data
  const query = useQuery({
    ...ask(listEmergencies, { params: { communityId }, query: { state, after } }),
    placeholderData: keepPreviousData,
  })
  const empty = state === undefined ? "none" : "filtered"
  return (
    <ListPage
      title={t("title")}
      hint={t("hint")}
      personal
      actions={<EmergencyButton />}
      query={query}
      rows={(reply): readonly EmergencySummary[] => reply.emergencies}
      next={(reply) => reply.next}
      rowKey={(row) => row.emergencyId}
      columns={useColumns(communityId)}
      empty={{ title: t(`empty.${empty}`), hint: t(`empty.${empty}Hint`) }}
      filters={
        <Select
          aria-label={t("filter")}
          value={state ?? "all"}
          onChange={(chosen) => set({ state: chosen === "all" ? undefined : chosen })}
          options={(["all", ...filters] as const).map((value) => ({ value, label: t(`state.${value}`) }))}
        />
      }
    />
  )
}

function useColumns(communityId: string): readonly ListColumn<EmergencySummary>[] {
  const { t } = useTranslation("emergency")
  return [
    {
      key: "number",
      title: t("columns.number"),
      card: "title",
      render: (row) => <PathLink to={paths.emergency(communityId, row.emergencyId)}>{row.number}</PathLink>,
    },
    { key: "reason", title: t("columns.reason"), render: (row) => t(`reasons.${row.reason}`) },
    { key: "place", title: t("columns.place"), render: (row) => row.place },
    { key: "by", title: t("columns.by"), render: (row) => row.broken.by.name },
    { key: "at", title: t("columns.at"), render: (row) => <When at={row.broken.at} /> },
    { key: "reviews", title: t("columns.reviews"), render: (row) => <Reviews emergency={row} /> },
    { key: "told", title: t("columns.told"), render: (row) => <Told emergency={row} /> },
    {
      key: "state",
      title: t("columns.state"),
      card: "extra",
      width: 110,
      render: (row) => <EmergencyState state={row.state} />,
    },
  ]
}

/** Who has reviewed it; of one that is overdue, in red, whose review is awaited. */
function Reviews({ emergency: { reviews, state, awaited } }: { readonly emergency: EmergencySummary }) {
  const { t } = useTranslation("emergency")
  const done = reviews.map(({ by }) => by.name).join("、")
  if (state !== "overdue") return done === "" ? "—" : done
  return <span className="hd-overdue">{t("overdueBy", { names: awaited.join("、") })}</span>
}

function Told({ emergency: { told, isTellingLate } }: { readonly emergency: EmergencySummary }) {
  const { t } = useTranslation("emergency")
  if (told !== null) return <When at={told.toldAt} />
  return <span className={isTellingLate ? "hd-overdue" : "hd-faint"}>{t("notTold")}</span>
}
