import { useTranslation } from "react-i18next"
import type { Post } from "../../../duty/people/post.ts"
import { useCommunity } from "../../parts/use-community.ts"

const desk: readonly Post[] = ["clerk", "supervisor", "manager"]
const starters: readonly Post[] = ["supervisor", "manager"]
const runReaders: readonly Post[] = [...starters, "privacy_officer", "auditor"]

/** What the server will let the viewer do about consent; it decides, this only explains. */
export function useConsentAccess() {
  const { t } = useTranslation("consent")
  const { posts } = useCommunity()
  const holds = (wanted: readonly Post[]) => posts.some((post) => wanted.includes(post))
  return {
    isDesk: holds(desk),
    isCounter: holds(runReaders),
    /** `null`: may; else why not. */
    notDesk: holds(desk) ? null : t("why.desk"),
    notOfficer: posts.includes("privacy_officer") ? null : t("why.officer"),
    notStarter: holds(starters) ? null : t("why.starter"),
    notRunReader: holds(runReaders) ? null : t("why.runReader"),
  }
}
