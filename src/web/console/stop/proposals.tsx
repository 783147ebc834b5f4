import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query"
import { App, Button, Space } from "antd"
import { useTranslation } from "react-i18next"
import { answerProposal, listProposals, type Proposal } from "../../../duty/stop/proposal-contract.ts"
import { ask, call } from "../../client.ts"
import { type ListColumn, ListRows } from "../../parts/list-page.tsx"
import { RefusalAlert, useSentences } from "../../parts/refusal-alert.tsx"
import { useCommunity } from "../../parts/use-community.ts"
import { useWords } from "../../parts/use-words.ts"
import { When } from "../../parts/when.tsx"

/** One's own proposals; the privacy officer reads and answers all. */
export function Proposals() {
  const { t } = useTranslation("stop")
  const { communityId } = useCommunity()
  const query = useQuery(ask(listProposals, { params: { communityId } }))
  const columns = useColumns()
  return (
    <section className="hd-section" aria-label={t("proposals.list")}>
      <h2>{t("proposals.list")}</h2>
      <RefusalAlert error={query.error} />
      {query.data && (
        <ListRows
          found={query.data.proposals}
          columns={columns}
          rowKey={(one) => one.proposalId}
          empty={{ title: t("proposals.none"), hint: t("proposals.noneHint") }}
        />
      )}
    </section>
  )
}

function useColumns(): readonly ListColumn<Proposal>[] {
  const { t } = useTranslation("stop")
  const word = useWords()
  return [
    {
      key: "field",
      title: t("proposals.columns.field"),
      card: "title",
      render: (one) => word("fields", one.field),
    },
    { key: "purpose", title: t("proposals.columns.purpose"), render: (one) => word("purposes", one.purpose) },
    { key: "why", title: t("proposals.columns.why"), render: (one) => one.why },
    { key: "by", title: t("proposals.columns.by"), render: (one) => one.by.name },
    { key: "at", title: t("proposals.columns.at"), render: (one) => <When at={one.at} /> },
    { key: "answer", title: t("proposals.columns.answer"), render: (one) => <Answer proposal={one} /> },
  ]
}

function Answer({ proposal }: { readonly proposal: Proposal }) {
  const { t } = useTranslation("stop")
  const { communityId, posts } = useCommunity()
  const { message } = App.useApp()
  const { ofError } = useSentences()
  const client = useQueryClient()
  const answer = useMutation({
    mutationFn: (verdict: "taken_up" | "declined") =>
      call(answerProposal, { params: { communityId, proposalId: proposal.proposalId }, body: { verdict } }),
    onError: (error) => void message.error(ofError(error)),
    onSettled: () => client.invalidateQueries({ queryKey: [listProposals.path] }),
  })
  if (proposal.answer !== null) return <>{t(`proposals.answers.${proposal.answer.verdict}`)}</>
  if (!posts.includes("privacy_officer")) return <span className="hd-faint">{t("proposals.waiting")}</span>
  return (
    <Space size="small" wrap>
      <Button size="small" onClick={() => answer.mutate("taken_up")}>
        {t("proposals.answers.taken_up")}
      </Button>
      <Button size="small" onClick={() => answer.mutate("declined")}>
        {t("proposals.answers.declined")}
      </Button>
    </Space>
  )
}
