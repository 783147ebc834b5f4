import { keepPreviousData, useQuery } from "@tanstack/react-query"
import { useNavigate } from "@tanstack/react-router"
import { Button, Segmented, Tag } from "antd"
import { useTranslation } from "react-i18next"
import { z } from "zod"
import { type Finding, listFindings } from "../../../duty/watch/contract.ts"
import { findingStates } from "../../../duty/watch/verdict.ts"
import { ask } from "../../client.ts"
import { Guard } from "../../parts/guard.tsx"
import { type ListColumn, ListPage } from "../../parts/list-page.tsx"
import { Meant } from "../../parts/meant.tsx"
import { useFilters, usePaging } from "../../parts/use-address.ts"
import { useCommunity } from "../../parts/use-community.ts"
import { When } from "../../parts/when.tsx"
import { paths } from "../../paths.ts"
import { Decision } from "./decision.tsx"
import { Evidence } from "./evidence.tsx"
import "./watch.css"

/** Looks that give reason to ask, and what is decided on them. Clause 6.4. */
export function FindingsPage() {
  const { t } = useTranslation("watch")
  const { communityId, posts } = useCommunity()
  const { values, set } = useFilters()
  const { after } = usePaging()
  const navigate = useNavigate()
  const state = z.enum(findingStates).safeParse(values["state"]).data
  const query = useQuery({
    ...ask(listFindings, { params: { communityId }, query: { state, after } }),
    placeholderData: keepPreviousData,
    refetchInterval: 30_000,
  })
  const open = query.data?.open ?? 0
  const mayMark = posts.includes("privacy_officer")
  return (
    <ListPage
      title={t("title")}
      hint={t("hint")}
      actions={
        <Guard reason={mayMark ? null : t("tie.closed")}>
          {(disabled) => (
            <Button disabled={disabled} onClick={() => void navigate({ to: paths.ties(communityId) })}>
              {t("ties")}
            </Button>
          )}
        </Guard>
      }
      query={query}
      rows={(reply): readonly Finding[] => reply.findings}
      next={(reply) => reply.next}
      rowKey={(row) => row.findingId}
      columns={useColumns()}
      empty={{ title: t("none"), hint: t("noneHint") }}
      filters={
        <Segmented
          aria-label={t("state.label")}
          value={state ?? "all"}
          onChange={(chosen) => set({ state: chosen === "all" ? undefined : chosen })}
          options={["all" as const, ...findingStates].map((value) => ({
            value,
            label: value === "open" && open > 0 ? `${t("state.open")} ${open}` : t(`state.${value}`),
          }))}
        />
      }
    />
  )
}

const colours = { open: "error", explained: "default", warned: "warning", incident: "volcano" } as const

function useColumns(): readonly ListColumn<Finding>[] {
  const { t } = useTranslation("watch")
  const { finding: meant } = useFilters().values
  return [
    {
      key: "code",
      title: t("columns.code"),
      card: "title",
      render: (row) => (
        <Meant isMeant={row.findingId === meant}>
          <b>{t(`codes.${row.code}`)}</b>
        </Meant>
      ),
    },
    {
      key: "state",
      title: t("columns.state"),
      card: "extra",
      render: (row) => <Tag color={colours[row.state]}>{t(`state.${row.state}`)}</Tag>,
    },
    { key: "about", title: t("columns.about"), render: (row) => row.about.name },
    { key: "place", title: t("columns.place"), render: (row) => row.place ?? t("noPlace") },
    { key: "evidence", title: t("columns.evidence"), render: (row) => <Evidence finding={row} /> },
    { key: "at", title: t("columns.at"), render: (row) => <When at={row.at} seconds /> },
    { key: "act", title: t("columns.act"), render: (row) => <Decision finding={row} /> },
  ]
}
