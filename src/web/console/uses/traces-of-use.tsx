import { useNavigate } from "@tanstack/react-router"
import { Button } from "antd"
import { useTranslation } from "react-i18next"
import { Guard } from "../../parts/guard.tsx"
import { useCommunity } from "../../parts/use-community.ts"
import { paths } from "../../paths.ts"
import { closedTo } from "../../shell/menu-pages.ts"

/** Leads to the traces of one use, for those who read traces. */
export function TracesOfUse({ useId }: { readonly useId: string }) {
  const { t } = useTranslation("uses")
  const reach = useCommunity()
  const navigate = useNavigate()
  const reason = closedTo("traces", reach) === null ? null : t("use.tracesClosed")
  const show = () => void navigate({ to: paths.traces(reach.communityId), search: { use: useId } })
  return (
    <Guard reason={reason}>
      {(disabled) => (
        <Button disabled={disabled} onClick={show}>
          {t("use.traces")}
        </Button>
      )}
    </Guard>
  )
}
