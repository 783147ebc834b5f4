import { keepPreviousData, useQuery } from "@tanstack/react-query"
import { useMemo } from "react"
import { useTranslation } from "react-i18next"
import type { z } from "zod"
import { listIncidents } from "../../../lifecycle/visit/contract.ts"
import { ask } from "../../client.ts"
import { type ListColumn, ListPage } from "../../parts/list-page.tsx"
import { Meant } from "../../parts/meant.tsx"
import { PathLink } from "../../parts/path-link.tsx"
import { useFilters, usePaging } from "../../parts/use-address.ts"
import { useCommunity } from "../../parts/use-community.ts"
import { When } from "../../parts/when.tsx"
import { paths } from "../../paths.ts"
import { closedTo } from "../../shell/menu-pages.ts"

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
  const { incident: meant } = useFilters().values
  return useMemo(
    () => [
      {
        key: "kind",
        title: t("incidents.columns.kind"),
        card: "title",
        render: ({ incidentId, kind }) => (
          <Meant isMeant={incidentId === meant}>{t(`incidents.kinds.${kind}`)}</Meant>
        ),
      },
      { key: "at", title: t("incidents.columns.at"), render: ({ at }) => <When at={at} /> },
      {
        key: "order",
        title: t("incidents.columns.order"),
        render: (incident) => <About communityId={communityId} incident={incident} />,
      },
      { key: "about", title: t("incidents.columns.about"), render: ({ about }) => about ?? "—" },
    ],
    [communityId, meant, t],
  )
}

interface AboutProps {
  readonly communityId: string
  readonly incident: Incident
}

/** The order, emergency or looks it is about, for those who reach it. */
function About({ communityId, incident }: AboutProps) {
  const { t } = useTranslation("visit")
  const { orderId, emergencyId, findingCode, number, place } = incident
  if (findingCode !== null) return <Looks communityId={communityId} incident={incident} />
  const to =
    emergencyId === null ? paths.order(communityId, orderId ?? "") : paths.emergency(communityId, emergencyId)
  if (number === null) return <span className="hd-faint">{t("incidents.outOfReach")}</span>
  return <PathLink to={to}>{`${number} ${place ?? ""}`}</PathLink>
}

/** Which rule found them; whoever may read findings goes there. */
function Looks({ communityId, incident: { findingId, findingCode, place } }: AboutProps) {
  const { t } = useTranslation("watch")
  const reach = useCommunity()
  const text = [findingCode === null ? "" : t(`codes.${findingCode}`), place ?? ""].filter(Boolean).join(" ")
  if (findingId === null || closedTo("findings", reach) !== null) return text
  return (
    <PathLink to={paths.findings(communityId)} search={{ state: "incident", finding: findingId }}>
      {text}
    </PathLink>
  )
}
