import { useQuery } from "@tanstack/react-query"
import { Button, Skeleton, Tag } from "antd"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { listParties, type Party } from "../../../lifecycle/parties/contract.ts"
import { ask } from "../../client.ts"
import { Guard } from "../../parts/guard.tsx"
import { Icon } from "../../parts/icon.tsx"
import { type ListColumn, ListRows } from "../../parts/list-page.tsx"
import { RefusalAlert } from "../../parts/refusal-alert.tsx"
import { useCommunity } from "../../parts/use-community.ts"
import { useWords } from "../../parts/use-words.ts"
import { When } from "../../parts/when.tsx"
import { EnterDialog } from "./enter-dialog.tsx"
import { PartyActs } from "./party-acts.tsx"

/** The register of third parties. */
export function RegisterTab() {
  const { t } = useTranslation("parties")
  const { communityId, posts } = useCommunity()
  const [isEntering, setEntering] = useState(false)
  const query = useQuery(ask(listParties, { params: { communityId } }))
  const columns = useColumns()
  const closed = posts.includes("manager") ? null : t("enter.closed")
  return (
    <>
      <div className="hd-parties-bar">
        <Guard reason={closed}>
          {(disabled) => (
            <Button
              type="primary"
              icon={<Icon name="plus" />}
              disabled={disabled}
              onClick={() => setEntering(true)}
            >
              {t("enter.open")}
            </Button>
          )}
        </Guard>
      </div>
      {isEntering && <EnterDialog onClose={() => setEntering(false)} />}
      <RefusalAlert error={query.error} onRetry={() => void query.refetch()} />
      {query.isPending && <Skeleton active paragraph={{ rows: 6 }} />}
      {query.data && (
        <ListRows
          found={query.data.parties}
          columns={columns}
          rowKey={(row) => row.partyId}
          empty={{ title: t("register.empty"), hint: t("register.emptyHint") }}
        />
      )}
    </>
  )
}

const colours = {
  entered: "gold",
  refused: "default",
  coming: "blue",
  live: "green",
  over: "default",
  ended: "default",
} as const

function useColumns(): readonly ListColumn<Party>[] {
  const { t } = useTranslation("parties")
  return [
    {
      key: "name",
      title: t("columns.name"),
      card: "title",
      render: (row) => (
        <>
          <b>{row.name}</b>
          <div className="hd-faint">
            {t(`kinds.${row.kind}`)} · {row.contractNumber}
          </div>
          <div className="hd-faint">{t("term", { from: row.from, until: row.until })}</div>
        </>
      ),
    },
    { key: "scope", title: t("columns.scope"), render: (row) => <Scope party={row} /> },
    { key: "responsible", title: t("columns.responsible"), render: (row) => row.responsible.name },
    {
      key: "open",
      title: t("columns.open"),
      render: (row) => (
        <>
          {t("openCount", { count: row.open })}
          {row.overdue > 0 && <Tag color="red">{t("overdueCount", { count: row.overdue })}</Tag>}
        </>
      ),
    },
    { key: "signed", title: t("columns.signed"), render: (row) => <Signed party={row} /> },
    {
      key: "state",
      title: t("columns.state"),
      card: "extra",
      render: (row) => <Tag color={colours[row.state]}>{t(`states.${row.state}`)}</Tag>,
    },
    { key: "acts", title: t("columns.acts"), render: (row) => <PartyActs party={row} /> },
  ]
}

function Scope({ party: { scope } }: { readonly party: Party }) {
  const word = useWords()
  return (
    <ul className="hd-parties-scope">
      {scope.map(({ purpose, fields }) => (
        <li key={purpose}>
          {word("purposes", purpose)}：{fields.map((field) => word("fields", field)).join("、")}
        </li>
      ))}
    </ul>
  )
}

function Signed({ party }: { readonly party: Party }) {
  const { t } = useTranslation("parties")
  const { entered, signed, ended } = party
  return (
    <div className="hd-parties-signs">
      <span>
        {t("signs.entered", { name: entered.name })} <When at={entered.at} />
      </span>
      {signed && (
        <span>
          {t(`signs.${signed.verdict}`, { name: signed.name })} <When at={signed.at} />
        </span>
      )}
      {ended && (
        <span>
          {t("signs.ended", { name: ended.name, reason: t(`endReasons.${ended.reason}`) })}{" "}
          <When at={ended.at} />
        </span>
      )}
    </div>
  )
}
