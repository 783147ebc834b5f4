import { useTranslation } from "react-i18next"
import type { ImportDetail } from "../../../lifecycle/collect/contract.ts"

const afterwards = [
  "rows",
  "taken",
  "added",
  "merged",
  "unchanged",
  "toVerify",
  "refused",
  "toDestroy",
] as const
type Count = (typeof afterwards)[number]

/** What is new only shows when the rows meet the roster. */
const beforehand: readonly Count[] = ["rows", "taken", "toVerify", "refused", "toDestroy"]

const marks: Partial<Record<Count, string>> = {
  refused: "hd-count hd-count-bad",
  toVerify: "hd-count hd-count-verify",
}

/** What became of the rows, or would become; and how much was not collected. */
export function Counts({ detail }: { readonly detail: ImportDetail }) {
  const { t } = useTranslation("imports")
  const { counts, dropped, state } = detail
  if (counts === null) return null
  const label = (count: Count) =>
    count === "taken"
      ? t(state === "checked" ? "counts.taken.will" : "counts.taken.did")
      : t(`counts.${count}`)
  const cells = dropped.reduce((sum, column) => sum + column.cells, 0)
  return (
    <>
      <dl className="hd-counts">
        {(state === "checked" ? beforehand : afterwards).map((count) => (
          <div key={count} className={(counts[count] > 0 ? marks[count] : undefined) ?? "hd-count"}>
            <dt>{label(count)}</dt>
            <dd>{counts[count].toLocaleString()}</dd>
          </div>
        ))}
      </dl>
      {dropped.length > 0 && (
        <p>{t("dropped", { columns: dropped.length, cells: cells.toLocaleString() })}</p>
      )}
    </>
  )
}
