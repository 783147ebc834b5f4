import { useTranslation } from "react-i18next"
import type { Printed } from "../../../lifecycle/forms/contract.ts"
import { basisIn } from "../../parts/basis.ts"
import { ScanCode } from "../../parts/scan-code.tsx"
import { useCommunity } from "../../parts/use-community.ts"
import { useSay } from "../../parts/use-say.ts"
import { paths } from "../../paths.ts"

export interface PaperFormProps {
  readonly number: string
  readonly printed: Printed
}

/** One A4 page: number and code, what is required, tick boxes for the rest, notice, signature. Clauses 2.3, 2.5. */
export function PaperForm({ number, printed: { form, company, community } }: PaperFormProps) {
  const { t, i18n } = useTranslation("forms")
  const say = useSay()
  const { communityId } = useCommunity()
  const asked = form.fields.filter(({ input }) => input !== "place")
  const required = asked.filter(({ need }) => need === "required")
  const optional = asked.filter(({ need }) => need === "optional")
  const textOf = ({ consent, sentence }: (typeof optional)[number]) =>
    // The whole text under its heading, which stands before it.
    consent === null ? sentence && say(sentence) : say(consent.rendered).split("\n").slice(1).join(" ")
  const notice = `${window.location.origin}${paths.notice(communityId)}`
  return (
    <article className="hd-paper" aria-label={`${t("paper.sheet")} ${number}`}>
      <header>
        <div>
          <h2>
            {say(form.label)} {t("paper.sheet")}
          </h2>
          <p>
            {t("paper.company")}：{company} · {community}
            <br />
            {t("paper.service")}：{say(form.service)}
            <br />
            {t("paper.basis")}：{basisIn(i18n.language, form.basis)} · {t("paper.regime")}{" "}
            {form.regimeVersion}
          </p>
        </div>
        <div>
          <ScanCode text={number} label={number} />
          <div>{number}</div>
        </div>
      </header>
      <table>
        <tbody>
          {required.map((field) => (
            <tr key={field.code}>
              <th>{say(field.label)}</th>
              <td>{"\u00a0"}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {optional.length > 0 && <p>{t("paper.optional")}</p>}
      <ul>
        {optional.map((field) => (
          <li key={field.code}>
            <span className="hd-paper-box" />
            <span>
              {say(field.label)}：{textOf(field)}
              {field.input === "device" ? ` ${t("device")}` : <span className="hd-paper-line" />}
            </span>
          </li>
        ))}
      </ul>
      <footer>
        <div>
          <p>{t("paper.notice")}</p>
          <p>
            {t("paper.signature")}：______________ {t("paper.date")}：__________
          </p>
        </div>
        <div>
          <ScanCode text={notice} label={t("paper.scan")} />
          <div>{t("paper.scan")}</div>
        </div>
      </footer>
    </article>
  )
}
