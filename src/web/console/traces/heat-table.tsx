import { useTranslation } from "react-i18next"
import type { Heat } from "../../../ledger/trace-explorer-contract.ts"
import { useWords } from "../../parts/use-words.ts"
import { heatOf } from "./heat.ts"
import "./heat.css"

const hours = Array.from({ length: 24 }, (_, hour) => hour)

/** Posts by hours; each cell tells its number, the colour only helps the eye. */
export function HeatTable({ posts }: { readonly posts: Heat["posts"] }) {
  const { t } = useTranslation("traces")
  const most = Math.max(...posts.flatMap(({ counts }) => counts))
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls on a phone, also by keyboard
    <div className="hd-heat" role="region" aria-label={t("heat.title")} tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t("heat.post")}</th>
            {hours.map((hour) => (
              <th key={hour} scope="col" aria-label={t("heat.hour", { hour })}>
                {hour}
              </th>
            ))}
            <th scope="col">{t("heat.total")}</th>
          </tr>
        </thead>
        <tbody>
          {posts.map((row) => (
            <HeatRow key={row.post} row={row} most={most} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function HeatRow({ row, most }: { readonly row: Heat["posts"][number]; readonly most: number }) {
  const { t } = useTranslation("traces")
  const post = useWords()("posts", row.post)
  return (
    <tr>
      <th scope="row">{post}</th>
      {row.counts.map((count, hour) => (
        <td
          key={hours[hour]}
          className={`hd-heat-${heatOf(count, most)}`}
          title={t("heat.cell", { post, hour, count })}
        >
          {count}
        </td>
      ))}
      <td className="hd-heat-total">{row.counts.reduce((sum, count) => sum + count, 0)}</td>
    </tr>
  )
}
