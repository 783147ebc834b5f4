import { useQuery } from "@tanstack/react-query"
import { Alert, Button } from "antd"
import { useTranslation } from "react-i18next"
import { readLedger } from "../../ledger/ledger-contract.ts"
import { ask } from "../client.ts"
import { Nothing } from "../parts/nothing.tsx"
import { Page } from "../parts/page.tsx"
import { PathLink } from "../parts/path-link.tsx"
import { useCommunity } from "../parts/use-community.ts"
import { paths } from "../paths.ts"
import { RootSheet } from "./root-sheet.tsx"
import "./sheet.css"

/** The root of a community's log on one sheet of paper: once it hangs on the notice board, nobody can take it back. Clause 9.5. */
export function RootSheetPage() {
  const { t } = useTranslation("verify")
  const { communityId, communityName } = useCommunity()
  const query = useQuery({
    ...ask(readLedger, { params: { communityId } }),
    staleTime: Number.POSITIVE_INFINITY,
  })
  const log = query.data?.log
  return (
    <Page
      title={t("root.title")}
      hint={t("root.hint")}
      back={<PathLink to={paths.traces(communityId)}>‹ {t("root.back")}</PathLink>}
      actions={
        <Button type="primary" disabled={log === null || log === undefined} onClick={() => window.print()}>
          {t("root.print")}
        </Button>
      }
      loading={query.isPending}
      error={query.error}
      onRetry={() => void query.refetch()}
    >
      {log === null && <Nothing title={t("root.none")} />}
      {isLocal() && (
        <Alert
          className="hd-refusal hd-sheet-local"
          type="warning"
          showIcon
          title={t("root.local", { host: window.location.host })}
        />
      )}
      {log && (
        <RootSheet
          community={communityName}
          origin={log.origin}
          note={log.checkpoint}
          printedAt={query.dataUpdatedAt}
        />
      )}
    </Page>
  )
}

function isLocal(): boolean {
  return /^(localhost|127\.|\[::1\])/.test(window.location.hostname)
}
