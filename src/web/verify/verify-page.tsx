import { useLocation } from "@tanstack/react-router"
import { Alert } from "antd"
import { useTranslation } from "react-i18next"
import { EntryFrame } from "../entry/entry-frame.tsx"
import { PathLink } from "../parts/path-link.tsx"
import { paths } from "../paths.ts"
import type { PublicLogs } from "./public-logs.ts"
import { ReceiptDesk } from "./receipt-desk.tsx"
import { SheetDesk } from "./sheet-desk.tsx"
import { useLogs } from "./use-logs.ts"
import { type Linked, readLinkHash } from "./verify-link.ts"
import "./verify.css"

/** Receipts and printed roots, checked by anybody in their own browser. Needs no session. Clauses 7.2, 9.5. */
export function VerifyPage() {
  const { t } = useTranslation("verify")
  const { hash } = useLocation()
  const linked = readLinkHash(hash)
  const logs = useLogs().data
  const isSheet = linked?.kind === "sheet"
  return (
    <EntryFrame title={t(isSheet ? "sheet.title" : "title")} hint={t(isSheet ? "sheet.hint" : "hint")} wide>
      {logs !== undefined && <Desk key={hash} linked={linked} logs={logs} />}
      <p className="hd-verify-ways">
        {isSheet && <PathLink to={paths.verify()}>{t("sheet.another")}</PathLink>}
        <PathLink to={paths.home()}>{t("home")}</PathLink>
      </p>
    </EntryFrame>
  )
}

function Desk({ linked, logs }: { readonly linked: Linked | undefined; readonly logs: PublicLogs }) {
  const { t } = useTranslation("verify")
  return (
    <>
      {logs.ed25519 === undefined && (
        <Alert className="hd-refusal" type="warning" showIcon title={t("noEd25519")} />
      )}
      {linked?.kind === "sheet" ? (
        <SheetDesk note={linked.text} logs={logs} />
      ) : (
        <ReceiptDesk linked={linked?.text} logs={logs} />
      )}
    </>
  )
}
