import { keepPreviousData, useQuery } from "@tanstack/react-query"
import { useTranslation } from "react-i18next"
import type { TraceRow } from "../../../ledger/contract.ts"
import { searchTraces } from "../../../ledger/trace-explorer-contract.ts"
import { type Term, writeTraceQuery } from "../../../ledger/trace-query.ts"
import { call } from "../../client.ts"
import { ListPage } from "../../parts/list-page.tsx"
import { usePaging } from "../../parts/use-address.ts"
import { useCommunity } from "../../parts/use-community.ts"
import { showInstant } from "../../parts/when.tsx"
import { HomeHead } from "./home-head.tsx"
import { QueryBox } from "./query-box.tsx"
import { QueryChips } from "./query-chips.tsx"
import { SavedViews } from "./saved-views.tsx"
import { byIds, withTerms } from "./search-terms.ts"
import { useTraceColumns } from "./trace-columns.tsx"
import { TraceWays } from "./trace-ways.tsx"
import { useTraceSearch } from "./use-trace-search.ts"
import "./traces.css"

/** Who did what, newest first, for those who answer for it. Clauses 3.12, 4.1. */
export function TracesPage() {
  const { t } = useTranslation("traces")
  const { communityId } = useCommunity()
  const { terms, seek } = useTraceSearch()
  const query = useSearchOf(communityId, terms)
  const columns = useTraceColumns(communityId, (added) => seek(withTerms(terms, added)))
  const { homes = [], traces = [], searchedTo = null } = query.data ?? {}
  const names = namesIn(traces)
  return (
    <ListPage
      title={t("title")}
      hint={t("hint")}
      actions={<TraceWays terms={terms} />}
      personal
      query={query}
      rows={(reply): readonly TraceRow[] => reply.traces}
      next={(reply) => reply.next}
      rowKey={(row) => row.traceId}
      columns={columns}
      empty={
        terms.length > 0
          ? { title: t("empty.filtered"), hint: t("empty.filteredHint") }
          : { title: t("empty.none"), hint: t("empty.noneHint") }
      }
      filters={<QueryBox onTerms={(added) => seek(withTerms(terms, added))} />}
      notice={
        <>
          <QueryChips terms={terms} homes={homes} names={names} onTerms={seek} />
          <SavedViews current={byIds(terms, { homes, names })} onTerms={seek} />
          {query.data && <HomeHead terms={terms} homes={homes} />}
          {searchedTo !== null && <p role="status">{t("searched", { at: showInstant(searchedTo) })}</p>}
        </>
      }
    />
  )
}

/** Each answer is a trace: it is not asked again unless somebody wants it. */
function useSearchOf(communityId: string, terms: readonly Term[]) {
  const { after } = usePaging()
  const query = writeTraceQuery(terms)
  return useQuery({
    queryKey: [searchTraces.path, communityId, query, after ?? null],
    queryFn: ({ signal }) => {
      const body = { query, ...(after === undefined ? {} : { after }) }
      return call(searchTraces, { params: { communityId }, body }, signal)
    },
    placeholderData: keepPreviousData,
    gcTime: 0,
    retry: false,
  })
}

function namesIn(traces: readonly TraceRow[]): ReadonlyMap<string, string> {
  return new Map(
    traces.flatMap(({ actor, actorName }): [string, string][] =>
      actor === null || actorName === null ? [] : [[actor, actorName]],
    ),
  )
}
