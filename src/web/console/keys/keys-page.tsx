import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query"
import { Button, Popconfirm, Progress, Select } from "antd"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import {
  type CompanyKeys,
  type Inventory,
  listKeys,
  rotateIndex,
  rotateKeys,
  sealServer,
} from "../../../duty/keys/contract.ts"
import { ask, call } from "../../client.ts"
import { Guard } from "../../parts/guard.tsx"
import { ListRows } from "../../parts/list-page.tsx"
import { Page } from "../../parts/page.tsx"
import { RefusalAlert } from "../../parts/refusal-alert.tsx"
import { useCommunity } from "../../parts/use-community.ts"
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
    (one) => one.rewrapped < one.keys || one.indexKeys.some((key) => key.state !== "active"),
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

function KeyActions({ suite }: { readonly suite: "A1" | "S1" }) {
  const { t } = useTranslation("keys")
  const { communityId, posts } = useCommunity()
  const queries = useQueryClient()
  const [chosen, setChosen] = useState<"A1" | "S1">()
  const onSuccess = () => queries.invalidateQueries({ queryKey: [listKeys.path] })
  const params = { communityId }
  const roll = useMutation({
    mutationFn: () => call(rotateKeys, { params, body: { suite: chosen ?? suite } }),
    onSuccess,
  })
  const index = useMutation({ mutationFn: () => call(rotateIndex, { params, body: {} }), onSuccess })
  const seal = useMutation({ mutationFn: () => call(sealServer, { body: {} }), onSuccess })
  const reason = posts.includes("security_admin") ? null : t("onlySecurityAdmin")
  return (
    <Guard reason={reason}>
      {(disabled) => (
        <>
          <Select
            aria-label={t("suite")}
            disabled={disabled}
            value={chosen ?? suite}
            onChange={setChosen}
            options={[
              { value: "A1", label: t("suites.A1") },
              { value: "S1", label: t("suites.S1") },
            ]}
          />
          <Popconfirm title={t("roll.confirm")} onConfirm={() => roll.mutate()}>
            <Button type="primary" disabled={disabled} loading={roll.isPending}>
              {t("roll.do")}
            </Button>
          </Popconfirm>
          <Popconfirm title={t("reindex.confirm")} onConfirm={() => index.mutate()}>
            <Button disabled={disabled} loading={index.isPending}>
              {t("reindex.do")}
            </Button>
          </Popconfirm>
          <Popconfirm title={t("seal.confirm")} onConfirm={() => seal.mutate()}>
            <Button danger disabled={disabled} loading={seal.isPending}>
              {t("seal.do")}
            </Button>
          </Popconfirm>
          <RefusalAlert error={roll.error ?? index.error ?? seal.error} />
        </>
      )}
    </Guard>
  )
}
