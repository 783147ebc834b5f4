import { useQuery } from "@tanstack/react-query"
import { Alert, Button } from "antd"
import type { ReactNode } from "react"
import { useTranslation } from "react-i18next"
import { readConsentReceipt } from "../../../lifecycle/consent/contract.ts"
import { type ConsentRecord, recordIn } from "../../../lifecycle/consent/receipt.ts"
import { ask } from "../../client.ts"
import { Page } from "../../parts/page.tsx"
import { PathLink } from "../../parts/path-link.tsx"
import { usePathParam } from "../../parts/use-address.ts"
import { useCommunity } from "../../parts/use-community.ts"
import { paths } from "../../paths.ts"
import { linkHash } from "../../verify/verify-link.ts"
import { ConsentRecordFacts } from "./consent-record.tsx"
import "./consent.css"

const askAgainMilliseconds = 3_000
const askAtMost = 5

/** The receipt of one event: read, printed, taken away as a file, checked by anybody. Clause 7.2. */
export function ConsentReceiptPage() {
  const { t } = useTranslation("consent")
  const { communityId } = useCommunity()
  const personId = usePathParam("personId")
  const eventId = usePathParam("eventId")
  const query = useQuery({
    ...ask(readConsentReceipt, { params: { communityId, personId, eventId } }),
    // The log is signed a moment after the trace is written.
    refetchInterval: ({ state }) =>
      state.data?.isProved === false && state.dataUpdateCount < askAtMost ? askAgainMilliseconds : false,
  })
  const issued = query.data
  const record = issued && recordIn(issued.receipt)
  return (
    <Page
      title={t("receipt.title")}
      hint={t("receipt.hint")}
      back={<PathLink to={paths.personConsents(communityId, personId)}>‹ {t("person.title")}</PathLink>}
      actions={issued && <ReceiptActions eventId={eventId} receipt={issued.receipt} />}
      loading={query.isPending}
      error={query.error}
      onRetry={() => void query.refetch()}
    >
      {issued && record && <Receipt record={record} isProved={issued.isProved} />}
    </Page>
  )
}

function ReceiptActions({ eventId, receipt }: { readonly eventId: string; readonly receipt: string }) {
  const { t } = useTranslation("consent")
  const check = `${paths.verify()}#${linkHash({ kind: "receipt", text: receipt })}`
  return (
    <>
      <Button onClick={() => window.print()}>{t("receipt.print")}</Button>
      <Button
        href={`data:application/json;charset=utf-8,${encodeURIComponent(receipt)}`}
        download={`consent-${eventId}.json`}
      >
        {t("receipt.download")}
      </Button>
      <Button href={check} target="_blank">
        {t("receipt.check")}
      </Button>
    </>
  )
}

function Receipt({ record, isProved }: { readonly record: ConsentRecord; readonly isProved: boolean }) {
  const { t } = useTranslation("consent")
  const heading: ReactNode = `${record.pii_controller.name} · ${record.pii_controller.community}`
  return (
    <article className="hd-consent-receipt" aria-label={t("receipt.title")}>
      <p>
        <strong>{heading}</strong>
      </p>
      <Alert
        className="hd-refusal"
        type={isProved ? "success" : "info"}
        showIcon
        title={t(isProved ? "receipt.proved" : "receipt.unproved")}
      />
      <ConsentRecordFacts record={record} />
    </article>
  )
}
