import { Alert, Button } from "antd"
import { useTranslation } from "react-i18next"
import type { RefusalFacts } from "../../base/refusal.ts"
import { type RefusalCode, refusalStatus } from "../../base/refusal-codes.ts"
import { say } from "../../base/sentences/say.ts"
import { Refused } from "../client.ts"
import { LessonOfField } from "./lesson-of-field.tsx"
import { useWords } from "./use-words.ts"

function isRefusalCode(code: string): code is RefusalCode {
  return Object.hasOwn(refusalStatus, code)
}

/** Turns codes and errors into a sentence in the language of the page. */
export interface Sentences {
  readonly ofCode: (code: string, facts?: RefusalFacts) => string
  readonly ofError: (error: unknown) => string
}

export function useSentences(): Sentences {
  const { t, i18n } = useTranslation("parts")
  const word = useWords()
  const language = i18n.language === "en" ? "en" : "zh-CN"
  const inWords = (facts: RefusalFacts): RefusalFacts => ({
    ...facts,
    ...(typeof facts["field"] === "string" ? { field: word("fields", facts["field"]) } : {}),
    ...(typeof facts["purpose"] === "string" ? { purpose: word("purposes", facts["purpose"]) } : {}),
    ...(typeof facts["post"] === "string" ? { post: word("posts", facts["post"]) } : {}),
  })
  const ofCode = (code: string, facts: RefusalFacts = {}) =>
    isRefusalCode(code) ? say(language, code, inWords(facts)) : code
  return {
    ofCode,
    ofError: (error) => {
      if (!(error instanceof Refused)) return t("refusal.broken")
      if (error.code === "web.unreachable") return t("refusal.unreachable")
      if (error.code === "web.unexpected") return t("refusal.unexpected")
      return isRefusalCode(error.code) ? ofCode(error.code, error.facts) : error.sentence || error.code
    },
  }
}

export interface RefusalAlertProps {
  /** What a query or mutation failed with; `null` or `undefined` shows nothing. */
  readonly error: unknown
  readonly onRetry?: () => void
}

/** Says why something was refused and, where it helps, offers to try again. */
export function RefusalAlert({ error, onRetry }: RefusalAlertProps) {
  const { t } = useTranslation("parts")
  const { ofError } = useSentences()
  if (error === null || error === undefined) return null
  const retry =
    onRetry === undefined ? null : (
      <Button size="small" onClick={onRetry}>
        {t("refusal.retry")}
      </Button>
    )
  const field = error instanceof Refused ? error.facts["field"] : undefined
  const alert = (
    <Alert className="hd-refusal" role="alert" type="error" showIcon title={ofError(error)} action={retry} />
  )
  if (typeof field !== "string") return alert
  return (
    <>
      {alert}
      <LessonOfField field={field} />
    </>
  )
}
