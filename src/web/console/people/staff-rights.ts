import { useTranslation } from "react-i18next"
import type { StaffMember } from "../../../duty/people/contract.ts"
import { useCommunity } from "../../parts/use-community.ts"
import { useSession } from "../../parts/use-session.ts"

const appointing = ["privacy_officer", "system_admin"]

/** Why the viewer may not appoint, or not act on one member; `null`: may. The server decides. */
export interface StaffRights {
  readonly toAppoint: string | null
  readonly toChange: (member: StaffMember) => string | null
}

export function useStaffRights(): StaffRights {
  const { t } = useTranslation("people")
  const { posts } = useCommunity()
  const { staffId } = useSession()
  const toAppoint = posts.some((post) => appointing.includes(post)) ? null : t("why.notYourPost")
  return {
    toAppoint,
    toChange: (member) => {
      if (toAppoint !== null) return toAppoint
      if (member.staffId === staffId) return t("why.self")
      return member.leftAt === null ? null : t("why.left")
    },
  }
}
