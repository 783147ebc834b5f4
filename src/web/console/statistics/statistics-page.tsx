import { useMutation, useQuery } from "@tanstack/react-query"
import { App, Button, Select } from "antd"
import { useTranslation } from "react-i18next"
import {
  exportStatistics,
  readStatistics,
  type Statistics,
  type StatisticTable,
} from "../../../lifecycle/statistics/contract.ts"
import { ask, fetchFile } from "../../client.ts"
import { Page } from "../../parts/page.tsx"
import { useSentences } from "../../parts/refusal-alert.tsx"
import { useFilters } from "../../parts/use-address.ts"
import { useCommunity } from "../../parts/use-community.ts"
import { useWords } from "../../parts/use-words.ts"
import { showInstant } from "../../parts/when.tsx"
import "./statistics.css"

/** Counts of groups; what could tell of fewer than five households is a star. Clause 4.13. */
export function StatisticsPage() {
  const { t } = useTranslation("statistics")
  const { communityId } = useCommunity()
  const { values, set } = useFilters()
  const month = values["month"]
  const query = useQuery(ask(readStatistics, { params: { communityId }, query: { month } }))
  const told = query.data
  return (
    <Page
      title={t("title")}
      hint={t("hint", { fewest: told?.fewest ?? 5 })}
      loading={query.isPending}
      error={query.error}
      onRetry={() => void query.refetch()}
      actions={<Take month={told?.month} />}
    >
      {told && (
        <>
          <p className="hd-statistics-month">
            <Select
              aria-label={t("month")}
              value={told.month}
              onChange={(chosen: string) => set({ month: chosen })}
              options={told.months.map((value) => ({ value, label: value }))}
            />
          </p>
          <Tables told={told} />
          <p className="hd-faint">{t("star", { fewest: told.fewest })}</p>
        </>
      )}
    </Page>
  )
}

function Take({ month }: { readonly month: string | undefined }) {
  const { t } = useTranslation("statistics")
  const { communityId } = useCommunity()
  const { message } = App.useApp()
  const { ofError } = useSentences()
  const fetching = useMutation({
    mutationFn: () =>
      fetchFile(exportStatistics, { params: { communityId }, body: month === undefined ? {} : { month } }),
    onSuccess: ({ blob, name }) => {
      const address = URL.createObjectURL(blob)
      const link = document.createElement("a")
      link.href = address
      link.download = name
      link.click()
      URL.revokeObjectURL(address)
    },
    onError: (error) => message.error(ofError(error), 6),
  })
  return (
    <>
      <Button onClick={() => window.print()}>{t("print")}</Button>
      <Button type="primary" loading={fetching.isPending} onClick={() => fetching.mutate()}>
        {t("export")}
      </Button>
    </>
  )
}

function Tables({ told }: { readonly told: Statistics }) {
  const { t } = useTranslation("statistics")
  const word = useWords()
  const kinds = told.orders.columns.map((kind) => word("orderKinds", kind))
  const course = told.course.map(({ month, shown }) => ({ name: month, shown }))
  return (
    <>
      <CountTable
        caption={t("orders", { month: told.month })}
        corner={t("building")}
        heads={[...kinds, t("total")]}
        lines={linesOf(told.orders, t("total"))}
      />
      <CountTable caption={t("course")} corner={t("month")} heads={[...kinds, t("total")]} lines={course} />
      {told.classes === null ? (
        <p className="hd-faint">{t("noClasses")}</p>
      ) : (
        <CountTable
          caption={t("classes", { at: showInstant(told.classes.releasedAt).slice(0, 10) })}
          corner={t("building")}
          heads={told.classes.columns.map((code) => word("classes", code))}
          lines={linesOf(told.classes, t("total")).map(({ name, shown }) => ({
            name,
            shown: shown.slice(0, -1),
          }))}
        />
      )}
    </>
  )
}

interface Line {
  readonly name: string
  readonly shown: readonly (number | null)[]
}

function linesOf({ rows, shown }: StatisticTable, total: string): Line[] {
  return shown.map((line, index) => ({ name: rows[index]?.name ?? total, shown: line }))
}

interface CountTableProps {
  readonly caption: string
  readonly corner: string
  readonly heads: readonly string[]
  readonly lines: readonly Line[]
}

function CountTable({ caption, corner, heads, lines }: CountTableProps) {
  const { t } = useTranslation("statistics")
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls on a phone, also by keyboard
    <div className="hd-statistics" role="region" aria-label={caption} tabIndex={0}>
      <table>
        <caption>{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{corner}</th>
            {heads.map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map(({ name, shown }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              {heads.map((head, index) => (
                <td key={head}>{shown[index] ?? <span title={t("hidden")}>＊</span>}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
