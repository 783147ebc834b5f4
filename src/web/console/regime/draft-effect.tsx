import { useQuery } from "@tanstack/react-query"
import { Skeleton } from "antd"
import { useTranslation } from "react-i18next"
import {
  type DraftDetail,
  type EffectView,
  readEffect,
} from "../../../lifecycle/catalogue/regime-desk-contract.ts"
import { ask } from "../../client.ts"
import { type ListColumn, ListRows } from "../../parts/list-page.tsx"
import { PathLink } from "../../parts/path-link.tsx"
import { RefusalAlert } from "../../parts/refusal-alert.tsx"
import { useCommunity } from "../../parts/use-community.ts"
import { showInstant } from "../../parts/when.tsx"
import { paths } from "../../paths.ts"
import { useActWord } from "../traces/act-word.ts"
import { useRegimeWords } from "./regime-words.ts"

/** What the saved draft would have changed in the last thirty days. Clause 2.3. */
export function DraftEffect({ draft }: { readonly draft: DraftDetail }) {
  const { t } = useTranslation("regimeDesk")
  const { communityId } = useCommunity()
  const words = useRegimeWords(draft.text)
  const actWord = useActWord()
  const query = useQuery(ask(readEffect, { params: { communityId, draftId: draft.draftId } }))
  if (query.data === undefined)
    return query.error === null ? <Skeleton active /> : <RefusalAlert error={query.error} />
  const { since, traces, effects } = query.data
  const example = ({ act, examples }: EffectView) =>
    examples.map((id) =>
      act.startsWith("import.") ? (
        <PathLink key={id} to={paths.import(communityId, id)} className="hd-example">
          {id.slice(0, 8)}
        </PathLink>
      ) : (
        <code key={id} className="hd-example">
          {id.slice(-12)}
        </code>
      ),
    )
  const columns: ListColumn<EffectView>[] = [
    { key: "kind", title: t("tabs.effect"), card: "title", render: (row) => t(`effectKinds.${row.kind}`) },
    { key: "purpose", title: t("purpose"), render: (row) => words.purpose(row.purpose) },
    { key: "field", title: t("tabs.fields"), render: (row) => words.field(row.field) },
    { key: "act", title: t("state"), render: (row) => actWord(row.act) },
    { key: "count", title: t("count"), card: "extra", align: "right", render: (row) => row.count },
    { key: "examples", title: t("examples"), render: example },
  ]
  return (
    <>
      <p className="hd-faint">{t("effectHint", { since: showInstant(since).slice(0, 10), traces })}</p>
      <ListRows
        found={effects}
        columns={columns}
        rowKey={(row) => `${row.kind}/${row.purpose}/${row.field}/${row.act}`}
        empty={{ title: t("noEffect") }}
      />
    </>
  )
}
