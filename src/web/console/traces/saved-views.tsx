import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query"
import { Button, Input } from "antd"
import { type FormEvent, useState } from "react"
import { useTranslation } from "react-i18next"
import {
  listTraceViews,
  removeTraceView,
  saveTraceView,
  type TraceView,
} from "../../../ledger/trace-explorer-contract.ts"
import { readTraceQuery, type Term, writeTraceQuery } from "../../../ledger/trace-query.ts"
import { ask, call } from "../../client.ts"
import { newId } from "../../new-id.ts"
import { Guard } from "../../parts/guard.tsx"
import { Icon } from "../../parts/icon.tsx"
import { RefusalAlert } from "../../parts/refusal-alert.tsx"
import { useCommunity } from "../../parts/use-community.ts"
import "./traces.css"

export interface SavedViewsProps {
  /** What is sought now, homes and staff by their ids; undefined when one of them is not known. */
  readonly current: readonly Term[] | undefined
  readonly onTerms: (terms: readonly Term[]) => void
}

/** One's own searches: taken up, kept, removed. */
export function SavedViews({ current, onTerms }: SavedViewsProps) {
  const { t } = useTranslation("traces")
  const { communityId } = useCommunity()
  const query = useQuery(ask(listTraceViews, { params: { communityId } }))
  const [naming, setNaming] = useState(false)
  const reason =
    current === undefined ? t("views.unknownName") : current.length === 0 ? t("views.nothing") : null
  return (
    <div className="hd-trace-views">
      <span className="hd-faint">{t("views.title")}</span>
      {query.data?.views.map((view) => (
        <View key={view.viewId} view={view} onTerms={onTerms} />
      ))}
      {!naming && (
        <Guard reason={reason}>
          {(disabled) => (
            <Button size="small" disabled={disabled} onClick={() => setNaming(true)}>
              {t("views.save")}
            </Button>
          )}
        </Guard>
      )}
      {naming && reason === null && <NameForm terms={current ?? []} onClose={() => setNaming(false)} />}
      <RefusalAlert error={query.error} />
    </div>
  )
}

function View({ view, onTerms }: Pick<SavedViewsProps, "onTerms"> & { readonly view: TraceView }) {
  const { t } = useTranslation("traces")
  const { communityId } = useCommunity()
  const { viewId, name, query } = view
  const refresh = useRefresh()
  const remove = useMutation({
    mutationFn: () => call(removeTraceView, { params: { communityId, viewId } }),
    onSuccess: refresh,
  })
  return (
    <span className="hd-trace-view">
      <Button size="small" onClick={() => onTerms(readTraceQuery(query).terms)}>
        {name}
      </Button>
      <Button
        size="small"
        type="text"
        aria-label={t("views.remove", { name })}
        title={t("views.remove", { name })}
        icon={<Icon name="cross" size={12} />}
        loading={remove.isPending}
        onClick={() => remove.mutate()}
      />
      <RefusalAlert error={remove.error} />
    </span>
  )
}

function NameForm({ terms, onClose }: { readonly terms: readonly Term[]; readonly onClose: () => void }) {
  const { t } = useTranslation("traces")
  const { communityId } = useCommunity()
  const [name, setName] = useState("")
  const [viewId] = useState(newId)
  const refresh = useRefresh()
  const save = useMutation({
    mutationFn: () =>
      call(saveTraceView, {
        params: { communityId },
        body: { viewId, name: name.trim(), query: writeTraceQuery(terms) },
      }),
    onSuccess: async () => {
      await refresh()
      onClose()
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (name.trim() !== "") save.mutate()
  }
  return (
    <form className="hd-trace-name" autoComplete="off" onSubmit={submit}>
      <Input
        size="small"
        aria-label={t("views.name")}
        placeholder={t("views.nameHint")}
        maxLength={40}
        value={name}
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- opened by a press, to be typed in at once
        autoFocus
        onChange={(event) => setName(event.target.value)}
      />
      <Button size="small" type="primary" htmlType="submit" loading={save.isPending}>
        {t("views.confirm")}
      </Button>
      <Button size="small" onClick={onClose}>
        {t("views.cancel")}
      </Button>
      <RefusalAlert error={save.error} />
    </form>
  )
}

function useRefresh(): () => Promise<void> {
  const queries = useQueryClient()
  return () => queries.invalidateQueries({ queryKey: [listTraceViews.path] })
}
