import { useQuery } from "@tanstack/react-query"
import { useTranslation } from "react-i18next"
import type { z } from "zod"
import { listNotCollected } from "../../../lifecycle/collect/contract.ts"
import { ask } from "../../client.ts"
import { type ListColumn, ListRows } from "../../parts/list-page.tsx"
import { Page } from "../../parts/page.tsx"
import { PathLink } from "../../parts/path-link.tsx"
import { useCommunity } from "../../parts/use-community.ts"
import { useWords } from "../../parts/use-words.ts"
import { When } from "../../parts/when.tsx"
import { paths } from "../../paths.ts"

type NotCollected = z.infer<typeof listNotCollected.reply>
type Dropped = NotCollected["columns"][number]
type ToDestroy = NotCollected["toDestroy"][number]

/** What rosters offered and nobody collected: columns by field and import, rows gone at the source. Clause 2.12. */
export function NotCollectedPage() {
  const { t } = useTranslation("imports")
  const { communityId } = useCommunity()
  const query = useQuery(ask(listNotCollected, { params: { communityId } }))
  return (
    <Page
      title={t("notCollected.title")}
      hint={t("notCollected.hint")}
      back={<PathLink to={paths.imports(communityId)}>‹ {t("page.back")}</PathLink>}
      loading={query.isPending}
      error={query.error}
      onRetry={() => void query.refetch()}
    >
      {query.data && (
        <>
          <DroppedColumns communityId={communityId} columns={query.data.columns} />
          <RowsToDestroy communityId={communityId} rows={query.data.toDestroy} />
        </>
      )}
    </Page>
  )
}

interface DroppedColumnsProps {
  readonly communityId: string
  readonly columns: readonly Dropped[]
}

function DroppedColumns({ communityId, columns }: DroppedColumnsProps) {
  const { t } = useTranslation("imports")
  const word = useWords()
  const shown: readonly ListColumn<Dropped>[] = [
    {
      key: "field",
      title: t("notCollected.field"),
      card: "title",
      width: 140,
      render: (one) => word("fields", one.field),
    },
    { key: "header", title: t("notCollected.header"), width: 160, render: (one) => <del>{one.header}</del> },
    {
      key: "cells",
      title: t("notCollected.cells"),
      align: "right",
      width: 100,
      render: (one) => one.cells.toLocaleString(),
    },
    {
      key: "file",
      title: t("notCollected.file"),
      render: (one) => <File communityId={communityId} of={one} />,
    },
    { key: "at", title: t("notCollected.at"), render: (one) => <When at={one.at} /> },
  ]
  const cells = columns.reduce((sum, one) => sum + one.cells, 0).toLocaleString()
  return (
    <section className="hd-section" aria-label={t("notCollected.columns")}>
      <h2>{t("notCollected.columns")}</h2>
      {columns.length > 0 && <p>{t("notCollected.total", { columns: columns.length, cells })}</p>}
      <ListRows
        found={columns}
        columns={shown}
        rowKey={(one) => `${one.importId} ${one.field} ${one.header}`}
        empty={{ title: t("notCollected.none"), hint: t("notCollected.noneHint") }}
      />
    </section>
  )
}

interface RowsToDestroyProps {
  readonly communityId: string
  readonly rows: readonly ToDestroy[]
}

function RowsToDestroy({ communityId, rows }: RowsToDestroyProps) {
  const { t } = useTranslation("imports")
  const shown: readonly ListColumn<ToDestroy>[] = [
    {
      key: "file",
      title: t("notCollected.file"),
      card: "title",
      width: 300,
      render: (one) => <File communityId={communityId} of={one} />,
    },
    {
      key: "rows",
      title: t("notCollected.rows"),
      align: "right",
      width: 100,
      render: (one) => one.rows.toLocaleString(),
    },
    { key: "at", title: t("notCollected.at"), render: (one) => <When at={one.at} /> },
  ]
  return (
    <section className="hd-section" aria-label={t("notCollected.toDestroy")}>
      <h2>{t("notCollected.toDestroy")}</h2>
      {rows.length > 0 && <p className="hd-faint">{t("notCollected.toDestroyHint")}</p>}
      <ListRows
        found={rows}
        columns={shown}
        rowKey={(one) => one.importId}
        empty={{ title: t("notCollected.noRows"), hint: t("notCollected.noRowsHint") }}
      />
    </section>
  )
}

interface FileProps {
  readonly communityId: string
  readonly of: { readonly importId: string; readonly fileName: string }
}

function File({ communityId, of }: FileProps) {
  return <PathLink to={paths.import(communityId, of.importId)}>{of.fileName}</PathLink>
}
