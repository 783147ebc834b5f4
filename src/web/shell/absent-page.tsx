import { useTranslation } from "react-i18next"
import { Nothing } from "../parts/nothing.tsx"
import { PathLink } from "../parts/path-link.tsx"
import { paths } from "../paths.ts"

/** No such page, or outside one's reach: the two look the same. */
export function AbsentPage() {
  const { t } = useTranslation("shell")
  return (
    <div className="hd-alone">
      <Nothing
        title={t("absent.title")}
        hint={t("absent.hint")}
        action={<PathLink to={paths.home()}>{t("absent.home")}</PathLink>}
      />
    </div>
  )
}
