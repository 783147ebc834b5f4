import { useTranslation } from "react-i18next"
import type { Person } from "../../../lifecycle/store/contract.ts"
import type { owners } from "../../locales/zh-CN/owners.ts"
import { type ListColumn, ListRows } from "../../parts/list-page.tsx"
import { MaskedText } from "../../parts/masked-text.tsx"
import { useWords } from "../../parts/use-words.ts"
import { When } from "../../parts/when.tsx"

type Fact = Person["classes"][number]["facts"][number]
type Channel = keyof typeof owners.person.channels

const channels: readonly string[] = ["import", "order", "desk", "demonstration"] satisfies Channel[]

function isChannel(code: string): code is Channel {
  return channels.includes(code)
}

/** The masked facts of one class: what, for what, from where, since when. Clause 2.1. */
export function Facts({ facts }: { readonly facts: readonly Fact[] }) {
  const { t } = useTranslation("owners")
  const word = useWords()
  const columns: readonly ListColumn<Fact>[] = [
    {
      key: "field",
      title: t("person.facts.field"),
      width: 120,
      card: "title",
      render: (fact) => word("fields", fact.field),
    },
    {
      key: "mask",
      title: t("person.facts.mask"),
      width: 260,
      card: "extra",
      render: (fact) => <MaskedText mask={fact.masks} />,
    },
    {
      key: "purpose",
      title: t("person.facts.purpose"),
      width: 120,
      render: (fact) => word("purposes", fact.purpose),
    },
    {
      key: "channel",
      title: t("person.facts.channel"),
      width: 120,
      render: ({ channel }) => (isChannel(channel) ? t(`person.channels.${channel}`) : channel),
    },
    {
      key: "collectedAt",
      title: t("person.facts.collectedAt"),
      render: (fact) => <When at={fact.collectedAt} />,
    },
  ]
  return (
    <ListRows
      found={facts}
      columns={columns}
      rowKey={(fact) => fact.field}
      empty={{ title: t("person.noFacts") }}
    />
  )
}
