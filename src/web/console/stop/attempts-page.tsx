import { keepPreviousData, useQuery } from "@tanstack/react-query"
import { Badge, Segmented, Tag } from "antd"
import { useTranslation } from "react-i18next"
import { type Attempt, attemptState, listAttempts } from "../../../duty/stop/contract.ts"
import { ask } from "../../client.ts"
import { type ListColumn, ListPage } from "../../parts/list-page.tsx"
import { useFilters, usePaging } from "../../parts/use-address.ts"
import { useCommunity } from "../../parts/use-community.ts"
import { useWords } from "../../parts/use-words.ts"
import { When } from "../../parts/when.tsx"
import { Ruling } from "./ruling.tsx"
import { useLiveAttempts } from "./use-live-attempts.ts"

const states = attemptState.options

/** Who asked for more than the regime allows, as it happens. Clause 2.4. */
export function AttemptsPage() {
  const { t } = useTranslation("stop")
  const { communityId } = useCommunity()
  const { values, set } = useFilters()
  const { after } = usePaging()
  const state = attemptState.safeParse(values["state"]).data
  const query = useQuery({
    ...ask(listAttempts, { params: { communityId }, query: { state, after } }),
    placeholderData: keepPreviousData,
  })
  const isLive = useLiveAttempts(communityId)
  return (
    <ListPage
      title={t("attempts.title")}
      hint={t("attempts.hint")}
      actions={
        <span role="status">
          <Badge
            status={isLive ? "processing" : "default"}
            text={t(isLive ? "attempts.live" : "attempts.offline")}
          />{" "}
          <Badge count={query.data?.open ?? 0} title={t("attempts.states.open")} />
        </span>
      }
      query={query}
      rows={(reply): readonly Attempt[] => reply.attempts}
      next={(reply) => reply.next}
      rowKey={(row) => row.attemptId}
      columns={useColumns()}
      empty={{ title: t("attempts.none"), hint: t("attempts.noneHint") }}
      filters={
        <Segmented
          aria-label={t("attempts.state")}
          value={state ?? "all"}
          onChange={(chosen) => set({ state: chosen === "all" ? undefined : chosen })}
          options={[
            { value: "all", label: t("attempts.all") },
            ...states.map((value) => ({ value, label: t(`attempts.states.${value}`) })),
          ]}
        />
      }
    />
  )
}

function useColumns(): readonly ListColumn<Attempt>[] {
  const { t } = useTranslation("stop")
  const word = useWords()
  const fieldWord = (code: string) =>
    code === "unclassified" ? t("attempts.unknownField") : word("fields", code)
  return [
    {
      key: "field",
      title: t("attempts.columns.field"),
      card: "title",
      render: (row) => <b>{fieldWord(row.field)}</b>,
    },
    {
      key: "state",
      title: t("attempts.columns.state"),
      card: "extra",
      render: (row) => (
        <Tag color={row.state === "open" ? "error" : "default"}>{t(`attempts.states.${row.state}`)}</Tag>
      ),
    },
    {
      key: "purpose",
      title: t("attempts.columns.purpose"),
      render: (row) => (row.purpose === null ? t("attempts.noPurpose") : word("purposes", row.purpose)),
    },
    {
      key: "by",
      title: t("attempts.columns.by"),
      render: (row) => `${row.by.name} · ${word("posts", row.by.post)}`,
    },
    {
      key: "channel",
      title: t("attempts.columns.channel"),
      render: (row) => t(`attempts.channels.${row.channel}`),
    },
    { key: "at", title: t("attempts.columns.at"), render: (row) => <When at={row.at} seconds /> },
    { key: "act", title: t("attempts.columns.act"), render: (row) => <Ruling attempt={row} /> },
  ]
}
