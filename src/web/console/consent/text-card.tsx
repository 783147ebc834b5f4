import { useQuery } from "@tanstack/react-query"
import { Button } from "antd"
import { useTranslation } from "react-i18next"
import { consentStates } from "../../../lifecycle/consent/consent.ts"
import { type ConsentText, countConsents } from "../../../lifecycle/consent/contract.ts"
import { ask } from "../../client.ts"
import { Guard } from "../../parts/guard.tsx"
import { PathLink } from "../../parts/path-link.tsx"
import { ReadText } from "../../parts/read-text.tsx"
import { useCommunity } from "../../parts/use-community.ts"
import { useWords } from "../../parts/use-words.ts"
import { When } from "../../parts/when.tsx"
import { paths } from "../../paths.ts"
import { useConsentAccess } from "./consent-access.ts"
import { ConsentState } from "./consent-state.tsx"

export interface TextCardProps {
  /** The newest first. */
  readonly versions: readonly ConsentText[]
  readonly onEdit: (text: ConsentText) => void
}

/** The text in force as it is read, how many stand where, and what was asked before. */
export function TextCard({ versions, onEdit }: TextCardProps) {
  const { t, i18n } = useTranslation("consent")
  const word = useWords()
  const { notOfficer } = useConsentAccess()
  const [text, ...before] = versions
  if (text === undefined) return null
  const language = i18n.language === "en" ? "en" : "zh-CN"
  const shown = text.words[language]
  return (
    <section className="hd-consent" aria-label={shown.name}>
      <header>
        <h2>{shown.name}</h2>
        <Guard reason={notOfficer}>
          {(disabled) => (
            <Button disabled={disabled} onClick={() => onEdit(text)}>
              {t("texts.edit")}
            </Button>
          )}
        </Guard>
      </header>
      <p className="hd-faint">
        {t("texts.version", { version: text.version })} <When at={text.since} /> ·{" "}
        {word("purposes", text.purpose)} · {text.fields.map((code) => word("fields", code)).join("、")} ·{" "}
        {t("texts.coolDown", { count: text.coolDownDays })}
        {text.validDays !== null && ` · ${t("texts.valid", { count: text.validDays })}`}
      </p>
      <ReadText lang={language} text={shown.rendered} />
      <Counts feature={text.feature} />
      {before.length > 0 && (
        <details className="hd-consent-before">
          <summary>{t("texts.before", { count: before.length })}</summary>
          {before.map((one) => (
            <div key={one.version}>
              <p className="hd-faint">
                {t("texts.oldVersion", { version: one.version })} <When at={one.since} />
              </p>
              <ReadText lang={language} text={one.words[language].rendered} />
            </div>
          ))}
        </details>
      )}
    </section>
  )
}

/** Numbers only; nobody is named. Whoever works at the desk opens the list behind a number. */
function Counts({ feature }: { readonly feature: string }) {
  const { t } = useTranslation("consent")
  const { communityId } = useCommunity()
  const { isCounter, isDesk } = useConsentAccess()
  const query = useQuery({ ...ask(countConsents, { params: { communityId } }), enabled: isCounter })
  const states = query.data?.counts.find((one) => one.feature === feature)?.states ?? {}
  const found = consentStates.flatMap((state) => {
    const count = states[state] ?? 0
    return count === 0 ? [] : [{ state, count }]
  })
  const list = paths.consents(communityId)
  if (!isCounter)
    return (
      <PathLink to={list} search={{ tab: "persons", feature }}>
        {t("texts.whom")}
      </PathLink>
    )
  if (query.data !== undefined && found.length === 0) return <p className="hd-faint">{t("texts.nobody")}</p>
  return (
    <p className="hd-consent-counts">
      {found.map(({ state, count }) =>
        isDesk ? (
          <PathLink key={state} to={list} search={{ tab: "persons", feature, state }}>
            <ConsentState state={state} count={count} />
          </PathLink>
        ) : (
          <ConsentState key={state} state={state} count={count} />
        ),
      )}
      {!isDesk && (states.stale ?? 0) > 0 && <span className="hd-faint">{t("texts.deskAsks")}</span>}
    </p>
  )
}
