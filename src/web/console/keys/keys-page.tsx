import { useQuery } from "@tanstack/react-query"
import { Progress } from "antd"
import { useTranslation } from "react-i18next"
import { type CompanyKeys, type Inventory, listKeys } from "../../../duty/keys/contract.ts"
import { ask } from "../../client.ts"
import { ListRows } from "../../parts/list-page.tsx"
import { Page } from "../../parts/page.tsx"
import { useCommunity } from "../../parts/use-community.ts"
import { KeyActions } from "./key-actions.tsx"
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
  const suite = query.data?.companies[0]?.suite ?? "A1"
  return (
    <Page
      title={t("title")}
      hint={query.data && t("hint", { ...query.data })}
      loading={query.isPending}
      error={query.error}
      onRetry={() => void query.refetch()}
      actions={<KeyActions suite={suite} />}
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
        <Company key={company.tenantId} company={company} />
      ))}
      <h2>{t("quarantine.title")}</h2>
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
  const share = company.keys === 0 ? 100 : Math.floor((company.rewrapped / company.keys) * 100)
  return (
    <>
      <h2>{t("keks")}</h2>
      {share < 100 && (
        <p>
          {t("rewrapping", { done: company.rewrapped, all: company.keys })}
          <Progress percent={share} aria-label={t("keks")} />
        </p>
      )}
      {company.reseal !== null && <Resealing {...company.reseal} />}
      <ListRows
        found={company.keks.toReversed()}
        rowKey={(kek) => String(kek.epoch)}
        columns={useKekColumns()}
        empty={{ title: t("none") }}
      />
      <h2>{t("index")}</h2>
      <ListRows
        found={company.indexKeys}
        rowKey={(key) => `${key.communityId}/${key.epoch}`}
        columns={useIndexColumns()}
        empty={{ title: t("none") }}
      />
    </>
  )
}

function Resealing({ left, records }: NonNullable<CompanyKeys["reseal"]>) {
  const { t } = useTranslation("keys")
  const done = records - left
  return (
    <p>
      {t("reseal.moving", { done, all: records })}
      <Progress
        percent={records === 0 ? 100 : Math.floor((done / records) * 100)}
        aria-label={t("reseal.do")}
      />
    </p>
  )
}
