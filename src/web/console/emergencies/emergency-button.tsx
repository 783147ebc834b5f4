import { useNavigate } from "@tanstack/react-router"
import { Button } from "antd"
import { useTranslation } from "react-i18next"
import { Guard } from "../../parts/guard.tsx"
import { useCommunity } from "../../parts/use-community.ts"
import { paths } from "../../paths.ts"

const desk = ["clerk", "supervisor", "manager"]

/** The way to breaking the glass, for the home of a person or any home. Clause 4.9. */
export function EmergencyButton({ personId }: { readonly personId?: string }) {
  const { t } = useTranslation("emergency")
  const { communityId, posts } = useCommunity()
  const navigate = useNavigate()
  const go = () =>
    void navigate({
      to: paths.newEmergency(communityId),
      search: personId === undefined ? {} : { person: personId },
    })
  return (
    <Guard reason={posts.some((post) => desk.includes(post)) ? null : t("breakClosed")}>
      {(disabled) => (
        <Button danger disabled={disabled} onClick={go}>
          {t("title")}
        </Button>
      )}
    </Guard>
  )
}
