import { Alert, Table, Tag } from "antd"
import { useTranslation } from "react-i18next"
import type { TracedLeak } from "../../../lifecycle/export/leak-contract.ts"
import { PathLink } from "../../parts/path-link.tsx"
import { useCommunity } from "../../parts/use-community.ts"
import { When } from "../../parts/when.tsx"
import { paths } from "../../paths.ts"

/** Whom the evidence names, or that it names nobody; then copies and accounts with what speaks for each. */
export function LeakResult({ traced }: { readonly traced: TracedLeak }) {
  const { t } = useTranslation("leaks")
  const named = traced.copies.find(({ copyId }) => copyId === traced.named)
  return (
    <section className="hd-leak-result" aria-label={t("title")}>
      {named === undefined ? (
        <Alert type="info" showIcon title={t("nobody")} description={t("nobodyHint")} />
      ) : (
        <Alert
          type="error"
          showIcon
          title={t("named", { number: named.number, name: named.recipient.name })}
          description={t("namedHint")}
        />
      )}
      <p className="hd-faint">{t("read", { ...traced })}</p>
      <Copies traced={traced} />
      <Accounts traced={traced} />
    </section>
  )
}

function Copies({ traced }: { readonly traced: TracedLeak }) {
  const { t } = useTranslation("leaks")
  const { communityId } = useCommunity()
  const part = (of: number, whole: number) => t("of", { part: of, whole })
  return (
    <div>
      <h2>{t("copies")}</h2>
      <Table
        size="small"
        pagination={false}
        rowKey="copyId"
        dataSource={traced.copies}
        scroll={{ x: "max-content" }}
        locale={{ emptyText: t("noCopies") }}
        columns={[
          {
            key: "copy",
            title: t("columns.copy"),
            render: (_, row) => (
              <PathLink to={paths.application(communityId, row.applicationId)}>{row.number}</PathLink>
            ),
          },
          { key: "recipient", title: t("columns.recipient"), render: (_, row) => row.recipient.name },
          {
            key: "strength",
            title: t("columns.strength"),
            render: (_, row) => <Strength value={row.strength} isNamed={row.copyId === traced.named} />,
          },
          { key: "rows", title: t("columns.rows"), render: (_, row) => part(row.rowsKnown, traced.rows) },
          { key: "decoys", title: t("columns.decoys"), render: (_, row) => <DecoysSeen row={row} /> },
          {
            key: "spellings",
            title: t("columns.spellings"),
            render: (_, row) => part(row.spellings.matching, row.spellings.cells),
          },
          {
            key: "order",
            title: t("columns.order"),
            render: (_, row) => part(row.order.agreeing, row.order.pairs),
          },
          {
            key: "taken",
            title: t("columns.taken"),
            render: (_, row) => (row.takenAt === null ? "—" : <When at={row.takenAt} />),
          },
        ]}
      />
    </div>
  )
}

function DecoysSeen({ row }: { readonly row: TracedLeak["copies"][number] }) {
  const { t } = useTranslation("leaks")
  return (
    <>
      {t("decoysOf", { seen: row.decoysSeen })}
      {row.decoysForeign > 0 && (
        <div className="hd-faint">{t("decoysForeign", { count: row.decoysForeign })}</div>
      )}
    </>
  )
}

/** In words: powers of ten say little to most people. */
function Strength({ value, isNamed = false }: { readonly value: number; readonly isNamed?: boolean }) {
  const { t } = useTranslation("leaks")
  if (isNamed) return <Tag color="red">{t("strength.sure")}</Tag>
  const word = value < 1 ? "none" : value < 3 ? "weak" : value < 6 ? "some" : "strong"
  return <Tag color={word === "strong" ? "orange" : "default"}>{t(`strength.${word}`)}</Tag>
}

function Accounts({ traced }: { readonly traced: TracedLeak }) {
  const { t } = useTranslation("leaks")
  return (
    <div>
      <h2>{t("accounts")}</h2>
      <p className="hd-faint">{t("accountsHint")}</p>
      <Table
        size="small"
        pagination={false}
        rowKey="staffId"
        dataSource={traced.accounts}
        scroll={{ x: "max-content" }}
        locale={{ emptyText: t("noAccounts") }}
        columns={[
          { key: "account", title: t("columns.account"), render: (_, row) => row.name },
          {
            key: "strength",
            title: t("columns.strength"),
            render: (_, row) => <Strength value={row.strength} />,
          },
          {
            key: "seen",
            title: t("columns.seen"),
            render: (_, row) => t("of", { part: row.seen, whole: traced.persons }),
          },
          {
            key: "inAll",
            title: t("columns.inAll"),
            render: (_, row) => t("persons", { count: row.seenInAll }),
          },
        ]}
      />
    </div>
  )
}
