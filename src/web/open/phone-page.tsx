import { useMutation, useQuery } from "@tanstack/react-query"
import { type FormEvent, useEffect, useState } from "react"
import { useTranslation } from "react-i18next"
import { type PhoneForm, readPhoneForm, sendPhoneForm } from "../../lifecycle/forms/inbox-contract.ts"
import { ask, call } from "../client.ts"
import { newId } from "../new-id.ts"
import { useSentences } from "../parts/refusal-alert.tsx"
import { SignaturePad } from "../parts/signature-pad.tsx"
import { usePathParams } from "../parts/use-address.ts"
import { useFilling } from "../parts/use-filling.ts"
import { useSay } from "../parts/use-say.ts"
import { paths } from "../paths.ts"
import { PhoneField } from "./phone-field.tsx"
import "./open.css"

/** The form behind the code at the counter: no log-in, no browser storage, nothing asked that the purpose does not need. Clauses 2.3, 2.6. */
export function PhonePage() {
  const { t } = useTranslation("forms")
  const { code = "" } = usePathParams()
  const { ofError } = useSentences()
  const query = useQuery({ ...ask(readPhoneForm, { params: { code } }), retry: false, gcTime: 0 })
  const [isDone, setDone] = useState(false)
  if (isDone) return <Message title={t("phone.done")} hint={t("phone.doneHint")} />
  if (query.error !== null) {
    const isStopped = "status" in query.error && query.error.status === 404
    const hint = isStopped ? t("phone.absentHint") : ofError(query.error)
    return <Message title={t("phone.absent")} hint={hint} />
  }
  if (query.data === undefined) return <main className="hd-open" />
  return <Filling code={code} opened={query.data} onDone={() => setDone(true)} />
}

function Message({ title, hint }: { readonly title: string; readonly hint: string }) {
  return (
    <main className="hd-open">
      <h1 role="status">{title}</h1>
      <p>{hint}</p>
    </main>
  )
}

interface FillingProps {
  readonly code: string
  readonly opened: PhoneForm
  readonly onDone: () => void
}

function Filling({ code, opened, onDone }: FillingProps) {
  const { t } = useTranslation("forms")
  const say = useSay()
  const { ofError } = useSentences()
  const { form, company, community, communityId } = opened
  const filling = useFilling(form)
  // Made once: what is sent again after a lost answer is the same form.
  const [submissionId] = useState(newId)
  const [missing, setMissing] = useState<string | null>(null)
  const send = useMutation({
    mutationFn: () => call(sendPhoneForm, { params: { code }, body: { submissionId, ...filling.said() } }),
    onSuccess: onDone,
    gcTime: 0,
  })
  const purpose = say(form.label)
  useEffect(() => {
    document.title = `${purpose} · ${community}`
  }, [purpose, community])
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const empty = filling.firstMissing()
    const isUnshown = filling.toConsent.length > 0 && !filling.isShown
    const unsigned = isUnshown ? t("agree.missing") : null
    const first = empty === undefined ? unsigned : t("phone.missing", { field: say(empty.label) })
    setMissing(first)
    if (first === null) send.mutate()
  }
  return (
    <main className="hd-open">
      <h1>{purpose}</h1>
      <p className="hd-faint">
        {company} · {community}
      </p>
      <p>{t("phone.intro", { purpose })}</p>
      <form autoComplete="off" noValidate onSubmit={submit}>
        {filling.shown
          .filter(({ need }) => need === "required")
          .map((field) => (
            <PhoneField key={field.code} field={field} filling={filling} />
          ))}
        {form.features.map(({ code: feature, label }) => (
          <label key={feature} className="hd-open-switch">
            <input
              type="checkbox"
              role="switch"
              checked={filling.uses(feature)}
              aria-checked={filling.uses(feature)}
              onChange={(event) => filling.use(feature, event.target.checked)}
            />
            <span>{say(label)}</span>
          </label>
        ))}
        {filling.shown.some(({ need }) => need === "optional") && <h2>{t("phone.optional")}</h2>}
        {filling.shown
          .filter(({ need }) => need === "optional")
          .map((field) => (
            <PhoneField key={field.code} field={field} filling={filling} />
          ))}
        {filling.toConsent.length > 0 && (
          <section aria-label={t("agree.title")}>
            <h2>{t("agree.title")}</h2>
            <p>
              {t("agree.signPhone", { fields: filling.toConsent.map(({ label }) => say(label)).join("、") })}
            </p>
            <SignaturePad
              onChange={(signature) =>
                filling.show(signature === null ? null : { kind: "signature", signature })
              }
            />
          </section>
        )}
        {(missing !== null || send.error !== null) && (
          <p className="hd-open-wrong" role="alert">
            {missing ?? ofError(send.error)}
          </p>
        )}
        <button className="hd-open-send" type="submit" disabled={send.isPending}>
          {send.isPending ? t("phone.sending") : t("phone.submit")}
        </button>
      </form>
      <p>
        <a href={paths.notice(communityId)}>{t("phone.notice")}</a>
      </p>
    </main>
  )
}
