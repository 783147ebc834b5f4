import { useQuery } from "@tanstack/react-query"
import { useEffect } from "react"
import { useTranslation } from "react-i18next"
import { type NoticeView, readNotice } from "../../lifecycle/forms/notice-contract.ts"
import { ask } from "../client.ts"
import { chooseLanguage, currentLanguage } from "../i18n.ts"
import { basisIn } from "../parts/basis.ts"
import { ScanCode } from "../parts/scan-code.tsx"
import { usePathParams } from "../parts/use-address.ts"
import { useSay } from "../parts/use-say.ts"
import { paths } from "../paths.ts"
import "./open.css"

/** The public notice (PIPL 17), always of the regime in force; on paper one reads the code for the newest. */
export function NoticePage() {
  const { t } = useTranslation("channels")
  const { communityId = "" } = usePathParams()
  const query = useQuery({ ...ask(readNotice, { params: { communityId } }), retry: false })
  useEffect(() => {
    document.title = t("notice.title")
  }, [t])
  const notice = query.data
  if (query.error !== null) return <main className="hd-open">{t("notice.absent")}</main>
  if (notice === undefined) return <main className="hd-open" />
  return (
    <main className="hd-open">
      <div className="hd-open-bar">
        <button
          type="button"
          onClick={() => void chooseLanguage(currentLanguage() === "en" ? "zh-CN" : "en")}
        >
          {t("notice.language")}
        </button>
        <button type="button" onClick={() => window.print()}>
          {t("notice.print")}
        </button>
      </div>
      <h1>{t("notice.title")}</h1>
      <p className="hd-faint">
        {t("notice.version", { version: notice.version, date: notice.since.slice(0, 10) })}
      </p>
      <Who notice={notice} />
      <Collected notice={notice} />
      <Shared notice={notice} />
      <Rights notice={notice} />
    </main>
  )
}

interface PartProps {
  readonly notice: NoticeView
}

function Who({ notice: { company, community, contact } }: PartProps) {
  const { t } = useTranslation("channels")
  const how = contact === null ? [] : [contact.officer, contact.phone, contact.email, contact.address]
  return (
    <section aria-label={t("notice.who")}>
      <h2>{t("notice.who")}</h2>
      <p>
        {t("notice.company")}：{company}
        <br />
        {t("notice.community")}：{community}
        <br />
        {t("notice.contact")}：
        {contact === null ? t("notice.noContact") : how.filter((one) => one !== "").join(" · ")}
      </p>
      <p>{t("notice.methods")}</p>
    </section>
  )
}

function Collected({ notice: { collected } }: PartProps) {
  const { t, i18n } = useTranslation("channels")
  const say = useSay()
  return (
    <section aria-label={t("notice.collected")}>
      <h2>{t("notice.collected")}</h2>
      {collected.length === 0 && <p>{t("notice.none")}</p>}
      {collected.length > 0 && <p>{t("notice.refuse")}</p>}
      {collected.map((purpose) => (
        <section key={purpose.code} aria-label={say(purpose.label)}>
          <h3>{say(purpose.label)}</h3>
          <p className="hd-faint">
            {say(purpose.service)} · {t("notice.basis")}：{basisIn(i18n.language, purpose.basis)} ·{" "}
            {t("notice.through")}：<Channels codes={purpose.channels} />
          </p>
          <Fields fields={purpose.fields} />
        </section>
      ))}
    </section>
  )
}

function Channels({ codes }: { readonly codes: readonly string[] }) {
  const { t, i18n } = useTranslation("channels")
  const names = codes.map((code) => {
    const found: unknown = i18n.getResource(i18n.language, "channels", `names.${code}`)
    return typeof found === "string" ? found : code
  })
  return <>{names.join(t("notice.field") === "Field" ? ", " : "、")}</>
}

function Fields({ fields }: { readonly fields: NoticeView["collected"][number]["fields"] }) {
  const { t } = useTranslation("channels")
  const say = useSay()
  return (
    <div className="hd-open-scroll">
      <table>
        <thead>
          <tr>
            <th>{t("notice.field")}</th>
            <th>{t("notice.need")}</th>
            <th>{t("notice.retention")}</th>
          </tr>
        </thead>
        <tbody>
          {fields.map((field) => (
            <tr key={field.code}>
              <td>
                {say(field.label)}
                {field.isSensitive && ` (${t("notice.sensitive")})`}
              </td>
              <td>
                {t(`notice.${field.need}`)}
                {field.note !== null && ` · ${say(field.note)}`}
              </td>
              <td>{say(field.retention)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Shared({ notice: { shared } }: PartProps) {
  const { t, i18n } = useTranslation("channels")
  const say = useSay()
  return (
    <section aria-label={t("notice.shared")}>
      <h2>{t("notice.shared")}</h2>
      <p>{shared.length === 0 ? t("notice.sharedNone") : t("notice.sharedHint")}</p>
      <ul>
        {shared.map((one) => (
          <li key={one.purpose.en}>
            {say(one.purpose)}（{basisIn(i18n.language, one.basis)}）：{one.fields.map(say).join(" · ")}
          </li>
        ))}
      </ul>
    </section>
  )
}

const rights = ["know", "correct", "remove", "withdraw", "complain"] as const

function Rights({ notice: { communityId } }: PartProps) {
  const { t } = useTranslation("channels")
  return (
    <section aria-label={t("notice.rights")}>
      <h2>{t("notice.rights")}</h2>
      <ul>
        {rights.map((right) => (
          <li key={right}>{t(`notice.rightsList.${right}`)}</li>
        ))}
      </ul>
      <p>{t("notice.how")}</p>
      <ScanCode text={`${window.location.origin}${paths.notice(communityId)}`} label={t("notice.scan")} />
      <p className="hd-faint">{t("notice.scan")}</p>
    </section>
  )
}
