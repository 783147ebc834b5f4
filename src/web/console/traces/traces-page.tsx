import { keepPreviousData, useQuery } from "@tanstack/react-query"
import { useTranslation } from "react-i18next"
import { z } from "zod"
import { listTraces, type TraceRow } from "../../../ledger/contract.ts"
import { ask } from "../../client.ts"
import { ListPage } from "../../parts/list-page.tsx"
import { useFilters, usePaging } from "../../parts/use-address.ts"
import { useCommunity } from "../../parts/use-community.ts"
import { endOfDay, startOfDay } from "./period.ts"
import { useTraceColumns } from "./trace-columns.tsx"
import { TraceFilters } from "./trace-filters.tsx"

const outcome = z.enum(["done", "refused"])

/** Who did what, newest first, for those who answer for it. Clauses 3.12, 4.1. */
export function TracesPage() {
  const { t } = useTranslation("traces")
  const { communityId } = useCommunity()
  const filters = useFilters()
  const { after } = usePaging()
  const query = useQuery({
    ...ask(listTraces, { params: { communityId }, query: { ...wanted(filters.values), after } }),
    placeholderData: keepPreviousData,
  })
  const isFiltered = Object.keys(filters.values).length > 0
  return (
    <ListPage
      title={t("title")}
      hint={t("hint")}
      personal
      query={query}
      rows={(reply): readonly TraceRow[] => reply.traces}
      next={(reply) => reply.next}
      rowKey={(row) => row.traceId}
      columns={useTraceColumns(communityId, filters)}
      empty={
        isFiltered
          ? { title: t("empty.filtered"), hint: t("empty.filteredHint") }
          : { title: t("empty.none"), hint: t("empty.noneHint") }
      }
      filters={<TraceFilters filters={filters} />}
    />
  )
}

/** The filters of the address, as far as they mean something. */
function wanted(values: Readonly<Record<string, string>>) {
  const { actor, act, post, purpose, use, person } = values
  return {
    actor,
    act,
    post,
    purpose,
    use,
    person,
    outcome: outcome.safeParse(values["outcome"]).data,
    from: startOfDay(values["from"]),
    until: endOfDay(values["until"]),
  }
}
