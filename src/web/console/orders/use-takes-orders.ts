import { useTranslation } from "react-i18next"
import type { Post } from "../../../duty/people/post.ts"
import { useCommunity } from "../../parts/use-community.ts"

const desk: readonly Post[] = ["clerk", "supervisor", "manager"]

/** Why the viewer does not take in orders; `null`: he or she does. The server decides; this only spares a refusal. */
export function useTakesOrders(): string | null {
  const { t } = useTranslation("shell")
  const { posts } = useCommunity()
  if (posts.some((post) => desk.includes(post))) return null
  return posts.includes("repairer") ? t("why.repairerOwnOrders") : t("why.notYourPost")
}
