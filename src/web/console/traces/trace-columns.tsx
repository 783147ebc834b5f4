import { Button, Tag } from "antd"
import { useTranslation } from "react-i18next"
import type { TraceRow } from "../../../ledger/contract.ts"
import type { Term } from "../../../ledger/trace-query.ts"
import type { ListColumn } from "../../parts/list-page.tsx"
import { PathLink } from "../../parts/path-link.tsx"
import { useWords } from "../../parts/use-words.ts"
import { When } from "../../parts/when.tsx"
import { paths } from "../../paths.ts"
import { useActWord } from "./act-word.ts"
import { ReceiptButton } from "./receipt-button.tsx"

const nothing = <span className="hd-faint">—</span>

/** Narrows the search. */
type Narrow = (terms: readonly Term[]) => void

export function useTraceColumns(communityId: string, narrow: Narrow): readonly ListColumn<TraceRow>[] {
  const { t } = useTranslation("traces")
  const word = useWords()
  const actWord = useActWord()
  return [
    { key: "at", title: t("columns.at"), card: "title", render: (row) => <When at={row.at} seconds /> },
    {
      key: "actor",
      title: t("columns.actor"),
      render: (row) => (
        <>
          <ActorName row={row} narrow={narrow} /> <span className="hd-faint">{word("posts", row.post)}</span>
        </>
      ),
    },
    {
      key: "act",
      title: t("columns.act"),
      render: (row) => (
        <>
          {actWord(row.act)} <span className="hd-faint">{row.clause}</span>
        </>
      ),
    },
    {
      key: "purpose",
      title: t("columns.purpose"),
      render: (row) => (row.purpose ? word("purposes", row.purpose) : nothing),
    },
    {
      key: "fields",
      title: t("columns.fields"),
      render: (row) =>
        row.fields.length === 0 ? nothing : row.fields.map((field) => word("fields", field)).join("、"),
    },
    {
      key: "subjects",
      title: t("columns.subjects"),
      align: "right",
      render: (row) => (row.subjects === 0 ? nothing : row.subjects),
    },
    {
      key: "use",
      title: t("columns.use"),
      render: (row) =>
        row.useId === null ? (
          nothing
        ) : (
          <PathLink to={paths.use(communityId, row.useId)}>{t("openUse")}</PathLink>
        ),
    },
    {
      key: "receipt",
      title: t("receipt.column"),
      render: (row) => <ReceiptButton traceId={row.traceId} />,
    },
    {
      key: "outcome",
      title: t("columns.outcome"),
      card: "extra",
      render: (row) => (
        <Tag color={row.outcome === "refused" ? "red" : "default"}>{word("outcomes", row.outcome)}</Tag>
      ),
    },
  ]
}

/** The name leads to everything that person did. */
function ActorName({ row, narrow }: { readonly row: TraceRow; readonly narrow: Narrow }) {
  const { t } = useTranslation("traces")
  const { actor, actorName } = row
  if (actor === null || actorName === null) return <>{t("system")}</>
  return (
    <Button
      className="hd-trace-actor"
      type="link"
      size="small"
      title={t("onlyActor", { name: actorName })}
      onClick={() => narrow([{ qualifier: "by", value: actor }])}
    >
      {actorName}
    </Button>
  )
}
