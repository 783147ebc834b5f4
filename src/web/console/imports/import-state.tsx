import { Tag } from "antd"
import type { ImportSummary } from "../../../lifecycle/collect/contract.ts"
import { useWords } from "../../parts/use-words.ts"
import { isRunning, percentOf } from "./import-progress.ts"

const colors = {
  reading: "blue",
  uploaded: "gold",
  checking: "blue",
  checked: "gold",
  committing: "blue",
  done: "green",
  failed: "red",
  cancelled: "default",
} as const satisfies Record<ImportSummary["state"], string>

/** Where an import stands, with how far it is while the server works on it. */
export function ImportState({ row }: { readonly row: Pick<ImportSummary, "state" | "progress"> }) {
  const word = useWords()
  const far = isRunning(row) && row.progress.total > 0 ? ` ${percentOf(row.progress)}%` : ""
  return (
    <Tag color={colors[row.state]}>
      {word("importStates", row.state)}
      {far}
    </Tag>
  )
}
