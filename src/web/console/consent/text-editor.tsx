import { useMutation, useQueryClient } from "@tanstack/react-query"
import { Alert, App, Form, Input, InputNumber, Modal, Select } from "antd"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import type { RegimeView } from "../../../lifecycle/catalogue/contract.ts"
import {
  type ConsentText,
  countConsents,
  listConsentTexts,
  previewConsentText,
  writeConsentText,
} from "../../../lifecycle/consent/contract.ts"
import { call } from "../../client.ts"
import { ReadText } from "../../parts/read-text.tsx"
import { RefusalAlert } from "../../parts/refusal-alert.tsx"
import { useCommunity } from "../../parts/use-community.ts"
import { useSay } from "../../parts/use-say.ts"
import { type Draft, draftOf, isWhole, longest, purposeOf, startDraft, wordParts } from "./text-draft.ts"

export interface TextEditorProps {
  /** The version that is edited; undefined: a new feature. */
  readonly text: ConsentText | undefined
  /** Codes that are in use. */
  readonly taken: readonly string[]
  readonly regime: RegimeView
  readonly onClose: () => void
}

/** Write, look at it as it will be read, publish: in force at once. Clause 2.6. */
export function TextEditor({ text, taken, regime, onClose }: TextEditorProps) {
  const { t } = useTranslation("consent")
  const { communityId } = useCommunity()
  const { message } = App.useApp()
  const client = useQueryClient()
  const [draft, setDraft] = useState<Draft>(() => draftOf(text))
  const params = { communityId }
  const preview = useMutation({
    mutationFn: () => call(previewConsentText, { params, body: draft }),
  })
  const write = useMutation({
    mutationFn: () => call(writeConsentText, { params, body: { ...draft, after: text?.version ?? 0 } }),
    onSuccess: ({ text: { version }, toAskAgain }) => {
      message.success(
        t(toAskAgain === 0 ? "editor.done" : "editor.doneAgain", { version, count: toAskAgain }),
        6,
      )
      for (const { path } of [listConsentTexts, countConsents])
        void client.invalidateQueries({ queryKey: [path] })
      onClose()
    },
  })
  const change = (next: Draft) => {
    setDraft(next)
    preview.reset()
  }
  const seen = preview.data
  const isReady = isWhole(draft)
  return (
    <Modal
      open
      width={760}
      title={t(text === undefined ? "editor.titleNew" : "editor.title")}
      okText={t(seen === undefined ? "editor.preview" : "editor.publish")}
      cancelText={t("cancel")}
      okButtonProps={{ disabled: !isReady }}
      confirmLoading={preview.isPending || write.isPending}
      onOk={() => (seen === undefined ? preview.mutate() : write.mutate())}
      onCancel={onClose}
    >
      <Form layout="vertical">
        <Scope draft={draft} isNew={text === undefined} taken={taken} regime={regime} onChange={change} />
        <div className="hd-consent-two">
          <WordsOf language="zh-CN" draft={draft} onChange={change} />
          <WordsOf language="en" draft={draft} onChange={change} />
        </div>
      </Form>
      {seen === undefined ? (
        <p className="hd-faint">{t(isReady ? "editor.previewHint" : "editor.incomplete")}</p>
      ) : (
        <section aria-label={t("editor.preview")}>
          <Alert
            className="hd-refusal"
            type={seen.toAskAgain > 0 ? "warning" : "info"}
            showIcon
            title={
              seen.toAskAgain > 0 ? t("editor.asksAgain", { count: seen.toAskAgain }) : t("editor.asksNobody")
            }
          />
          <div className="hd-consent-two">
            <ReadText lang="zh-CN" text={seen.rendered["zh-CN"]} />
            <ReadText lang="en" text={seen.rendered.en} />
          </div>
        </section>
      )}
      <RefusalAlert error={preview.error ?? write.error} />
    </Modal>
  )
}

interface ScopeProps {
  readonly draft: Draft
  readonly isNew: boolean
  readonly taken: readonly string[]
  readonly regime: RegimeView
  readonly onChange: (draft: Draft) => void
}

/** For what, which data, and how long a no holds. Only what the matrix does not forbid the purpose can be chosen. */
function Scope({ draft, isNew, taken, regime, onChange }: ScopeProps) {
  const { t } = useTranslation("consent")
  const say = useSay()
  const purpose = purposeOf(regime, draft.purpose)
  const allowed = regime.fields.filter(({ code }) => (purpose?.cells[code] ?? "forbidden") !== "forbidden")
  return (
    <div className="hd-consent-scope">
      <Form.Item label={t("editor.purpose")}>
        <Select
          aria-label={t("editor.purpose")}
          value={draft.purpose === "" ? null : draft.purpose}
          onChange={(code) =>
            onChange(isNew ? startDraft(regime, code, taken) : { ...draft, purpose: code, fields: [] })
          }
          options={regime.purposes.map(({ code, label }) => ({ value: code, label: say(label) }))}
        />
      </Form.Item>
      <Form.Item label={t("editor.fields")}>
        <Select
          mode="multiple"
          aria-label={t("editor.fields")}
          disabled={purpose === undefined}
          value={draft.fields}
          onChange={(fields) => onChange({ ...draft, fields })}
          options={allowed.map(({ code, label }) => ({ value: code, label: say(label) }))}
        />
      </Form.Item>
      <Form.Item label={t("editor.coolDown")} extra={t("editor.coolDownHint")}>
        <InputNumber
          aria-label={t("editor.coolDown")}
          min={1}
          max={3650}
          precision={0}
          value={draft.coolDownDays}
          onChange={(days) => onChange({ ...draft, coolDownDays: days ?? 90 })}
        />
      </Form.Item>
      <Form.Item label={t("editor.valid")} extra={t("editor.validHint")}>
        <InputNumber
          aria-label={t("editor.valid")}
          min={1}
          max={3650}
          precision={0}
          value={draft.validDays}
          onChange={(validDays) => onChange({ ...draft, validDays })}
        />
      </Form.Item>
    </div>
  )
}

interface WordsOfProps {
  readonly language: "zh-CN" | "en"
  readonly draft: Draft
  readonly onChange: (draft: Draft) => void
}

function WordsOf({ language, draft, onChange }: WordsOfProps) {
  const { t } = useTranslation("consent")
  const words = draft.words[language]
  const tongue = language === "en" ? "English" : "中文"
  return (
    <fieldset>
      <legend>{tongue}</legend>
      {wordParts.map((part) => {
        const id = `hd-text-${language}-${part}`
        return (
          <Form.Item key={part} label={t(`editor.${part}`)} htmlFor={id}>
            <Input.TextArea
              id={id}
              aria-label={`${t(`editor.${part}`)} ${tongue}`}
              autoSize={{ minRows: part === "text" ? 3 : 1, maxRows: 8 }}
              maxLength={longest[part]}
              value={words[part]}
              onChange={(event) => {
                const changed = { ...words, [part]: event.target.value }
                onChange({ ...draft, words: { ...draft.words, [language]: changed } })
              }}
            />
          </Form.Item>
        )
      })}
    </fieldset>
  )
}
