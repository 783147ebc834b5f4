import { useQuery } from "@tanstack/react-query"
import { Button } from "antd"
import { useTranslation } from "react-i18next"
import { type Heat, readHeat } from "../../../ledger/trace-explorer-contract.ts"
import { ask } from "../../client.ts"
import { Nothing } from "../../parts/nothing.tsx"
import { Page } from "../../parts/page.tsx"
import { PathLink } from "../../parts/path-link.tsx"
import { useCommunity } from "../../parts/use-community.ts"
import { showInstant } from "../../parts/when.tsx"
import { paths } from "../../paths.ts"
import { HeatTable } from "./heat-table.tsx"

/** When which post is at work: what happens at night is seen at a glance. Clause 4.1. */
export function HeatPage() {
  const { t } = useTranslation("traces")
  const { communityId } = useCommunity()
  const query = useQuery({ ...ask(readHeat, { params: { communityId } }), retry: false })
  return (
    <Page
      title={t("heat.title")}
      hint={query.data && t("heat.hint", spanOf(query.data))}
      back={<PathLink to={paths.traces(communityId)}>‹ {t("heat.back")}</PathLink>}
      actions={<Button onClick={() => window.print()}>{t("heat.print")}</Button>}
      personal
      loading={query.isPending}
      error={query.error}
      onRetry={() => void query.refetch()}
    >
      {query.data?.posts.length === 0 && <Nothing title={t("heat.none")} hint={t("heat.noneHint")} />}
      {query.data !== undefined && query.data.posts.length > 0 && <HeatTable posts={query.data.posts} />}
    </Page>
  )
}

function spanOf({ from, until }: Heat): { from: string; until: string } {
  return { from: showInstant(from), until: showInstant(until) }
}
