import { useEffect, useState } from "react"
import { useTranslation } from "react-i18next"
import { useSession } from "../../parts/use-session.ts"
import { showInstant } from "../../parts/when.tsx"

/** On paper only: who printed it and when. */
export function PrintedBy() {
  const { t } = useTranslation("uses")
  const { name, login } = useSession()
  const [at, setAt] = useState(() => new Date().toISOString())
  useEffect(() => {
    const stamp = () => setAt(new Date().toISOString())
    window.addEventListener("beforeprint", stamp)
    return () => window.removeEventListener("beforeprint", stamp)
  }, [])
  return <p className="hd-printed">{t("use.printed", { name, login, at: showInstant(at) })}</p>
}
