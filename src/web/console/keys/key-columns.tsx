import { Tag } from "antd"
import { useTranslation } from "react-i18next"
import type { CompanyKeys, Inventory, KekView } from "../../../duty/keys/contract.ts"
import type { ListColumn } from "../../parts/list-page.tsx"
import { useSession } from "../../parts/use-session.ts"
import { useWords } from "../../parts/use-words.ts"
import { When } from "../../parts/when.tsx"
import { LookAgain } from "./key-actions.tsx"

const nothing = <span className="hd-faint">—</span>

export function useKekColumns(): readonly ListColumn<KekView>[] {
  const { t } = useTranslation("keys")
  return [
    { key: "epoch", title: t("columns.epoch"), card: "title", render: ({ epoch }) => t("epoch", { epoch }) },
    { key: "suite", title: t("columns.suite"), render: (kek) => t(`suites.${kek.suite}`) },
    { key: "created", title: t("columns.created"), render: (kek) => <When at={kek.createdAt} /> },
    { key: "wraps", title: t("columns.wraps"), align: "right", render: (kek) => kek.wraps },
    { key: "records", title: t("columns.records"), align: "right", render: (kek) => kek.records },
    { key: "unwraps", title: t("columns.unwraps"), align: "right", render: (kek) => kek.unwraps },
    { key: "state", title: t("columns.state"), card: "extra", render: (kek) => <KekState kek={kek} /> },
    {
      key: "end",
      title: t("columns.end"),
      render: (kek) => {
        const at = kek.destroyedAt ?? kek.retiredAt
        return at === null ? nothing : <When at={at} />
      },
    },
  ]
}

function KekState({ kek }: { readonly kek: KekView }) {
  const { t } = useTranslation("keys")
  if (kek.destroyedAt !== null) return <Tag>{t("states.destroyed")}</Tag>
  if (kek.retiredAt !== null) return <Tag color="orange">{t("states.retired")}</Tag>
  return <Tag color="green">{t("states.active")}</Tag>
}

/** The name of a community one belongs to; another's number. */
function useCommunityName(): (communityId: string) => string {
  const { reaches } = useSession()
  return (id) => reaches.find((one) => one.communityId === id)?.communityName ?? id
}

type IndexKey = CompanyKeys["indexKeys"][number]

export function useIndexColumns(): readonly ListColumn<IndexKey>[] {
  const { t } = useTranslation("keys")
  const nameOf = useCommunityName()
  return [
    {
      key: "community",
      title: t("columns.community"),
      card: "title",
      render: (key) => nameOf(key.communityId),
    },
    { key: "epoch", title: t("columns.epoch"), render: ({ epoch }) => t("epoch", { epoch }) },
    { key: "suite", title: t("columns.suite"), render: (key) => t(`suites.${key.suite}`) },
    { key: "created", title: t("columns.created"), render: (key) => <When at={key.createdAt} /> },
    {
      key: "state",
      title: t("columns.state"),
      card: "extra",
      render: (key) => <Tag>{t(`states.${key.state}`)}</Tag>,
    },
    {
      key: "progress",
      title: t("columns.progress"),
      render: (key) =>
        key.tagged === null ? nothing : t("persons", { tagged: key.tagged, persons: key.persons ?? 0 }),
    },
  ]
}

export function useQuarantineColumns(): readonly ListColumn<Inventory["quarantine"][number]>[] {
  const { t } = useTranslation("keys")
  const say = useWords()
  const nameOf = useCommunityName()
  return [
    { key: "at", title: t("quarantine.at"), card: "title", render: (row) => <When at={row.foundAt} /> },
    { key: "community", title: t("columns.community"), render: (row) => nameOf(row.communityId) },
    { key: "subject", title: t("quarantine.subject"), render: (row) => <code>{row.subjectId}</code> },
    { key: "class", title: t("quarantine.class"), render: (row) => say("classes", row.class) },
    { key: "version", title: t("quarantine.version"), align: "right", render: (row) => row.version },
    { key: "again", title: "", card: "extra", render: (row) => <LookAgain row={row} /> },
  ]
}
