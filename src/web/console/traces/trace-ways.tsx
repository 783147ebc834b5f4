import { useNavigate } from "@tanstack/react-router"
import { Button, Tooltip } from "antd"
import { useTranslation } from "react-i18next"
import { exportTraces } from "../../../ledger/trace-export-contract.ts"
import { type Term, wantedOf } from "../../../ledger/trace-query.ts"
import { href } from "../../client.ts"
import { Icon } from "../../parts/icon.tsx"
import { useCommunity } from "../../parts/use-community.ts"
import { paths } from "../../paths.ts"

/** From the list to what else the traces tell. */
export function TraceWays({ terms }: { readonly terms: readonly Term[] }) {
  const { t } = useTranslation(["traces", "verify"])
  const { communityId } = useCommunity()
  const navigate = useNavigate()
  return (
    <>
      <ExportButton communityId={communityId} terms={terms} />
      <Button onClick={() => void navigate({ to: paths.traceHours(communityId) })}>{t("heat.open")}</Button>
      <Button onClick={() => void navigate({ to: paths.rootSheet(communityId) })}>
        {t("verify:root.open")}
      </Button>
      <Button onClick={() => void navigate({ to: paths.verify() })}>{t("verify:title")}</Button>
    </>
  )
}

interface ExportButtonProps {
  readonly communityId: string
  readonly terms: readonly Term[]
}

/** Whole stretches of the log, because only of a stretch without holes can be shown that nothing is missing. Clause 7.2. */
function ExportButton({ communityId, terms }: ExportButtonProps) {
  const { t } = useTranslation("traces")
  const { from, until } = wantedOf(terms)
  const query = {
    ...(from === undefined ? {} : { after: from }),
    ...(until === undefined ? {} : { before: until }),
  }
  const hint = t(from === undefined && until === undefined ? "export.whole" : "export.days")
  return (
    <Tooltip title={hint}>
      <Button
        icon={<Icon name="download" />}
        href={href(exportTraces, { params: { communityId }, query })}
        download
      >
        {t("export.open")}
      </Button>
    </Tooltip>
  )
}
