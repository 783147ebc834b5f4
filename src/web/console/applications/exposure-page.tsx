import { useQuery } from "@tanstack/react-query"
import { Button, Progress } from "antd"
import { useTranslation } from "react-i18next"
import { z } from "zod"
import { type exposure, listExposure } from "../../../lifecycle/use/cap-contract.ts"
import { ask } from "../../client.ts"
import { type ListColumn, ListPage } from "../../parts/list-page.tsx"
import { PathLink } from "../../parts/path-link.tsx"
import { useFilters } from "../../parts/use-address.ts"
import { useCommunity } from "../../parts/use-community.ts"
import { useWords } from "../../parts/use-words.ts"
import { When } from "../../parts/when.tsx"
import { paths } from "../../paths.ts"

type Row = z.infer<typeof exposure>

/** Who has put together how much of which household; with a home in the address, its whole map. Clause 1.5. */
export function ExposurePage() {
  const { t } = useTranslation("mosaic")
  const { communityId } = useCommunity()
  const { values, set } = useFilters()
  const home = z.uuid().safeParse(values["home"]).data
  const query = useQuery(ask(listExposure, { params: { communityId }, query: { home } }))
  const { days = 365, applyAt = 20, refuseAt = 40 } = query.data ?? {}
  return (
    <ListPage
      title={t("title")}
      hint={t("hint", { days, applyAt, refuseAt })}
      back={<PathLink to={paths.caps(communityId)}>‹ {t("back")}</PathLink>}
      query={query}
      rows={(reply): readonly Row[] => reply.rows}
      rowKey={(row) => `${row.staffId} ${row.homeId}`}
      columns={useColumns({ refuseAt, isOneHome: home !== undefined })}
      empty={{ title: t("empty"), hint: t("emptyHint") }}
      filters={home !== undefined && <Button onClick={() => set({ home: undefined })}>{t("all")}</Button>}
    />
  )
}

function useColumns({
  refuseAt,
  isOneHome,
}: {
  refuseAt: number
  isOneHome: boolean
}): readonly ListColumn<Row>[] {
  const { t } = useTranslation("mosaic")
  const { set } = useFilters()
  const say = useWords()
  const colours = { free: "#1677ff", apply: "#d48806", reached: "#cf1322" } as const
  return [
    { key: "name", title: t("columns.name"), card: "title", render: (row) => row.name },
    {
      key: "place",
      title: t("columns.place"),
      card: "extra",
      render: (row) => {
        const place = row.place ?? t("gone")
        if (isOneHome) return place
        return (
          <Button
            type="link"
            className="hd-flat"
            title={t("ofHome")}
            onClick={() => set({ home: row.homeId })}
          >
            {place}
          </Button>
        )
      },
    },
    {
      key: "exposure",
      title: t("columns.exposure"),
      width: 220,
      render: ({ exposure: sum, state }) => {
        const label = t("of", { count: sum, limit: refuseAt })
        return (
          <Progress
            aria-label={`${label} ${t(`state.${state}`)}`}
            size="small"
            percent={Math.min(100, (sum / Math.max(1, refuseAt)) * 100)}
            strokeColor={colours[state]}
            status="normal"
            format={() => (state === "free" ? label : `${label} ${t(`state.${state}`)}`)}
          />
        )
      },
    },
    {
      key: "pieces",
      title: t("columns.pieces"),
      render: (row) =>
        row.classes
          .map(({ class: kind, fields }) => {
            const names = fields.map(({ field, subjects }) => {
              const word = say("fields", field)
              return subjects > 1 ? t("subjects", { field: word, count: subjects }) : word
            })
            return `${say("classes", kind)}：${names.join("、")}`
          })
          .join("；"),
    },
    { key: "lastAt", title: t("columns.lastAt"), render: (row) => <When at={row.lastAt} /> },
  ]
}
