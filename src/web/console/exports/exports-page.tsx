import { keepPreviousData, useQuery } from "@tanstack/react-query"
import { useNavigate } from "@tanstack/react-router"
import { Button, Progress, Segmented, Tag } from "antd"
import { useTranslation } from "react-i18next"
import { type ExportCopy, listExports } from "../../../lifecycle/export/contract.ts"
import { ask } from "../../client.ts"
import { Guard } from "../../parts/guard.tsx"
import { Icon } from "../../parts/icon.tsx"
import { type ListColumn, ListPage } from "../../parts/list-page.tsx"
import { PathLink } from "../../parts/path-link.tsx"
import { useFilters, usePaging } from "../../parts/use-address.ts"
import { useCommunity } from "../../parts/use-community.ts"
import { useWords } from "../../parts/use-words.ts"
import { When } from "../../parts/when.tsx"
import { paths } from "../../paths.ts"
import { CopyActs } from "./copy-acts.tsx"
import { Waiting } from "./waiting.tsx"
import "./exports.css"

const scopes = ["mine", "all"] as const
const second = 1_000

/** Copies: made, their password shown once, downloaded once. Clause 4.7. */
export function ExportsPage() {
  const { t } = useTranslation("exports")
  const { communityId, posts } = useCommunity()
  const { values, set } = useFilters()
  const { after } = usePaging()
  const mayApply = posts.some((post) => ["clerk", "supervisor", "manager"].includes(post))
  const usual = mayApply ? "mine" : "all"
  const scope = scopes.find((one) => one === values["scope"]) ?? usual
  const query = useQuery({
    ...ask(listExports, { params: { communityId }, query: { scope, after } }),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) =>
      state.data?.copies.some((copy) => copy.state === "making") === true ? second : false,
  })
  return (
    <ListPage
      title={t("title")}
      hint={t("hint")}
      actions={<Apply reason={mayApply ? null : t("applyClosed")} />}
      query={query}
      rows={(reply): readonly ExportCopy[] => reply.copies}
      next={(reply) => reply.next}
      rowKey={(row) => row.copyId}
      columns={useColumns(communityId)}
      empty={{ title: t("empty.title"), hint: t("empty.hint") }}
      notice={mayApply && <Waiting copies={query.data?.copies ?? []} />}
      filters={
        <Segmented
          aria-label={t("scope.label")}
          value={scope}
          onChange={(chosen) => set({ scope: chosen })}
          options={scopes.map((value) => ({ value, label: t(`scope.${value}`) }))}
        />
      }
    />
  )
}

function Apply({ reason }: { readonly reason: string | null }) {
  const { t } = useTranslation("exports")
  const { communityId } = useCommunity()
  const navigate = useNavigate()
  return (
    <Guard reason={reason}>
      {(disabled) => (
        <Button
          type="primary"
          icon={<Icon name="plus" />}
          disabled={disabled}
          onClick={() => void navigate({ to: paths.newExport(communityId) })}
        >
          {t("apply")}
        </Button>
      )}
    </Guard>
  )
}

const colours = {
  making: "processing",
  ready: "green",
  taken: "default",
  expired: "default",
  failed: "red",
} as const

function State({ copy }: { readonly copy: ExportCopy }) {
  const { t } = useTranslation("exports")
  if (copy.state === "making")
    return (
      <Progress
        percent={Math.round(copy.progress * 100)}
        size="small"
        status="active"
        aria-label={t("state.making")}
      />
    )
  return <Tag color={colours[copy.state]}>{t(`state.${copy.state}`)}</Tag>
}

function useColumns(communityId: string): readonly ListColumn<ExportCopy>[] {
  const { t } = useTranslation("exports")
  const word = useWords()
  return [
    {
      key: "number",
      title: t("columns.number"),
      card: "title",
      render: (row) => (
        <PathLink to={paths.application(communityId, row.applicationId)}>{row.number}</PathLink>
      ),
    },
    {
      key: "content",
      title: t("columns.content"),
      render: (row) => {
        const columns = row.columns.map((column) => word("fields", column)).join("、")
        return (
          <>
            <Tag>{t(`form.${row.form}`)}</Tag>
            {t("content", { persons: row.persons, columns })}
          </>
        )
      },
    },
    {
      key: "recipient",
      title: t("columns.recipient"),
      render: (row) =>
        row.outside === null ? row.recipient.name : `${row.outside}（${row.recipient.name}）`,
    },
    { key: "at", title: t("columns.at"), render: (row) => <When at={row.at} /> },
    { key: "until", title: t("columns.until"), render: (row) => <When at={row.validUntil} /> },
    {
      key: "state",
      title: t("columns.state"),
      card: "extra",
      width: 120,
      render: (row) => <State copy={row} />,
    },
    { key: "acts", title: t("columns.acts"), render: (row) => <CopyActs copy={row} /> },
  ]
}
