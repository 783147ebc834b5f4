/** Chinese first; English has the type of the Chinese texts, so that a missing text does not compile. */

import i18next from "i18next"
import { initReactI18next } from "react-i18next"
import { en } from "./locales/en.ts"
import { zhCN } from "./locales/zh-CN.ts"

export type Language = "zh-CN" | "en"

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "shell"
    resources: typeof zhCN
    returnNull: false
  }
}

const remembered = "hudun.language"

/** Starts the texts in the language this browser chose last, Chinese at first. */
export async function startTexts(): Promise<void> {
  i18next.on("languageChanged", (language) => {
    document.documentElement.lang = language
  })
  await i18next.use(initReactI18next).init({
    lng: localStorage.getItem(remembered) === "en" ? "en" : "zh-CN",
    fallbackLng: false,
    defaultNS: "shell",
    ns: Object.keys(zhCN),
    resources: { "zh-CN": zhCN, en },
    // React escapes what it renders.
    interpolation: { escapeValue: false },
  })
}

/** The language of the page and what changes it. */
export async function chooseLanguage(language: Language): Promise<void> {
  localStorage.setItem(remembered, language)
  await i18next.changeLanguage(language)
}

export function currentLanguage(): Language {
  return i18next.language === "en" ? "en" : "zh-CN"
}
