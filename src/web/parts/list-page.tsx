import type { UseQueryResult } from "@tanstack/react-query"
import { Button, Grid, Skeleton, Table } from "antd"
import type { ReactNode } from "react"
import { useTranslation } from "react-i18next"
import { Icon } from "./icon.tsx"
import { Nothing, type NothingProps } from "./nothing.tsx"
import { Page, type PageProps } from "./page.tsx"
import { RefusalAlert } from "./refusal-alert.tsx"
import { usePaging } from "./use-address.ts"

export interface ListColumn<Row> {
  readonly key: string
  readonly title: string
  readonly render: (row: Row) => ReactNode
  readonly width?: number
  readonly align?: "left" | "right" | "center"
  /** Its place on a phone's card: the heading, beside the heading, or nowhere. A line of its own unless told. */
  readonly card?: "title" | "extra" | "none"
}

export interface ListPageProps<Reply, Row>
  extends Pick<PageProps, "title" | "hint" | "back" | "actions" | "personal"> {
  readonly query: UseQueryResult<Reply>
  readonly rows: (reply: Reply) => readonly Row[]
  /** The cursor of the next page; leave out where a list has one page. */
  readonly next?: (reply: Reply) => string | null
  readonly rowKey: (row: Row) => string
  readonly columns: readonly ListColumn<Row>[]
  readonly empty: NothingProps
  /** Search and filters, above the table. */
  readonly filters?: ReactNode
  /** Shown between filters and table, e.g. a notice. */
  readonly notice?: ReactNode
}

/** Every list in the same order: query, empty state, columns, paging. The page shown is in the address. */
export function ListPage<Reply, Row>(props: ListPageProps<Reply, Row>) {
  const { query } = props
  const reply = query.data
  return (
    <Page
      title={props.title}
      hint={props.hint}
      back={props.back}
      actions={props.actions}
      personal={props.personal ?? false}
    >
      <div className="hd-filters">
        <div className="hd-filters-fields">{props.filters}</div>
        <ReloadButton loading={query.isFetching} onClick={() => void query.refetch()} />
      </div>
      {props.notice}
      <RefusalAlert error={query.error} onRetry={() => void query.refetch()} />
      {query.isPending && <Skeleton active paragraph={{ rows: 8 }} />}
      {reply !== undefined && (
        <ListRows {...props} found={props.rows(reply)} busy={query.isPlaceholderData} />
      )}
      {reply !== undefined && props.next !== undefined && <ListPaging next={props.next(reply)} />}
    </Page>
  )
}

function ReloadButton({ loading, onClick }: { readonly loading: boolean; readonly onClick: () => void }) {
  const { t } = useTranslation("parts")
  return (
    <Button
      aria-label={t("list.reload")}
      title={t("list.reload")}
      icon={<Icon name="reload" />}
      loading={loading}
      onClick={onClick}
    />
  )
}

export interface ListRowsProps<Row> {
  readonly found: readonly Row[]
  readonly columns: readonly ListColumn<Row>[]
  readonly rowKey: (row: Row) => string
  readonly empty: NothingProps
  readonly busy?: boolean
}

/** The rows alone, for a list inside another page: a table, or cards on a phone. */
export function ListRows<Row>({ found, columns, rowKey, empty, busy = false }: ListRowsProps<Row>) {
  const screens = Grid.useBreakpoint()
  if (found.length === 0) return <Nothing {...empty} />
  if (screens.md === false) return <ListCards found={found} columns={columns} rowKey={rowKey} empty={empty} />
  return (
    <Table<Row>
      size="small"
      dataSource={found}
      rowKey={rowKey}
      pagination={false}
      loading={busy}
      scroll={{ x: "max-content" }}
      columns={columns.map(({ key, title, render, width, align }) => ({
        key,
        title,
        render: (_value: unknown, row: Row) => render(row),
        ...(width === undefined ? {} : { width }),
        ...(align === undefined ? {} : { align }),
      }))}
    />
  )
}

function ListCards<Row>({ found, columns, rowKey }: ListRowsProps<Row>) {
  const heading = columns.filter((column) => column.card === "title")
  const extra = columns.filter((column) => column.card === "extra")
  const lines = columns.filter((column) => column.card === undefined)
  return (
    <ul className="hd-cards">
      {found.map((row) => (
        <li key={rowKey(row)} className="hd-card">
          <div className="hd-card-head">
            <strong>
              {heading.map((column) => (
                <span key={column.key}>{column.render(row)}</span>
              ))}
            </strong>
            {extra.map((column) => (
              <span key={column.key}>{column.render(row)}</span>
            ))}
          </div>
          <dl>
            {lines.map((column) => (
              <div key={column.key}>
                <dt>{column.title}</dt>
                <dd>{column.render(row)}</dd>
              </div>
            ))}
          </dl>
        </li>
      ))}
    </ul>
  )
}

/** The pages of a list: first, previous, next. */
export function ListPaging({ next }: { readonly next: string | null }) {
  const { t } = useTranslation("parts")
  const paging = usePaging()
  if (next === null && paging.after === undefined) return null
  return (
    <nav className="hd-paging" aria-label={t("list.page", { page: paging.page })}>
      <Button disabled={paging.after === undefined} onClick={paging.first}>
        {t("list.first")}
      </Button>
      <Button
        icon={<Icon name="back" />}
        disabled={paging.previous === null}
        onClick={() => paging.previous?.()}
      >
        {t("list.previous")}
      </Button>
      <span className="hd-paging-page">{t("list.page", { page: paging.page })}</span>
      <Button disabled={next === null} onClick={() => next !== null && paging.next(next)}>
        {t("list.next")} <Icon name="forward" />
      </Button>
    </nav>
  )
}
