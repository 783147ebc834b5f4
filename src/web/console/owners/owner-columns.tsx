import { Tag } from "antd"
import { useMemo } from "react"
import { useTranslation } from "react-i18next"
import type { Card } from "../../../lifecycle/store/contract.ts"
import type { ListColumn } from "../../parts/list-page.tsx"
import { MaskedText } from "../../parts/masked-text.tsx"
import { PathLink } from "../../parts/path-link.tsx"
import { useWords } from "../../parts/use-words.ts"
import { paths } from "../../paths.ts"
import { OrderLink } from "./order-link.tsx"

export function useOwnerColumns(communityId: string): readonly ListColumn<Card>[] {
  const { t } = useTranslation("owners")
  const word = useWords()
  return useMemo(
    () => [
      { key: "home", title: t("columns.home"), card: "title", render: (row) => row.home },
      {
        key: "name",
        title: t("columns.name"),
        card: "title",
        render: (row) => (
          <PathLink to={paths.person(communityId, row.personId)}>
            <MaskedText mask={row.name} />
          </PathLink>
        ),
      },
      {
        key: "role",
        title: t("columns.role"),
        render: (row) => (
          <>
            {word("roles", row.role)} {row.company && <Tag>{t("company")}</Tag>}
          </>
        ),
      },
      {
        key: "phone",
        title: t("columns.phone"),
        render: (row) => <MaskedText mask={row.phone} count={row.phones} />,
      },
      {
        key: "actions",
        title: t("columns.actions"),
        card: "extra",
        width: 96,
        render: (row) => <OrderLink homeId={row.homeId} personId={row.personId} home={row.home} />,
      },
    ],
    [communityId, t, word],
  )
}
