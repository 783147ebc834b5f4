import { type ReactNode, useEffect } from "react"
import { useTranslation } from "react-i18next"
import { LanguageButton } from "../shell/language-button.tsx"
import { Logo } from "../shell/logo.tsx"

export interface EntryFrameProps {
  readonly title: string
  readonly hint?: string
  /** Two columns of content instead of one narrow form. */
  readonly wide?: boolean
  readonly children: ReactNode
}

/** What is shown before somebody is in: the mark, a title, one thing to do. */
export function EntryFrame({ title, hint, wide = false, children }: EntryFrameProps) {
  const { t } = useTranslation("shell")
  useEffect(() => {
    document.title = `${title} · ${t("product")}`
  }, [title, t])
  return (
    <div className="hd-entry">
      <header className="hd-entry-head">
        <span className="hd-entry-brand">
          <Logo size={30} />
          <strong>{t("product")}</strong>
          <span className="hd-faint">{t("tagline")}</span>
        </span>
        <LanguageButton />
      </header>
      <main className={wide ? "hd-entry-main hd-entry-wide" : "hd-entry-main"}>
        <h1>{title}</h1>
        {hint !== undefined && <p className="hd-faint">{hint}</p>}
        {children}
      </main>
    </div>
  )
}
