import { useMutation } from "@tanstack/react-query"
import { useLocation } from "@tanstack/react-router"
import { Skeleton } from "antd"
import { useEffect, useState } from "react"
import { useTranslation } from "react-i18next"
import { enterVisit, type VisitPage as Visit } from "../../lifecycle/visit/contract.ts"
import { call } from "../client.ts"
import { RefusalAlert } from "../parts/refusal-alert.tsx"
import { showInstant } from "../parts/when.tsx"
import { LanguageButton } from "../shell/language-button.tsx"
import { Logo } from "../shell/logo.tsx"
import { VisitContact } from "./visit-contact.tsx"
import { VisitWork } from "./visit-work.tsx"
import "./visit.css"

/** One order for one repairer on one phone, without a log-in. Keeps nothing: not in the address, a store or a cache. Clause 4.6. */
export function VisitPage() {
  const { t } = useTranslation("visit")
  const { hash } = useLocation()
  const link = hash.replace(/^#/, "")
  const [isFinished, setFinished] = useState(false)
  const entered = useEntry(link)
  useEffect(() => {
    document.title = t("title")
  }, [t])
  return (
    <div className="hd-visit">
      <header>
        <Logo size={24} />
        <h1>{t("title")}</h1>
        <LanguageButton />
      </header>
      <main>
        {isFinished ? (
          <section className="hd-visit-finished" role="status">
            <h2>{t("finished")}</h2>
            <p>{t("finishedHint")}</p>
          </section>
        ) : (
          <>
            {link === "" && <p>{t("noLink")}</p>}
            {entered.isPending && <Skeleton active paragraph={{ rows: 6 }} title={false} />}
            <RefusalAlert error={entered.error} />
            {entered.data && <Order visit={entered.data} onFinished={() => setFinished(true)} />}
          </>
        )}
      </main>
    </div>
  )
}

/** A command, not a query: it is sent once for each link and nothing of its answer is kept for others. */
function useEntry(link: string) {
  const entry = useMutation({ mutationFn: () => call(enterVisit, { body: { link } }), gcTime: 0 })
  const { mutate } = entry
  useEffect(() => {
    if (link !== "") mutate()
  }, [link, mutate])
  return entry
}

function Order({ visit, onFinished }: { readonly visit: Visit; readonly onFinished: () => void }) {
  const { t } = useTranslation("visit")
  const { window } = visit
  const agreed =
    window === null ? t("noWindow") : `${showInstant(window.from)} – ${showInstant(window.until).slice(-5)}`
  return (
    <>
      <section aria-label={t("place")}>
        <p className="hd-visit-place">{visit.place}</p>
        <dl>
          <dt>{t("window")}</dt>
          <dd>{agreed}</dd>
          <dt>{t("name")}</dt>
          <dd>{visit.name ?? "—"}</dd>
          <dt>{t("number")}</dt>
          <dd>{visit.number}</dd>
        </dl>
        <h2>{t("matter")}</h2>
        <p className="hd-visit-text">{visit.text ?? t("textAway")}</p>
      </section>
      <VisitContact visit={visit} />
      <VisitWork visit={visit} onFinished={onFinished} />
      <footer>
        <p>{t("forYou", { name: visit.repairer })}</p>
        <p>
          {t("until")} {showInstant(visit.validUntil)}
        </p>
      </footer>
    </>
  )
}
