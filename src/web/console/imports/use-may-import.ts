import { useTranslation } from "react-i18next"
import { useCommunity } from "../../parts/use-community.ts"

/** Why the viewer does not import rosters; `null`: he or she does. The server decides; this only spares a refusal. */
export function useMayImport(): string | null {
  const { t } = useTranslation("imports")
  const { posts } = useCommunity()
  return posts.includes("manager") ? null : t("upload.notAllowed")
}
