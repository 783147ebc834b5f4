import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query"
import { Button, Modal } from "antd"
import { useEffect } from "react"
import { useTranslation } from "react-i18next"
import type { z } from "zod"
import {
  listConsentRuns,
  lookInConsentRun,
  readConsentRun,
  stopConsentRun,
} from "../../../lifecycle/consent/run-contract.ts"
import { ask, call } from "../../client.ts"
import { ListRows } from "../../parts/list-page.tsx"
import { MaskedText } from "../../parts/masked-text.tsx"
import { Page } from "../../parts/page.tsx"
import { PathLink } from "../../parts/path-link.tsx"
import { RefusalAlert } from "../../parts/refusal-alert.tsx"
import { RevealButton } from "../../parts/reveal-button.tsx"
import { usePathParam } from "../../parts/use-address.ts"
import { useCommunity } from "../../parts/use-community.ts"
import { useWords } from "../../parts/use-words.ts"
import { When } from "../../parts/when.tsx"
import { paths } from "../../paths.ts"
import { RunState } from "./runs-tab.tsx"
import { useFeatureName } from "./use-feature-name.ts"
import "./consent.css"

type Run = z.infer<typeof readConsentRun.reply>
type Listed = Run["persons"][number]

const watchMilliseconds = 3_000

/** One use and the persons on its list; whoever withdraws drops out while one looks. Clauses 2.5, 2.7. */
export function ConsentRunPage() {
  const { t } = useTranslation("consent")
  const { communityId } = useCommunity()
  const runId = usePathParam("runId")
  const nameOf = useFeatureName()
  const query = useQuery(ask(readConsentRun, { params: { communityId, runId } }))
  const run = useWatched(query.data)
  const hasJustEnded = query.data?.endedAt === null && run?.endedAt !== null
  const { refetch } = query
  useEffect(() => {
    if (hasJustEnded) void refetch()
  }, [hasJustEnded, refetch])
  return (
    <Page
      title={
        run === undefined ? t("runs.title") : `${nameOf(run.feature)} · ${t(`occasions.${run.occasion}`)}`
      }
      hint={run && <RunState run={run} />}
      back={
        <PathLink to={paths.consents(communityId)} search={{ tab: "runs" }}>
          ‹ {t("tabs.runs")}
        </PathLink>
      }
      actions={
        <>
          <Button loading={query.isFetching} onClick={() => void query.refetch()}>
            {t("runs.reload")}
          </Button>
          {run?.endedAt === null && <Stop runId={runId} />}
        </>
      }
      personal
      loading={query.isPending}
      error={query.error}
      onRetry={() => void query.refetch()}
    >
      {run && <RunBody run={run} />}
    </Page>
  )
}

/** The list names persons, so each reading is traced: only the counts, which name nobody, are read again and again. */
function useWatched(run: Run | undefined): Run | undefined {
  const { communityId } = useCommunity()
  const { data } = useQuery({
    ...ask(listConsentRuns, { params: { communityId } }),
    enabled: run?.endedAt === null,
    refetchInterval: ({ state }) =>
      state.data?.runs.find(({ runId }) => runId === run?.runId)?.endedAt === null
        ? watchMilliseconds
        : false,
  })
  const counts = data?.runs.find(({ runId }) => runId === run?.runId)
  return run === undefined || counts === undefined || run.endedAt !== null ? run : { ...run, ...counts }
}

function RunBody({ run }: { readonly run: Run }) {
  const { t } = useTranslation("consent")
  const word = useWords()
  return (
    <>
      <p>{t("runs.summary", { listed: run.listed, unlisted: run.unlisted })}</p>
      <p className="hd-faint">
        {word("purposes", run.purpose)} · {run.fields.map((code) => word("fields", code)).join("、")} ·{" "}
        {run.startedBy} <When at={run.startedAt} /> · {t("runs.rule", { rule: run.rule })}
      </p>
      <ListRows<Listed>
        found={run.persons}
        rowKey={(row) => row.card.personId}
        columns={[
          { key: "home", title: t("persons.home"), card: "title", render: ({ card }) => card.home },
          { key: "name", title: t("persons.name"), card: "title", render: ({ card }) => card.name },
          { key: "phone", title: t("persons.phone"), render: ({ card }) => <MaskedText mask={card.phone} /> },
          {
            key: "outcome",
            title: t("runs.state"),
            card: "extra",
            render: ({ outcome }) => (outcome === null ? t("runs.waiting") : t(`runs.outcomes.${outcome}`)),
          },
          {
            key: "look",
            title: t("runs.look"),
            render: ({ card }) => <Look run={run} personId={card.personId} />,
          },
        ]}
        empty={{ title: t("runs.noneListed") }}
      />
    </>
  )
}

function Look({ run, personId }: { readonly run: Run; readonly personId: string }) {
  const { t } = useTranslation("consent")
  const word = useWords()
  const { communityId } = useCommunity()
  return (
    <span className="hd-consent-look">
      {run.fields.map((field) => (
        <RevealButton
          key={field}
          household={personId}
          label={word("fields", field)}
          reason={run.endedAt === null ? null : t("runs.ended")}
          look={() =>
            call(lookInConsentRun, { params: { communityId, runId: run.runId }, body: { personId, field } })
          }
        />
      ))}
    </span>
  )
}

function Stop({ runId }: { readonly runId: string }) {
  const { t } = useTranslation("consent")
  const { communityId } = useCommunity()
  const [modal, holder] = Modal.useModal()
  const client = useQueryClient()
  const stop = useMutation({
    mutationFn: () => call(stopConsentRun, { params: { communityId, runId } }),
    onSuccess: async () => {
      for (const { path } of [readConsentRun, listConsentRuns])
        await client.invalidateQueries({ queryKey: [path] })
    },
  })
  const confirm = () =>
    modal.confirm({
      title: t("runs.stopTitle"),
      content: t("runs.stopHint"),
      okText: t("runs.stop"),
      cancelText: t("cancel"),
      onOk: () => stop.mutateAsync(),
    })
  return (
    <>
      {holder}
      <Button danger loading={stop.isPending} onClick={() => void confirm()}>
        {t("runs.stop")}
      </Button>
      <RefusalAlert error={stop.error} />
    </>
  )
}
