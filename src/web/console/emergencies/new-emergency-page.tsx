import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query"
import { useNavigate } from "@tanstack/react-router"
import { Alert, Button, Checkbox, Form, Input, Radio } from "antd"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { type EmergencyReason, emergencyReasons } from "../../../lifecycle/catalogue/emergency-shape.ts"
import {
  breakGlass,
  listEmergencies,
  readAlarm,
  readEmergencyRules,
} from "../../../lifecycle/emergency/contract.ts"
import { readPerson } from "../../../lifecycle/store/contract.ts"
import { ask, call, Refused } from "../../client.ts"
import { CodeField } from "../../entry/code-field.tsx"
import { newId } from "../../new-id.ts"
import { Page } from "../../parts/page.tsx"
import { PathLink } from "../../parts/path-link.tsx"
import { RefusalAlert } from "../../parts/refusal-alert.tsx"
import { useFilters } from "../../parts/use-address.ts"
import { useCommunity } from "../../parts/use-community.ts"
import { useWords } from "../../parts/use-words.ts"
import { paths } from "../../paths.ts"
import { PlacePicker } from "../orders/place-picker.tsx"
import "./emergencies.css"

interface Said {
  readonly reason: EmergencyReason
  readonly fields: string[]
  readonly words: string
  readonly password: string
  readonly code?: string
}

interface Home {
  readonly homeId: string
  readonly home: string
}

/** One short form for a bad moment: which home, what happened, which contact, and the own password. Clause 4.9. */
export function NewEmergencyPage() {
  const { t } = useTranslation("emergency")
  const { communityId } = useCommunity()
  const rules = useQuery(ask(readEmergencyRules, { params: { communityId } }))
  const { values } = useFilters()
  return (
    <Page
      title={t("form.title")}
      hint={t("form.hint", { minutes: rules.data?.minutes ?? 30 })}
      back={<PathLink to={paths.emergencies(communityId)}>‹ {t("title")}</PathLink>}
      personal
      loading={rules.isPending}
      error={rules.error}
      onRetry={() => void rules.refetch()}
    >
      {rules.data && <BreakForm fields={rules.data.fields} personId={values["person"]} />}
    </Page>
  )
}

interface BreakFormProps {
  readonly fields: readonly string[]
  readonly personId: string | undefined
}

function BreakForm({ fields, personId }: BreakFormProps) {
  const { t } = useTranslation("emergency")
  const [home, setHome] = useState<Home | null>(null)
  const glass = useBreak(home)
  const wantsCode = glass.error instanceof Refused && glass.error.code === "session.code_needed"
  const asksForCode = wantsCode || glass.variables?.code !== undefined
  return (
    <Form<Said>
      className="hd-break"
      layout="vertical"
      requiredMark={false}
      autoComplete="off"
      disabled={glass.isPending}
      initialValues={{ fields: fields.slice(0, 1) }}
      onFinish={(said) => glass.mutate(said)}
    >
      <Alert className="hd-section" type="warning" showIcon title={t("form.warning")} />
      <Form.Item label={t("form.home")}>
        {home !== null && <p className="hd-break-home">{home.home}</p>}
        <OfPerson personId={personId} onPicked={setHome} />
        <PlacePicker onPicked={setHome} />
      </Form.Item>
      <WhatFields fields={fields} />
      <Form.Item
        name="password"
        label={t("form.password")}
        extra={t("form.passwordHint")}
        rules={[{ required: true, message: t("form.missing") }]}
      >
        <Input.Password maxLength={200} autoComplete="current-password" />
      </Form.Item>
      {asksForCode && <CodeField label={t("form.code")} hint={t("form.codeHint")} />}
      {!wantsCode && <BreakError error={glass.error} />}
      <Button
        danger
        type="primary"
        size="large"
        htmlType="submit"
        loading={glass.isPending}
        disabled={home === null}
      >
        {t("form.submit")}
      </Button>
      {home === null && <p className="hd-faint">{t("form.noHome")}</p>}
    </Form>
  )
}

/** Here nobody types a log-in: only the password can be wrong. */
function BreakError({ error }: { readonly error: unknown }) {
  const { t } = useTranslation("emergency")
  if (error instanceof Refused && error.code === "sign_in.wrong")
    return <Alert className="hd-refusal" role="alert" type="error" showIcon title={t("form.wrong")} />
  return <RefusalAlert error={error} />
}

function WhatFields({ fields }: Pick<BreakFormProps, "fields">) {
  const { t } = useTranslation("emergency")
  const word = useWords()
  const required = { required: true, message: t("form.missing") }
  return (
    <>
      <Form.Item name="reason" label={t("form.reason")} rules={[required]}>
        <Radio.Group
          optionType="button"
          options={emergencyReasons.map((value) => ({ value, label: t(`reasons.${value}`) }))}
        />
      </Form.Item>
      <Form.Item
        name="words"
        label={t("form.words")}
        extra={t("form.wordsHint")}
        rules={[required, { min: 4, message: t("form.wordsShort") }]}
      >
        <Input maxLength={200} placeholder={t("form.wordsSample")} />
      </Form.Item>
      <Form.Item
        name="fields"
        label={t("form.fields")}
        extra={t("form.fieldsHint")}
        // Not `required`: a group of boxes may not be called that (ARIA).
        rules={[{ type: "array", min: 1, message: t("form.missing") }]}
      >
        <Checkbox.Group options={fields.map((value) => ({ value, label: word("fields", value) }))} />
      </Form.Item>
    </>
  )
}

interface OfPersonProps {
  readonly personId: string | undefined
  readonly onPicked: (home: Home) => void
}

/** The homes of the person whose page one came from. */
function OfPerson({ personId, onPicked }: OfPersonProps) {
  const { communityId } = useCommunity()
  const person = useQuery({
    ...ask(readPerson, { params: { communityId, personId: personId ?? "" } }),
    enabled: personId !== undefined,
  })
  const homes = person.data?.residences ?? []
  if (homes.length === 0) return null
  return (
    <div className="hd-break-homes">
      {homes.map(({ homeId, home }) => (
        <Button key={homeId} onClick={() => onPicked({ homeId, home })}>
          {home}
        </Button>
      ))}
    </div>
  )
}

function useBreak(home: Home | null) {
  const { communityId } = useCommunity()
  const client = useQueryClient()
  const navigate = useNavigate()
  // Made once: sent again after a lost answer, it is the same emergency.
  const [emergencyId] = useState(newId)
  return useMutation({
    mutationFn: (said: Said) =>
      call(breakGlass, {
        params: { communityId },
        body: { ...said, emergencyId, homeId: home?.homeId ?? "" },
      }),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: [readAlarm.path] })
      void client.invalidateQueries({ queryKey: [listEmergencies.path] })
      void navigate({ to: paths.emergency(communityId, emergencyId) })
    },
  })
}
