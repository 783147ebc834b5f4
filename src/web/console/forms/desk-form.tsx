import { useMutation, useQueryClient } from "@tanstack/react-query"
import { App, Button, Form, Input, Select } from "antd"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { type FormView, listSheets, takeForm } from "../../../lifecycle/forms/contract.ts"
import { type ResidenceRole, residenceRole } from "../../../lifecycle/store/contract.ts"
import { call } from "../../client.ts"
import { newId } from "../../new-id.ts"
import { Guard } from "../../parts/guard.tsx"
import { Nothing } from "../../parts/nothing.tsx"
import { RefusalAlert } from "../../parts/refusal-alert.tsx"
import { useFilters } from "../../parts/use-address.ts"
import { useCommunity } from "../../parts/use-community.ts"
import { useFilling } from "../../parts/use-filling.ts"
import { useSay } from "../../parts/use-say.ts"
import { useWords } from "../../parts/use-words.ts"
import { Agreeing } from "./agreeing.tsx"
import { DeskField } from "./desk-field.tsx"
import { PurposeSelect } from "./purpose-select.tsx"

export interface DeskFormProps {
  readonly forms: readonly FormView[]
}

/** The purpose first; then its form, and nothing else. */
export function DeskForm({ forms }: DeskFormProps) {
  const { t } = useTranslation("forms")
  const say = useSay()
  const { values, set } = useFilters()
  const form = forms.find(({ purpose }) => purpose === values["purpose"])
  const [round, setRound] = useState(0)
  if (forms.length === 0) return <Nothing title={t("none")} hint={t("noneHint")} />
  return (
    <>
      <div className="hd-form-bar">
        <PurposeSelect
          forms={forms}
          value={form?.purpose ?? null}
          onChange={(purpose) => set({ purpose: purpose ?? undefined })}
        />
        {form !== undefined && <span className="hd-faint">{say(form.service)}</span>}
      </div>
      {form !== undefined && (
        <Fields key={`${form.purpose} ${round}`} form={form} onSaved={() => setRound((now) => now + 1)} />
      )}
    </>
  )
}

interface FieldsProps {
  readonly form: FormView
  readonly onSaved: () => void
}

function Fields({ form, onSaved }: FieldsProps) {
  const { t } = useTranslation("forms")
  const word = useWords()
  const { communityId } = useCommunity()
  const { message } = App.useApp()
  const client = useQueryClient()
  const filling = useFilling(form)
  const [submissionId] = useState(newId)
  const [role, setRole] = useState<ResidenceRole>("owner")
  const [sheet, setSheet] = useState("")
  const number = numberOf(communityId, sheet)
  const save = useMutation({
    mutationFn: () =>
      call(takeForm, {
        params: { communityId },
        body: { submissionId, purpose: form.purpose, sheet: number, role, ...filling.said() },
      }),
    onSuccess: ({ outcome }) => {
      message.success(t(`saved.${outcome}`))
      void client.invalidateQueries({ queryKey: [listSheets.path] })
      onSaved()
    },
    gcTime: 0,
  })
  // What the person's own phone tells is not typed in by somebody else.
  const shown = filling.shown.filter(({ input }) => input !== "place")
  const isPerson = form.fields.some(({ code }) => code === "name")
  const isUnshown = filling.toConsent.length > 0 && !filling.isShown
  const example = `${communityId}-000123`
  return (
    <Form layout="vertical" className="hd-form" autoComplete="off" onFinish={() => save.mutate()}>
      {shown.map((field) => (
        <DeskField key={field.code} field={field} filling={filling} />
      ))}
      {isPerson && (
        <Form.Item label={t("role")}>
          <Select
            aria-label={t("role")}
            value={role}
            onChange={setRole}
            options={residenceRole.options.map((value) => ({ value, label: word("roles", value) }))}
          />
        </Form.Item>
      )}
      <Form.Item
        label={t("sheet")}
        htmlFor="hd-form-sheet"
        extra={t("sheetHint", { example })}
        {...(number === undefined ? { help: t("sheetWrong", { example }), validateStatus: "error" } : {})}
      >
        <Input
          id="hd-form-sheet"
          value={sheet}
          onChange={(event) => {
            setSheet(event.target.value)
            filling.show(null)
          }}
        />
      </Form.Item>
      <Agreeing filling={filling} sheet={typeof number === "number" ? String(number) : null} />
      <RefusalAlert error={save.error} />
      <Guard reason={isUnshown ? t("agree.missing") : null}>
        {(disabled) => (
          <Button
            type="primary"
            htmlType="submit"
            size="large"
            loading={save.isPending}
            disabled={disabled || filling.firstMissing() !== undefined || number === undefined}
          >
            {t("save")}
          </Button>
        )}
      </Guard>
    </Form>
  )
}

/** `10-000123`, or `123` alone → 123; null: none; undefined: it is no number of this community. */
function numberOf(communityId: string, typed: string): number | null | undefined {
  const text = typed.trim()
  if (text === "") return null
  const [, place = communityId, digits = ""] = /^(?:(\d+)-)?(\d{1,9})$/.exec(text) ?? []
  return place === communityId && Number(digits) > 0 ? Number(digits) : undefined
}
