import { App, Button, Input } from "antd"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { fewestHouseholds } from "../../../lifecycle/catalogue/own-limits.ts"
import { type PublicNotice, publicNotice } from "../../../lifecycle/text/public-notice.ts"
import { Page } from "../../parts/page.tsx"
import { useCommunity } from "../../parts/use-community.ts"
import "./public-notice.css"

const longestText = 20_000

/** Makes what may hang on the board from what somebody wrote or pasted. Nothing of it leaves the browser. Clause 4.12. */
export function PublicNoticePage() {
  const { t } = useTranslation("notice")
  const [text, setText] = useState("")
  const notice = publicNotice(text)
  return (
    <Page title={t("title")} hint={t("hint")}>
      <div className="hd-notice">
        <section className="hd-section hd-notice-draft" aria-label={t("draft")}>
          <h2>{t("draft")}</h2>
          <Input.TextArea
            aria-label={t("draft")}
            value={text}
            onChange={(event) => setText(event.target.value)}
            placeholder={t("example")}
            autoSize={{ minRows: 12, maxRows: 24 }}
            maxLength={longestText}
            autoComplete="off"
          />
          <p className="hd-faint">{t("stays")}</p>
        </section>
        {text.trim() !== "" && <Made notice={notice} />}
      </div>
    </Page>
  )
}

function Made({ notice }: { readonly notice: PublicNotice }) {
  const { t } = useTranslation("notice")
  const { message } = App.useApp()
  const { communityName } = useCommunity()
  const paragraphs = useParagraphs(notice)
  const copy = async () => {
    await navigator.clipboard.writeText(paragraphs.join("\n"))
    message.success(t("copied"))
  }
  return (
    <section className="hd-section hd-notice-made" aria-label={t("made")}>
      <div className="hd-notice-head">
        <h2>{t("made")}</h2>
        <Button onClick={() => void copy()}>{t("copy")}</Button>
        <Button type="primary" onClick={() => window.print()}>
          {t("print")}
        </Button>
      </div>
      <div role="status" className="hd-notice-removed">
        {t("removed", notice.removed)}
        {notice.hidden > 0 && <p>{t("hidden", { count: notice.hidden, fewest: fewestHouseholds })}</p>}
      </div>
      <article className="hd-notice-sheet">
        <h3>{communityName}</h3>
        <p>{paragraphs.join("\n")}</p>
      </article>
    </section>
  )
}

function useParagraphs({ lines, groups }: PublicNotice): readonly string[] {
  const { t, i18n } = useTranslation("notice")
  if (groups.length === 0) return lines
  const money = new Intl.NumberFormat(i18n.language, { minimumFractionDigits: 2 })
  const sums = groups.map(({ buildings, households, cents }) => {
    const where = buildings.map((building) => t("building", { building })).join(t("and"))
    if (cents === null) return t("group", { where, count: households })
    return t("groupWithSum", { where, count: households, sum: money.format(cents / 100) })
  })
  return [...lines, t("sums"), ...sums, t("foot")]
}
