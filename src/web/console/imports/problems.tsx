import { useInfiniteQuery } from "@tanstack/react-query"
import { Button, Skeleton, Tag } from "antd"
import { useTranslation } from "react-i18next"
import type { z } from "zod"
import { downloadProblems, type ImportDetail, listProblems } from "../../../lifecycle/collect/contract.ts"
import { ask, href } from "../../client.ts"
import { Guard } from "../../parts/guard.tsx"
import { Icon } from "../../parts/icon.tsx"
import { type ListColumn, ListRows } from "../../parts/list-page.tsx"
import { RefusalAlert } from "../../parts/refusal-alert.tsx"
import { useSession } from "../../parts/use-session.ts"
import { useWords } from "../../parts/use-words.ts"
import { usePlaceWord } from "./place-word.ts"
import { useProblemSentence } from "./problem-sentence.ts"
import { useMayImport } from "./use-may-import.ts"

type Problem = z.infer<typeof listProblems.reply>["problems"][number]
type Numbered = Problem & { readonly number: number }

interface OneImport {
  readonly communityId: string
  readonly importId: string
}

export interface ProblemsProps {
  readonly communityId: string
  readonly detail: ImportDetail
}

/** Problems by cell, without their values; the values come back in the uploader's own workbook. */
export function Problems({ communityId, detail }: ProblemsProps) {
  const { t } = useTranslation("imports")
  const params = { communityId, importId: detail.importId }
  const query = useProblems(params)
  const columns = useColumns()
  const pages = query.data?.pages ?? []
  const found = pages.flatMap((page) => page.problems).map((one, number): Numbered => ({ ...one, number }))
  const total = pages.at(-1)?.total ?? 0
  return (
    <section className="hd-section" aria-label={t("problems.title")}>
      <h2>{t("problems.title")}</h2>
      {query.isPending && <Skeleton active />}
      <RefusalAlert error={query.error} onRetry={() => void query.refetch()} />
      {total > 0 && (
        <>
          <p>
            {t("problems.count", { count: total })} <span className="hd-faint">{t("problems.hint")}</span>
          </p>
          <DownloadButton params={params} uploader={detail.createdBy} />
        </>
      )}
      {query.data !== undefined && (
        <ListRows
          found={found}
          columns={columns}
          rowKey={({ number }) => String(number)}
          empty={{ title: t("problems.none") }}
        />
      )}
      {query.hasNextPage && (
        <Button block loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t("problems.more", { count: total - found.length })}
        </Button>
      )}
    </section>
  )
}

function useProblems(params: OneImport) {
  return useInfiniteQuery({
    queryKey: [listProblems.path, params],
    queryFn: ({ pageParam, signal }) =>
      ask(listProblems, { params, query: { after: pageParam } }).queryFn({ signal }),
    initialPageParam: 0,
    getNextPageParam: (page) => page.next,
  })
}

interface DownloadButtonProps {
  readonly params: OneImport
  readonly uploader: string
}

function DownloadButton({ params, uploader }: DownloadButtonProps) {
  const { t, i18n } = useTranslation("imports")
  const { name } = useSession()
  const mayNot = useMayImport()
  const language = i18n.language === "en" ? "en" : "zh-CN"
  return (
    <p>
      <Guard reason={mayNot ?? (name === uploader ? null : t("problems.notYours"))}>
        {(disabled) => (
          <Button
            icon={<Icon name="download" />}
            disabled={disabled}
            href={href(downloadProblems, { params, query: { language } })}
            download
          >
            {t("problems.download")}
          </Button>
        )}
      </Guard>
    </p>
  )
}

function useColumns(): readonly ListColumn<Numbered>[] {
  const { t } = useTranslation("imports")
  const word = useWords()
  const placeWord = usePlaceWord()
  const sentence = useProblemSentence()
  return [
    {
      key: "row",
      title: t("problems.row"),
      align: "right",
      width: 72,
      card: "title",
      render: (one) => one.row,
    },
    { key: "column", title: t("problems.column"), width: 140, card: "title", render: (one) => one.column },
    {
      key: "field",
      title: t("problems.field"),
      width: 120,
      render: (one) => placeWord(one.field) ?? word("fields", one.field),
    },
    { key: "reason", title: t("problems.reason"), render: (one) => sentence(one.reason) },
    {
      key: "verdict",
      title: t("problems.verdict"),
      width: 100,
      card: "extra",
      render: ({ verdict }) => (
        <Tag color={verdict === "refuse" ? "red" : "gold"}>{t(`problems.verdicts.${verdict}`)}</Tag>
      ),
    },
  ]
}
