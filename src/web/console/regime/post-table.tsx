import { useTranslation } from "react-i18next"
import type { RegimeView } from "../../../lifecycle/catalogue/contract.ts"
import { type ListColumn, ListRows } from "../../parts/list-page.tsx"
import { useWords } from "../../parts/use-words.ts"

type PostRule = RegimeView["posts"][number]

const levels = ["0", "1", "2", "3"] as const

/** Which post sees which classes masked. Clause 3.8. */
export function PostTable({ posts }: { readonly posts: readonly PostRule[] }) {
  const { t } = useTranslation("regime")
  const say = useWords()
  const levelOf = (level: number) => {
    const known = levels.find((one) => Number(one) === level)
    return known === undefined ? level : t(`levels.${known}`)
  }
  const columns: ListColumn<PostRule>[] = [
    { key: "post", title: t("post"), render: (row) => say("posts", row.code), card: "title" },
    { key: "level", title: t("level"), render: (row) => levelOf(row.level) },
    {
      key: "classes",
      title: t("classes"),
      render: (row) =>
        row.classes.length === 0 ? (
          <span className="hd-faint">{t("none")}</span>
        ) : (
          row.classes.map((code) => say("classes", code)).join("、")
        ),
    },
    {
      key: "factor",
      title: t("factor"),
      render: (row) =>
        row.secondFactor ? t("factorYes") : <span className="hd-faint">{t("factorNo")}</span>,
    },
  ]
  return <ListRows found={posts} columns={columns} rowKey={(row) => row.code} empty={{ title: t("none") }} />
}
