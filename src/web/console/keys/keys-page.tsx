import "./keys.css"
import { useQuery } from "@tanstack/react-query"
import { Progress } from "antd"
import type { ReactNode } from "react"
import { useTranslation } from "react-i18next"
import { type CompanyKeys, type Inventory, listKeys } from "../../../duty/keys/contract.ts"
import { ask } from "../../client.ts"
import { ListRows } from "../../parts/list-page.tsx"
import { Page } from "../../parts/page.tsx"
import { useCommunity } from "../../parts/use-community.ts"
import { IndexAction, RollActions, SealAction } from "./key-actions.tsx"
import { useIndexColumns, useKekColumns, useQuarantineColumns } from "./key-columns.tsx"

const refreshMilliseconds = 3_000

/** The company's keys: names, ages, uses and progress, never a key. Clause 3.9. */
export function KeysPage() {
  const { t } = useTranslation("keys")
  const { communityId } = useCommunity()
  const query = useQuery({
    ...ask(listKeys, { params: { communityId } }),
    refetchInterval: ({ state }) => (isMoving(state.data?.companies) ? refreshMilliseconds : false),
  })
  const said = query.data?.provider ?? ""
  const provider = said === "key file" || said === "shares" ? t(`providers.${said}`) : said
  return (
    <Page
      title={t("title")}
      hint={query.data && t("hint", { ...query.data, provider })}
      loading={query.isPending}
      error={query.error}
      onRetry={() => void query.refetch()}
      actions={<SealAction />}
    >
      {query.data !== undefined && <Keys inventory={query.data} />}
    </Page>
  )
}

function Keys({ inventory }: { readonly inventory: Inventory }) {
  const { t } = useTranslation("keys")
  return (
    <>
      {inventory.companies.map((company) => (
        <Company key={`${company.tenantId}/${company.suite}`} company={company} />
      ))}
      <Head title={t("quarantine.title")} />
      {inventory.quarantine.length > 0 && <p className="hd-faint">{t("quarantine.hint")}</p>}
      <ListRows
        found={inventory.quarantine}
        rowKey={(row) => `${row.subjectId}/${row.class}/${row.version}`}
        columns={useQuarantineColumns()}
        empty={{ title: t("quarantine.none"), hint: t("quarantine.hint") }}
      />
    </>
  )
}

function isMoving(companies: readonly CompanyKeys[] | undefined): boolean {
  return (companies ?? []).some(
    (one) =>
      one.rewrapped < one.keys || one.reseal !== null || one.indexKeys.some((key) => key.state !== "active"),
  )
}

function Company({ company }: { readonly company: CompanyKeys }) {
  const { t } = useTranslation("keys")
  const { rewrapped, keys, reseal } = company
  const resealed = reseal === null ? 0 : reseal.records - reseal.left
  return (
    <>
      <Head title={t("keks")}>
        <RollActions suite={company.suite} />
      </Head>
      {rewrapped < keys && (
        <Moving done={rewrapped} all={keys}>
          {t("rewrapping", { done: rewrapped, all: keys })}
        </Moving>
      )}
      {reseal !== null && (
        <Moving done={resealed} all={reseal.records}>
          {t("reseal.moving", { done: resealed, all: reseal.records })}
        </Moving>
      )}
      <ListRows
        found={company.keks.toReversed()}
        rowKey={(kek) => String(kek.epoch)}
        columns={useKekColumns()}
        empty={{ title: t("none") }}
      />
      <Head title={t("index")}>
        <IndexAction />
      </Head>
      <ListRows
        found={company.indexKeys}
        rowKey={(key) => `${key.communityId}/${key.epoch}`}
        columns={useIndexColumns()}
        empty={{ title: t("none") }}
      />
    </>
  )
}

/** A heading with what can be done below it. */
function Head({ title, children }: { readonly title: string; readonly children?: ReactNode }) {
  return (
    <div className="hd-keys-head">
      <h2>{title}</h2>
      <div>{children}</div>
    </div>
  )
}

interface MovingProps {
  readonly done: number
  readonly all: number
  /** What moves, in words. */
  readonly children: string
}

function Moving({ done, all, children }: MovingProps) {
  const percent = all === 0 ? 100 : Math.floor((done / all) * 100)
  return (
    <p className="hd-keys-moving">
      {children}
      <Progress percent={percent} aria-label={children} />
    </p>
  )
}
