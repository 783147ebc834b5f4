import { useQuery } from "@tanstack/react-query"
import { Button, Card, Tag } from "antd"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { type Lesson, listLessons } from "../../../duty/stop/contract.ts"
import { ask } from "../../client.ts"
import { Nothing } from "../../parts/nothing.tsx"
import { Page } from "../../parts/page.tsx"
import { useCommunity } from "../../parts/use-community.ts"
import { useWords } from "../../parts/use-words.ts"
import { When } from "../../parts/when.tsx"
import { Proposals } from "./proposals.tsx"
import { ProposeDialog } from "./propose-dialog.tsx"

/** What was learnt, for everybody; and the way to propose a field. Clause 2.4. */
export function LessonsPage() {
  const { t } = useTranslation("stop")
  const { communityId } = useCommunity()
  const query = useQuery(ask(listLessons, { params: { communityId } }))
  const [isProposing, setProposing] = useState(false)
  const lessons = query.data?.lessons ?? []
  return (
    <Page
      title={t("lessons.title")}
      hint={t("lessons.hint")}
      actions={<Button onClick={() => setProposing(true)}>{t("proposals.open")}</Button>}
      loading={query.isPending}
      error={query.error}
      onRetry={() => void query.refetch()}
    >
      {lessons.length === 0 && <Nothing title={t("lessons.none")} hint={t("lessons.noneHint")} />}
      {lessons.map((lesson) => (
        <LessonCard key={lesson.lessonId} lesson={lesson} />
      ))}
      <Proposals />
      {isProposing && <ProposeDialog onClose={() => setProposing(false)} />}
    </Page>
  )
}

function LessonCard({ lesson }: { readonly lesson: Lesson }) {
  const { t, i18n } = useTranslation("stop")
  const word = useWords()
  const field = lesson.field === "unclassified" ? t("attempts.unknownField") : word("fields", lesson.field)
  return (
    <Card size="small" style={{ marginBottom: 12 }} role="article" aria-label={field}>
      <p>
        <b>{field}</b> {lesson.purpose !== null && <Tag>{word("purposes", lesson.purpose)}</Tag>}
        <Tag>{t("lessons.clause", { clause: lesson.clause })}</Tag>
      </p>
      <p>{i18n.language === "en" ? lesson.en : lesson.zh}</p>
      <p className="hd-faint">
        <When at={lesson.at} />
      </p>
    </Card>
  )
}
