import { useTranslation } from "react-i18next"

export interface MaskedTextProps {
  /** Masks as the server made them: one, several (a person with two phones), or none. */
  readonly mask: string | readonly string[] | null
  /** How many values there are, when fewer masks are shown. */
  readonly count?: number
}

/** A masked value. Set in figures of one width, so that columns of masks line up. */
export function MaskedText({ mask, count }: MaskedTextProps) {
  const { t } = useTranslation("parts")
  const masks = mask === null ? [] : typeof mask === "string" ? [mask] : mask
  if (masks.length === 0) return <span className="hd-faint">{t("mask.absent")}</span>
  const more = (count ?? masks.length) - masks.length
  return (
    <span className="hd-mask" title={t("mask.explain")}>
      {masks.map((one, index) => (
        <span key={index} className="hd-mask-value">
          {one}
        </span>
      ))}
      {more > 0 && <span className="hd-faint">{t("mask.more", { count: more })}</span>}
    </span>
  )
}
