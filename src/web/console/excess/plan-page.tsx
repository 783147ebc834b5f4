import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query"
import { App, Button, Descriptions, Popconfirm } from "antd"
import { useTranslation } from "react-i18next"
import {
  type ExcessLine,
  listPlans,
  type PlanDetail,
  readPlan,
  signPlan,
  withdrawPlan,
} from "../../../lifecycle/excess/contract.ts"
import { ask, call } from "../../client.ts"
import { Guard } from "../../parts/guard.tsx"
import { type ListColumn, ListRows } from "../../parts/list-page.tsx"
import { Page } from "../../parts/page.tsx"
import { PathLink } from "../../parts/path-link.tsx"
import { RefusalAlert } from "../../parts/refusal-alert.tsx"
import { usePathParam } from "../../parts/use-address.ts"
import { useCommunity } from "../../parts/use-community.ts"
import { useSession } from "../../parts/use-session.ts"
import { useWords } from "../../parts/use-words.ts"
import { When } from "../../parts/when.tsx"
import { paths } from "../../paths.ts"
import { PlanState } from "./plan-state.tsx"
import "./excess.css"

/** One purge plan: what, how many, why, and who answers for it. Clauses 5.1, 5.2. */
export function PlanPage() {
  const { t } = useTranslation("excess")
  const { communityId } = useCommunity()
  const planId = usePathParam("planId")
  const query = useQuery(ask(readPlan, { params: { communityId, planId } }))
  const plan = query.data
  return (
    <Page
      title={plan === undefined ? t("plans") : t("plan", { number: plan.number })}
      hint={plan && t(`stateHints.${plan.state}`)}
      back={<PathLink to={paths.excess(communityId)}>‹ {t("back")}</PathLink>}
      actions={plan && <Moves plan={plan} />}
      loading={query.isPending}
      error={query.error}
      onRetry={() => void query.refetch()}
    >
      {plan && <Sheet plan={plan} />}
    </Page>
  )
}

function Sheet({ plan }: { readonly plan: PlanDetail }) {
  const { t } = useTranslation("excess")
  const { communityName } = useCommunity()
  const word = useWords()
  const signer = ({ name, post }: PlanDetail["drawnBy"]) => `${name} · ${word("posts", post)}`
  return (
    <>
      <Descriptions
        className="hd-plan"
        column={1}
        size="small"
        items={[
          {
            key: "community",
            label: communityName,
            children: t("regimeVersion", { version: plan.regimeVersion }),
          },
          { key: "state", label: t("planColumns.state"), children: <PlanState state={plan.state} /> },
          {
            key: "drawn",
            label: t("drawnBy"),
            children: (
              <span>
                {signer(plan.drawnBy)} <When at={plan.drawnAt} />
              </span>
            ),
          },
          ...(plan.endedBy === null || plan.endedAt === null
            ? []
            : [
                {
                  key: "ended",
                  label: t(plan.state === "withdrawn" ? "withdrawnBy" : "signedBy"),
                  children: (
                    <span>
                      {signer(plan.endedBy)} <When at={plan.endedAt} />
                    </span>
                  ),
                },
              ]),
          {
            key: "digest",
            label: t("digest"),
            children: <code className="hd-digest">{plan.digest}</code>,
          },
        ]}
      />
      <ListRows
        found={plan.lines}
        columns={useColumns()}
        rowKey={(line) => `${line.why} ${line.field} ${line.purpose} ${line.buildingId}`}
        empty={{ title: t("none"), hint: t("noneHint") }}
      />
      <p>
        <b>{t("total", { count: plan.count })}</b>
      </p>
    </>
  )
}

function useColumns(): readonly ListColumn<ExcessLine>[] {
  const { t } = useTranslation("excess")
  const word = useWords()
  return [
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

function Moves({ plan }: { readonly plan: PlanDetail }) {
  const { t } = useTranslation("excess")
  const { communityId, posts } = useCommunity()
  const { staffId } = useSession()
  const { planId, digest } = plan
  const sign = usePlanMove(() => call(signPlan, { params: { communityId, planId }, body: { digest } }))
  const withdraw = usePlanMove(() => call(withdrawPlan, { params: { communityId, planId } }))
  const ended = plan.state === "drawn" ? null : t("ended")
  const isSigner = posts.includes("privacy_officer") || posts.includes("manager")
  const bar = plan.drawnBy.staffId === staffId ? t("own") : isSigner ? null : t("notSigner")
  return (
    <>
      <Button onClick={() => window.print()}>{t("print")}</Button>
      <Move
        reason={ended ?? (posts.includes("privacy_officer") ? null : t("notOfficer"))}
        name="withdraw"
        go={withdraw}
      />
      <Move reason={ended ?? bar} name="sign" go={sign} />
      <RefusalAlert error={sign.error ?? withdraw.error} />
    </>
  )
}

interface MoveProps {
  readonly name: "sign" | "withdraw"
  readonly reason: string | null
  readonly go: ReturnType<typeof usePlanMove>
}

function Move({ name, reason, go }: MoveProps) {
  const { t } = useTranslation("excess")
  return (
    <Guard reason={reason}>
      {(disabled) => (
        <Popconfirm title={t(`${name}Ask`)} disabled={disabled} onConfirm={() => go.mutate()}>
          <Button type={name === "sign" ? "primary" : "default"} disabled={disabled} loading={go.isPending}>
            {t(name)}
          </Button>
        </Popconfirm>
      )}
    </Guard>
  )
}

function usePlanMove(move: () => Promise<PlanDetail>) {
  const { t } = useTranslation("excess")
  const { message } = App.useApp()
  const client = useQueryClient()
  return useMutation({
    mutationFn: move,
    onSuccess: () => void message.success(t("done")),
    onSettled: async () => {
      for (const { path } of [readPlan, listPlans]) await client.invalidateQueries({ queryKey: [path] })
    },
  })
}
