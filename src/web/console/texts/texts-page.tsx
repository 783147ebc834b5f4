import { keepPreviousData, useQuery } from "@tanstack/react-query"
import { Segmented, Tag } from "antd"
import { useTranslation } from "react-i18next"
import { listTextFindings, type TextFinding } from "../../../lifecycle/text/contract.ts"
import { ask } from "../../client.ts"
import { type ListColumn, ListPage } from "../../parts/list-page.tsx"
import { useFilters, usePaging } from "../../parts/use-address.ts"
import { useCommunity } from "../../parts/use-community.ts"
import { useWords } from "../../parts/use-words.ts"
import { When } from "../../parts/when.tsx"
import { Decide } from "./decide.tsx"
import { LastScan, StartScan } from "./scans.tsx"
import "./texts.css"

const states = ["open", "decided"] as const

/** What stored texts hold that does not belong there; the officer decides on each. Clause 2.9. */
export function TextsPage() {
  const { t } = useTranslation("texts")
  const { communityId } = useCommunity()
  const { values, set } = useFilters()
  const { after } = usePaging()
  const state = states.find((one) => one === values["state"])
  const query = useQuery({
    ...ask(listTextFindings, { params: { communityId }, query: { state, after } }),
    placeholderData: keepPreviousData,
  })
  return (
    <ListPage
      title={t("title")}
      hint={t("hint")}
      actions={<StartScan />}
      query={query}
      rows={(reply): readonly TextFinding[] => reply.findings}
      next={(reply) => reply.next}
      rowKey={(row) => row.findingId}
      columns={useColumns()}
      empty={{ title: t("none"), hint: t("noneHint") }}
      notice={<LastScan />}
      filters={
        <Segmented
          aria-label={t("filter")}
          value={state ?? "all"}
          onChange={(chosen) => set({ state: chosen === "all" ? undefined : chosen })}
          options={[
            { value: "all", label: t("all") },
            { value: "open", label: `${t("undecided")} ${query.data?.open ?? ""}` },
            { value: "decided", label: t("decided") },
          ]}
        />
      }
    />
  )
}

const colour = { open: "warning", masked: "default", moved: "default", kept: "processing" } as const

function useColumns(): readonly ListColumn<TextFinding>[] {
  const { t } = useTranslation("texts")
  const { t: text } = useTranslation("text")
  const word = useWords()
  return [
    {
      key: "kind",
      title: t("columns.kind"),
      card: "title",
      render: (row) => <b>{text(`kinds.${row.kind}`)}</b>,
    },
    {
      key: "state",
      title: t("columns.state"),
      card: "extra",
      render: (row) => <Tag color={colour[row.state]}>{t(`states.${row.state}`)}</Tag>,
    },
    { key: "count", title: t("columns.count"), align: "right", render: (row) => row.count },
    {
      key: "record",
      title: t("columns.record"),
      render: (row) => (row.order === null ? t("noOrder") : t("order", { number: row.order.number })),
    },
    { key: "field", title: t("columns.field"), render: (row) => word("fields", row.field) },
    { key: "building", title: t("columns.building"), render: (row) => row.buildings.join("、") },
    { key: "foundAt", title: t("columns.foundAt"), render: (row) => <When at={row.foundAt} /> },
    { key: "act", title: t("columns.act"), render: (row) => <Act finding={row} /> },
  ]
}

function Act({ finding }: { readonly finding: TextFinding }) {
  const { t } = useTranslation("texts")
  const { t: text } = useTranslation("text")
  if (finding.state === "open") return <Decide finding={finding} />
  return (
    <span className="hd-faint">
      {t("by", { name: finding.decidedBy })}
      {finding.reason !== null && ` · ${text(`reasons.${finding.reason}`)}`}
    </span>
  )
}
