import { keepPreviousData, useQuery } from "@tanstack/react-query"
import { useMemo } from "react"
import { useTranslation } from "react-i18next"
import type { z } from "zod"
import { listIncidents } from "../../../lifecycle/visit/contract.ts"
import { ask } from "../../client.ts"
import { type ListColumn, ListPage } from "../../parts/list-page.tsx"
import { PathLink } from "../../parts/path-link.tsx"
import { usePaging } from "../../parts/use-address.ts"
import { useCommunity } from "../../parts/use-community.ts"
import { When } from "../../parts/when.tsx"
import { paths } from "../../paths.ts"

type Incident = z.infer<typeof listIncidents.reply>["incidents"][number]

/** What should not have happened, newest first. Clause 8.1. */
export function IncidentsPage() {
  const { t } = useTranslation("visit")
  const { communityId } = useCommunity()
  const { after } = usePaging()
  const query = useQuery({
    ...ask(listIncidents, { params: { communityId }, query: { after } }),
    placeholderData: keepPreviousData,
  })
  return (
    <ListPage
      title={t("incidents.title")}
      hint={t("incidents.hint")}
      personal
      query={query}
      rows={(reply): readonly Incident[] => reply.incidents}
      next={(reply) => reply.next}
      rowKey={(incident) => incident.incidentId}
      columns={useColumns(communityId)}
      empty={{ title: t("incidents.empty.title"), hint: t("incidents.empty.hint") }}
    />
  )
}

function useColumns(communityId: string): readonly ListColumn<Incident>[] {
  const { t } = useTranslation("visit")
  return useMemo(
    () => [
      {
        key: "kind",
        title: t("incidents.columns.kind"),
        card: "title",
        render: ({ kind }) => t(`incidents.kinds.${kind}`),
      },
      { key: "at", title: t("incidents.columns.at"), render: ({ at }) => <When at={at} /> },
      {
        key: "order",
        title: t("incidents.columns.order"),
        render: (incident) => <About communityId={communityId} incident={incident} />,
      },
      { key: "about", title: t("incidents.columns.about"), render: ({ about }) => about ?? "—" },
    ],
    [communityId, t],
  )
}

/** The order or emergency it is about, for those who reach it. */
function About({ communityId, incident }: { readonly communityId: string; readonly incident: Incident }) {
  const { t } = useTranslation("visit")
  const { orderId, emergencyId, number, place } = incident
  const to =
    emergencyId === null ? paths.order(communityId, orderId ?? "") : paths.emergency(communityId, emergencyId)
  if (number === null) return <span className="hd-faint">{t("incidents.outOfReach")}</span>
  return <PathLink to={to}>{`${number} ${place ?? ""}`}</PathLink>
}
