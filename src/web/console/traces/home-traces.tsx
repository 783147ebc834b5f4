import { useNavigate } from "@tanstack/react-router"
import { Button } from "antd"
import { useTranslation } from "react-i18next"
import { useCommunity } from "../../parts/use-community.ts"
import { paths } from "../../paths.ts"

/** Everything about a home: for those who read traces and have the roster. */
export function HomeTraces({ homeId, home }: { readonly homeId: string; readonly home: string }) {
  const { t } = useTranslation("traces")
  const { communityId, posts } = useCommunity()
  const navigate = useNavigate()
  if (!posts.includes("manager")) return null
  return (
    <Button
      size="small"
      aria-label={t("home.openFor", { home })}
      onClick={() => void navigate({ to: paths.traces(communityId), search: { q: `home:${homeId}` } })}
    >
      {t("home.open")}
    </Button>
  )
}
