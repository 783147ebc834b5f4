import { useMutation, useQueryClient } from "@tanstack/react-query"
import { Button, Popconfirm, Select } from "antd"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { listKeys, resealRecords, rotateIndex, rotateKeys, sealServer } from "../../../duty/keys/contract.ts"
import { call } from "../../client.ts"
import { Guard } from "../../parts/guard.tsx"
import { RefusalAlert } from "../../parts/refusal-alert.tsx"
import { useCommunity } from "../../parts/use-community.ts"

/** What the security admin does with keys; the others see why they cannot. */
export function KeyActions({ suite }: { readonly suite: "A1" | "S1" }) {
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
  const reseal = useMutation({ mutationFn: () => call(resealRecords, { params, body: {} }), onSuccess })
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
          <Popconfirm title={t("reseal.confirm")} onConfirm={() => reseal.mutate()}>
            <Button disabled={disabled} loading={reseal.isPending}>
              {t("reseal.do")}
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
          <RefusalAlert error={roll.error ?? reseal.error ?? index.error ?? seal.error} />
        </>
      )}
    </Guard>
  )
}
