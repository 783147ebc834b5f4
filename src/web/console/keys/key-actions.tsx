import { Select } from "antd"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import {
  type CompanyKeys,
  type Inventory,
  resealRecords,
  resolveRecord,
  rotateIndex,
  rotateKeys,
  sealServer,
} from "../../../duty/keys/contract.ts"
import { call } from "../../client.ts"
import { useCommunity } from "../../parts/use-community.ts"
import { KeyAct } from "./key-act.tsx"

type Suite = CompanyKeys["suite"]

/** A new epoch of the company's key, of another suite when chosen, and the records that follow. */
export function RollActions({ suite }: { readonly suite: Suite }) {
  const { t } = useTranslation("keys")
  const { communityId, posts } = useCommunity()
  const [chosen, setChosen] = useState<Suite>(suite)
  const params = { communityId }
  return (
    <>
      <Select
        aria-label={t("suite")}
        disabled={!posts.includes("security_admin")}
        value={chosen}
        onChange={setChosen}
        options={[
          { value: "A1", label: t("suites.A1") },
          { value: "S1", label: t("suites.S1") },
        ]}
      />
      <KeyAct
        look="primary"
        label={t("roll.do")}
        confirm={t("roll.confirm")}
        run={() => call(rotateKeys, { params, body: { suite: chosen } })}
      />
      <KeyAct
        label={t("reseal.do")}
        confirm={t("reseal.confirm")}
        run={() => call(resealRecords, { params, body: {} })}
      />
    </>
  )
}

export function IndexAction() {
  const { t } = useTranslation("keys")
  const { communityId } = useCommunity()
  const run = () => call(rotateIndex, { params: { communityId }, body: {} })
  return <KeyAct label={t("reindex.do")} confirm={t("reindex.confirm")} run={run} />
}

export function SealAction() {
  const { t } = useTranslation("keys")
  const run = () => call(sealServer, { body: {} })
  return <KeyAct look="danger" label={t("seal.do")} confirm={t("seal.confirm")} run={run} />
}

/** A record that was set aside leaves the list once it opens as it lies; the page shows nothing of it. */
export function LookAgain({ row }: { readonly row: Inventory["quarantine"][number] }) {
  const { t } = useTranslation("keys")
  const { communityId, subjectId, class: code } = row
  const run = () => call(resolveRecord, { params: { communityId }, body: { subjectId, class: code } })
  return <KeyAct look="small" label={t("quarantine.again")} confirm={t("quarantine.confirm")} run={run} />
}
