import { useQuery } from "@tanstack/react-query"
import { useNavigate } from "@tanstack/react-router"
import { Button } from "antd"
import { useTranslation } from "react-i18next"
import { listCaps } from "../../../lifecycle/use/cap-contract.ts"
import { ask } from "../../client.ts"
import { type ListColumn, ListPage } from "../../parts/list-page.tsx"
import { PathLink } from "../../parts/path-link.tsx"
import { useCommunity } from "../../parts/use-community.ts"
import { paths } from "../../paths.ts"
import { CapBar, capLines, type Gauge } from "./cap-bar.tsx"

interface Row {
  readonly staffId: string
  readonly name: string
  readonly gauges: readonly Gauge[]
}

/** Where everybody who can see plain text stands against the lines of 4.8. */
export function CapsPage() {
  const { t } = useTranslation("applications")
  const { t: mosaic } = useTranslation("mosaic")
  const { communityId } = useCommunity()
  const navigate = useNavigate()
  const query = useQuery(ask(listCaps, { params: { communityId } }))
  const columns: readonly ListColumn<Row>[] = [
    { key: "name", title: t("meter.name"), card: "title", render: (row) => row.name },
    ...capLines.map((line) => ({
      key: line,
      title: t(`meter.lines.${line}`),
      render: (row: Row) => <CapBar gauge={row.gauges.find((one) => one.line === line)} />,
    })),
  ]
  return (
    <ListPage
      title={t("meter.title")}
      hint={t("meter.hint", { days: query.data?.days ?? 30 })}
      back={<PathLink to={paths.applications(communityId)}>‹ {t("meter.back")}</PathLink>}
      actions={
        <Button onClick={() => void navigate({ to: paths.exposure(communityId) })}>{mosaic("open")}</Button>
      }
      query={query}
      rows={(reply): readonly Row[] => reply.people}
      rowKey={(row) => row.staffId}
      columns={columns}
      empty={{ title: t("meter.empty") }}
    />
  )
}
