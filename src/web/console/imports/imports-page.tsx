import { useQuery } from "@tanstack/react-query"
import { useTranslation } from "react-i18next"
import { type ImportSummary, listImports } from "../../../lifecycle/collect/contract.ts"
import { ask } from "../../client.ts"
import { type ListColumn, ListPage } from "../../parts/list-page.tsx"
import { PathLink } from "../../parts/path-link.tsx"
import { useCommunity } from "../../parts/use-community.ts"
import { When } from "../../parts/when.tsx"
import { paths } from "../../paths.ts"
import { isRunning } from "./import-progress.ts"
import { ImportState } from "./import-state.tsx"
import { Uploader } from "./uploader.tsx"

const poll = 2000

/** The imports of this community, newest first, and the way to a new one. Clause 2.12. */
export function ImportsPage() {
  const { t } = useTranslation("imports")
  const { communityId } = useCommunity()
  const query = useQuery({
    ...ask(listImports, { params: { communityId } }),
    refetchInterval: ({ state }) => (state.data?.imports.some(isRunning) === true ? poll : false),
  })
  return (
    <ListPage
      title={t("title")}
      hint={t("hint")}
      actions={<PathLink to={paths.notCollected(communityId)}>{t("notCollectedLink")}</PathLink>}
      query={query}
      rows={(reply): readonly ImportSummary[] => reply.imports}
      rowKey={(row) => row.importId}
      columns={useColumns(communityId)}
      empty={{ title: t("empty.none"), hint: t("empty.noneHint") }}
      filters={<Uploader communityId={communityId} />}
    />
  )
}

function useColumns(communityId: string): readonly ListColumn<ImportSummary>[] {
  const { t } = useTranslation("imports")
  return [
    {
      key: "file",
      title: t("columns.file"),
      card: "title",
      render: (row) => <PathLink to={paths.import(communityId, row.importId)}>{row.fileName}</PathLink>,
    },
    { key: "state", title: t("columns.state"), card: "extra", render: (row) => <ImportState row={row} /> },
    { key: "rows", title: t("columns.rows"), align: "right", render: (row) => row.counts?.rows ?? "—" },
    {
      key: "taken",
      title: t("columns.taken"),
      align: "right",
      render: (row) => (row.state === "done" ? (row.counts?.taken ?? "—") : "—"),
    },
    { key: "by", title: t("columns.by"), render: (row) => row.createdBy },
    { key: "at", title: t("columns.at"), render: (row) => <When at={row.createdAt} /> },
  ]
}
