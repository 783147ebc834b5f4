import { useNavigate } from "@tanstack/react-router"
import { Button } from "antd"
import { useTranslation } from "react-i18next"
import { useCommunity } from "../../parts/use-community.ts"
import { paths } from "../../paths.ts"

/** From the list to what else the traces tell. */
export function TraceWays() {
  const { t } = useTranslation(["traces", "verify"])
  const { communityId } = useCommunity()
  const navigate = useNavigate()
  return (
    <>
      <Button onClick={() => void navigate({ to: paths.traceHours(communityId) })}>{t("heat.open")}</Button>
      <Button onClick={() => void navigate({ to: paths.rootSheet(communityId) })}>
        {t("verify:root.open")}
      </Button>
      <Button onClick={() => void navigate({ to: paths.verify() })}>{t("verify:title")}</Button>
    </>
  )
}
