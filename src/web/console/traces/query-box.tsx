import { useQuery } from "@tanstack/react-query"
import { Alert, AutoComplete, Button, Input } from "antd"
import { type FormEvent, useState } from "react"
import { useTranslation } from "react-i18next"
import { listStaff } from "../../../duty/people/contract.ts"
import { type Qualifier, type QueryProblem, readTraceQuery, type Term } from "../../../ledger/trace-query.ts"
import { ask } from "../../client.ts"
import { Icon } from "../../parts/icon.tsx"
import { useCommunity } from "../../parts/use-community.ts"
import { closedTo } from "../../shell/menu-pages.ts"
import { offered, suggest } from "./suggestions.ts"
import { type TraceVocabulary, useVocabulary } from "./use-vocabulary.ts"
import "./traces.css"

export interface QueryBoxProps {
  /** Called with what was understood; what was not stays in the box. */
  readonly onTerms: (terms: readonly Term[]) => void
}

/** One box for every question about the traces; offers words while somebody types. */
export function QueryBox({ onTerms }: QueryBoxProps) {
  const { t } = useTranslation("traces")
  const vocabulary = useVocabulary()
  const [text, setText] = useState("")
  const [problems, setProblems] = useState<readonly string[]>([])
  const say = useProblemWords(vocabulary)
  const noHomes = useNoHomes()
  const more = useMoreChoices()
  const options = suggest(text, { vocabulary, hint: (one) => t(`query.hints.${one}`), more })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const read = readTraceQuery(text, vocabulary)
    const refused = read.terms.some(isOfRoster) && noHomes ? [t("query.problems.home")] : []
    const wrong = [...read.problems.map(say), ...refused]
    setProblems(wrong)
    if (wrong.length > 0) return
    setText("")
    if (read.terms.length > 0) onTerms(read.terms)
  }
  return (
    <div className="hd-trace-query">
      <form role="search" autoComplete="off" onSubmit={submit}>
        <AutoComplete
          className="hd-trace-query-box"
          value={text}
          onChange={(value: string) => setText(value)}
          defaultActiveFirstOption={false}
          options={options.map(({ value, label, hint }) => ({
            value,
            label: (
              <span className="hd-trace-offer">
                <span>{label}</span>
                <span className="hd-faint">{hint}</span>
              </span>
            ),
          }))}
        >
          <Input data-search aria-label={t("query.label")} placeholder={t("query.placeholder")} />
        </AutoComplete>
        <Button
          type="primary"
          htmlType="submit"
          aria-label={t("query.submit")}
          icon={<Icon name="search" />}
        />
      </form>
      {problems.map((sentence) => (
        <Alert key={sentence} type="warning" showIcon role="alert" title={sentence} />
      ))}
    </div>
  )
}

function isOfRoster({ qualifier }: Term): boolean {
  return qualifier === "home" || qualifier === "person"
}

/** Whether the viewer's posts have no roster: they cannot ask by home. Clause 3.8. */
function useNoHomes(): boolean {
  return !useCommunity().posts.includes("manager")
}

function useProblemWords(vocabulary: TraceVocabulary): (problem: QueryProblem) => string {
  const { t } = useTranslation("traces")
  return ({ kind, word }) =>
    t(`query.problems.${kind}`, { word, names: offered.map(vocabulary.name).join("、") })
}

/** Names of staff, for those who may list them, and days. */
function useMoreChoices(): (qualifier: Qualifier) => readonly { value: string; hint: string }[] {
  const { t } = useTranslation("traces")
  const reach = useCommunity()
  const staff = useQuery({
    ...ask(listStaff, { params: { communityId: reach.communityId } }),
    enabled: closedTo("people", reach) === null,
  })
  const names = staff.data?.staff.map(({ name, login }) => ({ value: name, hint: login })) ?? []
  const days = ([0, 7, 30] as const).map((back) => ({
    value: dayBefore(back),
    hint: t(back === 0 ? "query.days.today" : back === 7 ? "query.days.week" : "query.days.month"),
  }))
  return (qualifier) => {
    if (qualifier === "by") return [...names, { value: t("system"), hint: "system" }]
    return qualifier === "after" || qualifier === "before" ? days : []
  }
}

/** In the time of the house. */
function dayBefore(days: number): string {
  return new Date(Date.now() + (8 - 24 * days) * 3_600_000).toISOString().slice(0, 10)
}
