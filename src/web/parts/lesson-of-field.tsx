import { useQuery } from "@tanstack/react-query"
import { Alert } from "antd"
import { useTranslation } from "react-i18next"
import { listLessons } from "../../duty/stop/contract.ts"
import { ask } from "../client.ts"
import { useMaybeCommunity } from "./use-community.ts"

export interface LessonOfFieldProps {
  readonly field: string
}

/** The newest lesson about a field, beside the refusal of it. Nothing where there is none. Clause 2.4. */
export function LessonOfField({ field }: LessonOfFieldProps) {
  const { t, i18n } = useTranslation("stop")
  const communityId = useMaybeCommunity()?.communityId ?? ""
  const query = useQuery({
    ...ask(listLessons, { params: { communityId }, query: { field } }),
    enabled: communityId !== "" && field !== "",
  })
  const [lesson] = query.data?.lessons ?? []
  if (lesson === undefined) return null
  return (
    <Alert
      type="info"
      showIcon
      title={`${t("lessons.same")} · ${t("lessons.clause", { clause: lesson.clause })}`}
      description={i18n.language === "en" ? lesson.en : lesson.zh}
    />
  )
}
