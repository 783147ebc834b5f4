import { Button } from "antd"
import { useTranslation } from "react-i18next"
import { chooseLanguage, currentLanguage } from "../i18n.ts"

/** Names the other language, in that language. */
export function LanguageButton() {
  const { t } = useTranslation("shell")
  const other = currentLanguage() === "en" ? "zh-CN" : "en"
  return (
    <Button type="text" className="hd-language" lang={other} onClick={() => void chooseLanguage(other)}>
      {t("user.language")}
    </Button>
  )
}
