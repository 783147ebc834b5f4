import { keepPreviousData, useQuery } from "@tanstack/react-query"
import { Segmented } from "antd"
import { useMemo } from "react"
import { useTranslation } from "react-i18next"
import { z } from "zod"
import { listUses, type Use } from "../../../lifecycle/use/contract.ts"
import { ask } from "../../client.ts"
import { type ListColumn, ListPage } from "../../parts/list-page.tsx"
import { PathLink } from "../../parts/path-link.tsx"
import { useFilters, usePaging } from "../../parts/use-address.ts"
import { useCommunity } from "../../parts/use-community.ts"
import { useWords } from "../../parts/use-words.ts"
import { When } from "../../parts/when.tsx"
import { paths } from "../../paths.ts"
import { UseState } from "./use-state.tsx"

const states = ["running", "archived"] as const

/** Uses within one's reach, newest first. Clause 4.2. */
export function UsesPage() {
  const { t } = useTranslation("uses")
  const { communityId } = useCommunity()
  const { values, set } = useFilters()
  const { after } = usePaging()
  const state = z.enum(states).safeParse(values["state"]).data
  const query = useQuery({
    ...ask(listUses, { params: { communityId }, query: { state, after } }),
    placeholderData: keepPreviousData,
  })
  return (
    <ListPage
      title={t("title")}
      hint={t("hint")}
      personal
      query={query}
      rows={(reply): readonly Use[] => reply.uses}
      next={(reply) => reply.next}
      rowKey={(use) => use.useId}
      columns={useColumns(communityId)}
      empty={
        state === undefined
          ? { title: t("empty.none"), hint: t("empty.noneHint") }
          : { title: t("empty.filtered"), hint: t("empty.filteredHint") }
      }
      filters={
        <Segmented
          aria-label={t("filter.state")}
          value={state ?? "all"}
          onChange={(chosen) => set({ state: chosen === "all" ? undefined : chosen })}
          options={[
            { value: "all", label: t("filter.all") },
            ...states.map((value) => ({ value, label: t(`filter.${value}`) })),
          ]}
        />
      }
    />
  )
}

function useColumns(communityId: string): readonly ListColumn<Use>[] {
  const { t } = useTranslation("uses")
  const word = useWords()
  return useMemo(
    () => [
      {
        key: "order",
        title: t("columns.order"),
        card: "title",
        render: (use) => <PathLink to={paths.use(communityId, use.useId)}>{use.orderNumber}</PathLink>,
      },
      { key: "place", title: t("columns.place"), card: "title", render: (use) => use.place },
      { key: "purpose", title: t("columns.purpose"), render: (use) => word("purposes", use.purpose) },
      {
        key: "applied",
        title: t("columns.applied"),
        render: (use) => (
          <>
            <When at={use.applied.at} /> <span className="hd-faint">{use.applied.by?.name}</span>
          </>
        ),
      },
      {
        key: "looks",
        title: t("columns.looks"),
        render: (use) => t("looks", { count: use.archived?.looks ?? use.registered.length }),
      },
      {
        key: "state",
        title: t("columns.state"),
        card: "extra",
        width: 100,
        render: (use) => <UseState use={use} />,
      },
    ],
    [communityId, t, word],
  )
}
