import { keepPreviousData, useQuery } from "@tanstack/react-query"
import { useNavigate } from "@tanstack/react-router"
import { Alert, Button, Segmented, Select, Skeleton, Tag } from "antd"
import { useTranslation } from "react-i18next"
import { listParties, listSharings, type Sharing } from "../../../lifecycle/parties/contract.ts"
import { ask } from "../../client.ts"
import { Guard } from "../../parts/guard.tsx"
import { Icon } from "../../parts/icon.tsx"
import { type ListColumn, ListPaging, ListRows } from "../../parts/list-page.tsx"
import { PathLink } from "../../parts/path-link.tsx"
import { RefusalAlert } from "../../parts/refusal-alert.tsx"
import { useFilters, usePaging } from "../../parts/use-address.ts"
import { useCommunity } from "../../parts/use-community.ts"
import { useWords } from "../../parts/use-words.ts"
import { When } from "../../parts/when.tsx"
import { paths } from "../../paths.ts"
import { SharingActs } from "./sharing-acts.tsx"

const shows = ["all", "overdue", "out", "waiting", "archived"] as const

/** The sharing ledger: what is overdue stands first. */
export function LedgerTab() {
  const { t } = useTranslation("parties")
  const { communityId } = useCommunity()
  const { values } = useFilters()
  const show = shows.find((one) => one === values["show"]) ?? "all"
  const partyId = values["party"]
  const { after } = usePaging()
  const query = useQuery({
    ...ask(listSharings, { params: { communityId }, query: { show, partyId, after } }),
    refetchOnMount: "always",
    placeholderData: keepPreviousData,
  })
  const columns = useColumns()
  return (
    <>
      <Filters show={show} partyId={partyId} />
      <RefusalAlert error={query.error} onRetry={() => void query.refetch()} />
      {query.isPending && <Skeleton active paragraph={{ rows: 6 }} />}
      {query.data !== undefined && query.data.overdue > 0 && (
        <Alert type="error" showIcon title={t("ledger.overdue", { count: query.data.overdue })} />
      )}
      {query.data && (
        <ListRows
          found={query.data.sharings}
          columns={columns}
          rowKey={(row) => row.applicationId}
          busy={query.isPlaceholderData}
          empty={{ title: t(`ledger.empty.${show}`), hint: t("ledger.emptyHint") }}
        />
      )}
      {query.data && <ListPaging next={query.data.next} />}
    </>
  )
}

interface FiltersProps {
  readonly show: (typeof shows)[number]
  readonly partyId: string | undefined
}

function Filters({ show, partyId }: FiltersProps) {
  const { t } = useTranslation("parties")
  const { communityId, posts } = useCommunity()
  const { set } = useFilters()
  const navigate = useNavigate()
  const parties = useQuery(ask(listParties, { params: { communityId } }))
  const may = posts.includes("supervisor") || posts.includes("manager")
  return (
    <div className="hd-parties-bar">
      <Segmented
        aria-label={t("ledger.show")}
        value={show}
        onChange={(chosen) => set({ show: chosen === "all" ? undefined : chosen })}
        options={shows.map((value) => ({ value, label: t(`ledger.shows.${value}`) }))}
      />
      <Select
        className="hd-parties-which"
        aria-label={t("columns.name")}
        value={partyId ?? ""}
        onChange={(chosen: string) => set({ party: chosen === "" ? undefined : chosen })}
        options={[
          { value: "", label: t("ledger.anyParty") },
          ...(parties.data?.parties.map((one) => ({ value: one.partyId, label: one.name })) ?? []),
        ]}
      />
      <Guard reason={may ? null : t("share.closed")}>
        {(disabled) => (
          <Button
            type="primary"
            icon={<Icon name="plus" />}
            disabled={disabled}
            onClick={() => void navigate({ to: paths.newSharing(communityId) })}
          >
            {t("share.open")}
          </Button>
        )}
      </Guard>
    </div>
  )
}

const colours = {
  applied: "processing",
  closed: "default",
  approved: "blue",
  left: "gold",
  proving: "gold",
  archived: "green",
} as const

function useColumns(): readonly ListColumn<Sharing>[] {
  const { t } = useTranslation("parties")
  const { communityId } = useCommunity()
  const word = useWords()
  return [
    {
      key: "party",
      title: t("columns.name"),
      card: "title",
      render: (row) => (
        <>
          <b>{row.party.name}</b>
          <div>
            <PathLink to={paths.application(communityId, row.applicationId)}>{row.number}</PathLink>
          </div>
        </>
      ),
    },
    {
      key: "what",
      title: t("columns.what"),
      render: (row) => (
        <>
          {word("purposes", row.purpose)}：{row.fields.map((field) => word("fields", field)).join("、")}
          <div className="hd-faint">{t("homes", { homes: row.homes, persons: row.persons })}</div>
        </>
      ),
    },
    { key: "applied", title: t("columns.applied"), render: (row) => <Steps row={row} /> },
    { key: "left", title: t("columns.left"), render: (row) => <Left row={row} /> },
    { key: "due", title: t("columns.due"), render: (row) => <Due row={row} /> },
    {
      key: "state",
      title: t("columns.state"),
      card: "extra",
      render: (row) => <Tag color={colours[row.state]}>{t(`sharingStates.${row.state}`)}</Tag>,
    },
    { key: "acts", title: t("columns.acts"), render: (row) => <SharingActs sharing={row} /> },
  ]
}

function Steps({ row }: { readonly row: Sharing }) {
  const { t } = useTranslation("parties")
  return (
    <div className="hd-parties-signs">
      <span>
        {t("signs.applied", { name: row.applied.name })} <When at={row.applied.at} />
      </span>
      {row.approved.map((one) => (
        <span key={one.staffId}>
          {t("signs.approved", { name: one.name })} <When at={one.at} />
        </span>
      ))}
      {row.proofs.map((one) => (
        <span key={one.proofId}>
          {t(`signs.${one.kind}`, { name: one.recorded.name, day: one.day })}
          {one.answered && ` · ${t(`signs.${one.answered.verdict}`, { name: one.answered.name })}`}
        </span>
      ))}
    </div>
  )
}

function Left({ row: { left } }: { readonly row: Sharing }) {
  const { t } = useTranslation("parties")
  if (left === null) return <span className="hd-faint">—</span>
  return (
    <>
      {t(`ways.${left.how}`)} {left.copyNumber}
      <div>
        {t("persons", { count: left.persons })} <When at={left.at} />
      </div>
    </>
  )
}

function Due({ row }: { readonly row: Sharing }) {
  const { t } = useTranslation("parties")
  if (row.state === "archived" || row.state === "closed") return <span className="hd-faint">—</span>
  return (
    <>
      <When at={row.dueAt} />
      {row.isOverdue && (
        <div>
          <Tag color="red">{t("ledger.isOverdue", { name: row.party.responsible })}</Tag>
        </div>
      )}
    </>
  )
}
