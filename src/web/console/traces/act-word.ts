import { useTranslation } from "react-i18next"
import { isActCode } from "./act-codes.ts"

/** An act in plain words; one that nobody has worded yet is shown as its code. */
export function useActWord(): (act: string) => string {
  const { t } = useTranslation("traces")
  return (act) => (isActCode(act) ? t(`acts.${act}`) : act)
}
