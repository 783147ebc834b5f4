import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query"
import { Alert, App, Button, Checkbox, Segmented } from "antd"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import {
  drawPlan,
  type ExcessLine,
  type ExcessMeter,
  listPlans,
  readExcess,
} from "../../../lifecycle/excess/contract.ts"
import { excessReasons, isSameLine } from "../../../lifecycle/excess/excess.ts"
import { ask, call } from "../../client.ts"
import { newId } from "../../new-id.ts"
import { Guard } from "../../parts/guard.tsx"
import { type ListColumn, ListRows } from "../../parts/list-page.tsx"
import { Page } from "../../parts/page.tsx"
import { RefusalAlert } from "../../parts/refusal-alert.tsx"
import { useFilters } from "../../parts/use-address.ts"
import { useCommunity } from "../../parts/use-community.ts"
import { useWords } from "../../parts/use-words.ts"
import { Plans } from "./plans.tsx"
import "./excess.css"

/** What is held that no purpose needs, and the plans to be rid of it. Clauses 2.3, 5.1. */
export function ExcessPage() {
  const { t } = useTranslation("excess")
  const { communityId } = useCommunity()
  const query = useQuery(ask(readExcess, { params: { communityId } }))
  return (
    <Page
      title={t("title")}
      hint={t("hint")}
      loading={query.isPending}
      error={query.error}
      onRetry={() => void query.refetch()}
    >
      {query.data && <Meter key={query.data.countedAt} meter={query.data} />}
      <Plans />
    </Page>
  )
}

function Meter({ meter }: { readonly meter: ExcessMeter }) {
  const { t } = useTranslation("excess")
  const { values, set } = useFilters()
  const why = excessReasons.find((one) => one === values["why"])
  // What nobody used for long may still be needed: it is not chosen beforehand.
  const [chosen, setChosen] = useState(() => meter.lines.filter((line) => line.why !== "unused"))
  const { lines, held, regimeVersion, unused } = meter
  const toggle = (line: ExcessLine, isChosen: boolean) =>
    setChosen((before) => (isChosen ? [...before, line] : before.filter((one) => !isSameLine(one, line))))
  return (
    <section className="hd-section" aria-label={t("title")}>
      <p>
        {t("counted", {
          held: held.toLocaleString(),
          excess: sum(lines).toLocaleString(),
          version: regimeVersion,
        })}
      </p>
      {!unused.canTell && (
        <Alert className="hd-refusal" type="info" showIcon title={t("tooEarly", { days: unused.days })} />
      )}
      {lines.length > 0 && (
        <>
          <Segmented
            className="hd-excess-filter"
            aria-label={t("filter")}
            value={why ?? "all"}
            onChange={(value) => set({ why: value === "all" ? undefined : value })}
            options={[
              { value: "all", label: t("all") },
              ...excessReasons
                .filter((value) => lines.some((line) => line.why === value))
                .map((value) => ({ value, label: t(`whys.${value}`) })),
            ]}
          />
          <Draw chosen={chosen} />
        </>
      )}
      <ListRows
        found={lines.filter((line) => why === undefined || line.why === why)}
        columns={useColumns(chosen, toggle)}
        rowKey={(line) => `${line.why} ${line.field} ${line.purpose} ${line.buildingId}`}
        empty={{ title: t("none"), hint: t("noneHint") }}
      />
    </section>
  )
}

function sum(lines: readonly ExcessLine[]): number {
  return lines.reduce((all, { count }) => all + count, 0)
}

function useColumns(
  chosen: readonly ExcessLine[],
  toggle: (line: ExcessLine, isChosen: boolean) => void,
): readonly ListColumn<ExcessLine>[] {
  const { t } = useTranslation("excess")
  const word = useWords()
  return [
    {
      key: "choose",
      title: "",
      card: "extra",
      width: 40,
      render: (line) => (
        <Checkbox
          aria-label={`${t("choose")}：${word("fields", line.field)} ${line.building}`}
          checked={chosen.some((one) => isSameLine(one, line))}
          onChange={(event) => toggle(line, event.target.checked)}
        />
      ),
    },
    {
      key: "field",
      title: t("columns.field"),
      card: "title",
      render: (line) => <b>{word("fields", line.field)}</b>,
    },
    { key: "why", title: t("columns.why"), render: (line) => t(`whys.${line.why}`) },
    {
      key: "purpose",
      title: t("columns.purpose"),
      render: (line) => (line.purpose === "" ? t("noPurpose") : word("purposes", line.purpose)),
    },
    { key: "building", title: t("columns.building"), render: (line) => line.building },
    {
      key: "count",
      title: t("columns.count"),
      align: "right",
      render: (line) => line.count.toLocaleString(),
    },
  ]
}

function Draw({ chosen }: { readonly chosen: readonly ExcessLine[] }) {
  const { t } = useTranslation("excess")
  const { communityId, posts } = useCommunity()
  const { message } = App.useApp()
  const client = useQueryClient()
  const draw = useMutation({
    mutationFn: () =>
      call(drawPlan, {
        params: { communityId },
        body: {
          planId: newId(),
          lines: chosen.map(({ why, field, purpose, buildingId }) => ({ why, field, purpose, buildingId })),
        },
      }),
    onSuccess: async () => {
      void message.success(t("drawn"))
      await client.invalidateQueries({ queryKey: [listPlans.path] })
    },
  })
  const isOfficer = posts.includes("privacy_officer")
  const reason = !isOfficer ? t("notOfficer") : chosen.length === 0 ? t("nothingChosen") : null
  return (
    <div className="hd-excess-draw">
      <Guard reason={reason}>
        {(disabled) => (
          <Button type="primary" disabled={disabled} loading={draw.isPending} onClick={() => draw.mutate()}>
            {t("draw")}
          </Button>
        )}
      </Guard>
      <span className="hd-faint">{t("drawHint", { lines: chosen.length, count: sum(chosen) })}</span>
      <RefusalAlert error={draw.error} />
    </div>
  )
}
