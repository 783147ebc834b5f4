import { useMutation } from "@tanstack/react-query"
import { Button, Input } from "antd"
import { type FormEvent, useEffect, useState } from "react"
import { useTranslation } from "react-i18next"
import { ConsentResult } from "./consent-result.tsx"
import { type CheckedConsent, checkConsentText, looksLikeConsent } from "./consent-steps.ts"
import type { PublicLogs } from "./public-logs.ts"
import { ReceiptResult } from "./receipt-result.tsx"
import { type CheckedReceipt, checkReceiptText } from "./receipt-steps.ts"
import { WholeLog } from "./whole-log.tsx"

export interface ReceiptDeskProps {
  /** The receipt of the link; undefined: it is pasted or chosen. */
  readonly linked: string | undefined
  readonly logs: PublicLogs
}

type Checked =
  | { readonly kind: "trace"; readonly trace: CheckedReceipt }
  | { readonly kind: "consent"; readonly consent: CheckedConsent }

const largestReceipt = 100_000

/** Takes a receipt by link, paste or file, and shows what it proves. */
export function ReceiptDesk({ linked, logs }: ReceiptDeskProps) {
  const { t } = useTranslation("verify")
  const [text, setText] = useState(linked ?? "")
  const { mutate, data, isPending } = useMutation({
    mutationFn: async (receipt: string): Promise<Checked> =>
      looksLikeConsent(receipt)
        ? { kind: "consent", consent: await checkConsentText(receipt, logs) }
        : { kind: "trace", trace: await checkReceiptText(receipt, logs) },
  })
  useEffect(() => {
    if (linked !== undefined) mutate(linked)
  }, [linked, mutate])
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (text.trim() !== "") mutate(text)
  }
  return (
    <>
      <form className="hd-verify-form" autoComplete="off" onSubmit={submit}>
        <Input.TextArea
          aria-label={t("input.label")}
          placeholder={t("input.placeholder")}
          rows={5}
          spellCheck={false}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <div className="hd-verify-buttons">
          <Button type="primary" htmlType="submit" loading={isPending} disabled={text.trim() === ""}>
            {t("input.check")}
          </Button>
          <FileButton
            onText={(read) => {
              setText(read)
              mutate(read)
            }}
          />
        </div>
      </form>
      {data?.kind === "trace" && <ReceiptResult checked={data.trace} />}
      {data?.kind === "consent" && <ConsentResult checked={data.consent} />}
      <WholeLog logs={logs} kept={data?.kind === "consent" ? data.consent.proof?.shown : data?.trace.shown} />
    </>
  )
}

function FileButton({ onText }: { readonly onText: (text: string) => void }) {
  const { t } = useTranslation("verify")
  const [tooLarge, setTooLarge] = useState(false)
  const take = async (file: File | undefined) => {
    if (file === undefined) return
    setTooLarge(file.size > largestReceipt)
    if (file.size <= largestReceipt) onText(await file.text())
  }
  return (
    <>
      <label className="hd-verify-file">
        <input type="file" onChange={(event) => void take(event.target.files?.[0])} />
        <span>{t("input.file")}</span>
      </label>
      {tooLarge && <span role="alert">{t("input.tooLarge")}</span>}
    </>
  )
}
