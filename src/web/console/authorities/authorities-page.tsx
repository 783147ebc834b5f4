import { keepPreviousData, useQuery } from "@tanstack/react-query"
import { useNavigate } from "@tanstack/react-router"
import { Button, Tag } from "antd"
import { useTranslation } from "react-i18next"
import {
  type AuthorityRequest,
  listAuthorityRequests,
} from "../../../lifecycle/parties/authority-contract.ts"
import { ask } from "../../client.ts"
import { Guard } from "../../parts/guard.tsx"
import { Icon } from "../../parts/icon.tsx"
import { type ListColumn, ListPage } from "../../parts/list-page.tsx"
import { PathLink } from "../../parts/path-link.tsx"
import { usePaging } from "../../parts/use-address.ts"
import { useCommunity } from "../../parts/use-community.ts"
import { useWords } from "../../parts/use-words.ts"
import { When } from "../../parts/when.tsx"
import { paths } from "../../paths.ts"
import { RequestActs } from "./request-acts.tsx"
import "../parties/parties.css"

/** Requests of police, courts and others, with what was handed out. Clause 4.11. */
export function AuthoritiesPage() {
  const { t } = useTranslation("authorities")
  const { communityId } = useCommunity()
  const { after } = usePaging()
  const query = useQuery({
    ...ask(listAuthorityRequests, { params: { communityId }, query: { after } }),
    placeholderData: keepPreviousData,
    refetchOnMount: "always",
  })
  return (
    <ListPage
      title={t("title")}
      hint={t("hint")}
      personal
      actions={
        <>
          <Button onClick={() => window.print()}>{t("print")}</Button>
          <Take />
        </>
      }
      query={query}
      rows={(reply): readonly AuthorityRequest[] => reply.requests}
      next={(reply) => reply.next}
      rowKey={(row) => row.applicationId}
      columns={useColumns()}
      empty={{ title: t("empty"), hint: t("emptyHint") }}
    />
  )
}

function Take() {
  const { t } = useTranslation("authorities")
  const { communityId, posts } = useCommunity()
  const navigate = useNavigate()
  const may = posts.some((post) => ["clerk", "supervisor", "manager"].includes(post))
  return (
    <Guard reason={may ? null : t("takeClosed")}>
      {(disabled) => (
        <Button
          type="primary"
          icon={<Icon name="plus" />}
          disabled={disabled}
          onClick={() => void navigate({ to: paths.newAuthorityRequest(communityId) })}
        >
          {t("take")}
        </Button>
      )}
    </Guard>
  )
}

const colours = {
  applied: "processing",
  closed: "default",
  approved: "blue",
  handed: "gold",
  receipted: "green",
} as const

function useColumns(): readonly ListColumn<AuthorityRequest>[] {
  const { t } = useTranslation("authorities")
  const { communityId } = useCommunity()
  const word = useWords()
  return [
    {
      key: "organ",
      title: t("columns.organ"),
      card: "title",
      render: (row) => (
        <>
          <b>{row.organName}</b>
          <div>
            <PathLink to={paths.application(communityId, row.applicationId)}>{row.number}</PathLink>
          </div>
        </>
      ),
    },
    {
      key: "document",
      title: t("columns.document"),
      render: (row) => (
        <>
          {row.documentNumber}
          <div className="hd-faint">{t(`grounds.${row.ground}`)}</div>
        </>
      ),
    },
    {
      key: "officers",
      title: t("columns.officers"),
      render: (row) => row.officers.map((one) => <div key={one}>{one}</div>),
    },
    {
      key: "scope",
      title: t("columns.scope"),
      render: (row) => (
        <>
          {row.fields.map((field) => word("fields", field)).join("、")}
          <div className="hd-faint">{t("homes", { homes: row.homes, persons: row.persons })}</div>
        </>
      ),
    },
    { key: "signs", title: t("columns.signs"), render: (row) => <Signs row={row} /> },
    {
      key: "copy",
      title: t("columns.copy"),
      render: (row) => (
        <>
          {row.copyNumber ?? "—"}
          {row.handedAt && (
            <div>
              <When at={row.handedAt} />
            </div>
          )}
        </>
      ),
    },
    { key: "state", title: t("columns.state"), card: "extra", render: (row) => <State row={row} /> },
    { key: "acts", title: t("columns.acts"), render: (row) => <RequestActs request={row} /> },
  ]
}

function Signs({ row }: { readonly row: AuthorityRequest }) {
  const { t } = useTranslation("authorities")
  return (
    <div className="hd-parties-signs">
      <span>
        {t("taken", { name: row.taken.name })} <When at={row.taken.at} />
      </span>
      {row.approved.map((one) => (
        <span key={one.staffId}>
          {t("approved", { name: one.name })} <When at={one.at} />
        </span>
      ))}
    </div>
  )
}

function State({ row }: { readonly row: AuthorityRequest }) {
  const { t } = useTranslation("authorities")
  return (
    <>
      <Tag color={colours[row.state]}>{t(`states.${row.state}`)}</Tag>
      {row.secretUntil && (
        <div className="hd-faint">
          {t("secret")} <When at={row.secretUntil} />
        </div>
      )}
    </>
  )
}
