import { useTranslation } from "react-i18next"
import type { Witnessed } from "./witnessed.ts"

/** Who must have cosigned, and who has. */
export function WitnessedText({ witnessed }: { readonly witnessed: Witnessed }) {
  const { t } = useTranslation("verify")
  const { quorum, names, cosigned, size } = witnessed
  if (quorum === 0) return t("witnesses.unanswered")
  const policy = t("witnesses.policy", { quorum, count: names.length, names: names.join("、") })
  const seen =
    cosigned.length === 0
      ? t("witnesses.noneYet")
      : t("witnesses.cosigned", { count: cosigned.length, names: cosigned.join("、"), size })
  return `${policy}${seen}`
}
