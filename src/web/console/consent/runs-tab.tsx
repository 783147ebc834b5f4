import { useQuery } from "@tanstack/react-query"
import { Button, Skeleton, Tag } from "antd"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import type { z } from "zod"
import { listConsentTexts } from "../../../lifecycle/consent/contract.ts"
import { type consentRun, listConsentRuns } from "../../../lifecycle/consent/run-contract.ts"
import { ask } from "../../client.ts"
import { Guard } from "../../parts/guard.tsx"
import { ListRows } from "../../parts/list-page.tsx"
import { PathLink } from "../../parts/path-link.tsx"
import { RefusalAlert } from "../../parts/refusal-alert.tsx"
import { useCommunity } from "../../parts/use-community.ts"
import { When } from "../../parts/when.tsx"
import { paths } from "../../paths.ts"
import { useConsentAccess } from "./consent-access.ts"
import { RunDialog } from "./run-dialog.tsx"
import { useFeatureName } from "./use-feature-name.ts"

type Run = z.infer<typeof consentRun>

/** Uses that run on consent, such as greetings. Clauses 2.5, 2.7. */
export function RunsTab() {
  const { t } = useTranslation("consent")
  const { communityId } = useCommunity()
  const { notStarter } = useConsentAccess()
  const [isStarting, setStarting] = useState(false)
  const query = useQuery({
    ...ask(listConsentRuns, { params: { communityId } }),
    refetchInterval: ({ state }) =>
      state.data?.runs.some(({ endedAt }) => endedAt === null) ? 3_000 : false,
  })
  const texts = useQuery(ask(listConsentTexts, { params: { communityId } }))
  const hasNone = texts.data?.texts.length === 0 ? t("runs.noText") : null
  return (
    <>
      <div className="hd-consent-bar">
        <Guard reason={notStarter ?? hasNone}>
          {(disabled) => (
            <Button type="primary" disabled={disabled} onClick={() => setStarting(true)}>
              {t("runs.start")}
            </Button>
          )}
        </Guard>
        <span className="hd-faint">{t("runs.hint")}</span>
      </div>
      <RefusalAlert error={query.error} onRetry={() => void query.refetch()} />
      {query.isPending && <Skeleton active />}
      {query.data !== undefined && <Runs runs={query.data.runs} isOpener={notStarter === null} />}
      {isStarting && <RunDialog texts={texts.data?.texts ?? []} onClose={() => setStarting(false)} />}
    </>
  )
}

function Runs({ runs, isOpener }: { readonly runs: readonly Run[]; readonly isOpener: boolean }) {
  const { t } = useTranslation("consent")
  const { communityId } = useCommunity()
  const nameOf = useFeatureName()
  return (
    <ListRows<Run>
      found={runs}
      rowKey={(row) => row.runId}
      columns={[
        {
          key: "what",
          title: t("runs.what"),
          card: "title",
          render: (row) => {
            const name = `${nameOf(row.feature)} · ${t(`occasions.${row.occasion}`)}`
            return isOpener ? <PathLink to={paths.consentRun(communityId, row.runId)}>{name}</PathLink> : name
          },
        },
        { key: "state", title: t("runs.state"), card: "extra", render: (row) => <RunState run={row} /> },
        { key: "listed", title: t("runs.listed"), align: "right", render: (row) => row.listed },
        { key: "unlisted", title: t("runs.unlisted"), align: "right", render: (row) => row.unlisted },
        { key: "queued", title: t("runs.queued"), align: "right", render: (row) => row.queued },
        { key: "stopped", title: t("runs.stopped"), align: "right", render: (row) => row.stopped },
        {
          key: "by",
          title: t("runs.by"),
          render: (row) => (
            <>
              {row.startedBy} <When at={row.startedAt} />
            </>
          ),
        },
      ]}
      empty={{ title: t("runs.none"), hint: t("runs.noneHint") }}
    />
  )
}

/** Whether it still runs. */
export function RunState({ run }: { readonly run: Pick<Run, "endedAt" | "endReason"> }) {
  const { t } = useTranslation("consent")
  if (run.endedAt === null) return <Tag color="green">{t("runs.running")}</Tag>
  return <Tag>{t(run.endReason === "stopped" ? "runs.wasStopped" : "runs.done")}</Tag>
}
