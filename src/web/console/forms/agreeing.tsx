import { useTranslation } from "react-i18next"
import { SignaturePad } from "../../parts/signature-pad.tsx"
import type { Filling } from "../../parts/use-filling.ts"
import { useSay } from "../../parts/use-say.ts"
import { PaperFields } from "../consent/evidence-fields.tsx"
import "../consent/consent.css"

export interface AgreeingProps {
  readonly filling: Filling
  /** Number of the sheet; `null`: it is filled in on the screen. */
  readonly sheet: string | null
}

/** What shows that the person agrees to what is switched on: a signature here, or the signed sheet. Clause 2.5. */
export function Agreeing({ filling, sheet }: AgreeingProps) {
  const { t } = useTranslation("forms")
  const say = useSay()
  const { toConsent, show } = filling
  if (toConsent.length === 0) return null
  const fields = toConsent.map(({ label }) => say(label)).join("、")
  return (
    <section className="hd-section" aria-label={t("agree.title")}>
      <h2>{t("agree.title")}</h2>
      <p className="hd-faint">{t(sheet === null ? "agree.sign" : "agree.paper", { fields })}</p>
      {sheet === null ? (
        <SignaturePad
          onChange={(signature) => show(signature === null ? null : { kind: "signature", signature })}
        />
      ) : (
        <PaperFields
          number={sheet}
          onChange={(said) =>
            show(said === null ? null : { kind: "paper", place: said.place, scan: said.scan })
          }
        />
      )}
    </section>
  )
}
