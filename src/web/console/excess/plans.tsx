import { useQuery } from "@tanstack/react-query"
import { useTranslation } from "react-i18next"
import { listPlans, type PlanSummary } from "../../../lifecycle/excess/contract.ts"
import { ask } from "../../client.ts"
import { type ListColumn, ListRows } from "../../parts/list-page.tsx"
import { PathLink } from "../../parts/path-link.tsx"
import { RefusalAlert } from "../../parts/refusal-alert.tsx"
import { useCommunity } from "../../parts/use-community.ts"
import { useWords } from "../../parts/use-words.ts"
import { When } from "../../parts/when.tsx"
import { paths } from "../../paths.ts"
import { PlanState } from "./plan-state.tsx"

/** Plans that were drawn up, and how far each has come. */
export function Plans() {
  const { t } = useTranslation("excess")
  const { communityId } = useCommunity()
  const query = useQuery(ask(listPlans, { params: { communityId } }))
  const columns = useColumns(communityId)
  return (
    <section className="hd-section" aria-label={t("plans")}>
      <h2>{t("plans")}</h2>
      <RefusalAlert error={query.error} />
      {query.data && (
        <ListRows
          found={query.data.plans}
          columns={columns}
          rowKey={(plan) => plan.planId}
          empty={{ title: t("noPlans"), hint: t("noPlansHint") }}
        />
      )}
    </section>
  )
}

function useColumns(communityId: string): readonly ListColumn<PlanSummary>[] {
  const { t } = useTranslation("excess")
  const word = useWords()
  return [
    {
      key: "number",
      title: t("planColumns.number"),
      card: "title",
      render: (plan) => <PathLink to={paths.purgePlan(communityId, plan.planId)}>{plan.number}</PathLink>,
    },
    {
      key: "state",
      title: t("planColumns.state"),
      card: "extra",
      render: (plan) => <PlanState state={plan.state} />,
    },
    {
      key: "fields",
      title: t("planColumns.fields"),
      render: (plan) => plan.fields.map((field) => word("fields", field)).join("、"),
    },
    {
      key: "count",
      title: t("planColumns.count"),
      align: "right",
      render: (plan) => plan.count.toLocaleString(),
    },
    {
      key: "drawn",
      title: t("planColumns.drawn"),
      render: (plan) => (
        <>
          {plan.drawnBy.name} <When at={plan.drawnAt} />
        </>
      ),
    },
    {
      key: "ended",
      title: t("planColumns.ended"),
      render: (plan) =>
        plan.endedBy === null || plan.endedAt === null ? (
          "—"
        ) : (
          <>
            {plan.endedBy.name} <When at={plan.endedAt} />
          </>
        ),
    },
  ]
}
