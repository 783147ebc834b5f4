import { useMutation } from "@tanstack/react-query"
import { useNavigate } from "@tanstack/react-router"
import { Alert, Button, Form, Input, Radio, Select, Tag } from "antd"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { type LeavingForm, leavingForms } from "../../../lifecycle/catalogue/approval-shape.ts"
import type { FieldCode } from "../../../lifecycle/catalogue/field.ts"
import { countExport } from "../../../lifecycle/export/contract.ts"
import {
  type AuthorityGround,
  authorityGrounds,
  type Organ,
  organs,
} from "../../../lifecycle/parties/authority.ts"
import { takeAuthorityRequest } from "../../../lifecycle/parties/authority-contract.ts"
import { call } from "../../client.ts"
import { newId } from "../../new-id.ts"
import { Page } from "../../parts/page.tsx"
import { PathLink } from "../../parts/path-link.tsx"
import { RefusalAlert } from "../../parts/refusal-alert.tsx"
import { useCommunity } from "../../parts/use-community.ts"
import { useWords } from "../../parts/use-words.ts"
import { paths } from "../../paths.ts"
import { usePurposes } from "../applications/use-purposes.ts"
import { PlacePicker } from "../orders/place-picker.tsx"
import { PaperInput } from "../parties/paper-input.tsx"
import "../applications/applications.css"
import "../parties/parties.css"

interface Shown {
  readonly organ: Organ
  readonly organName: string
  readonly documentNumber: string
  readonly ground?: AuthorityGround
  readonly officers: { name: string; card: string }[]
  readonly fields: FieldCode[]
  readonly form: LeavingForm
  readonly secretUntil?: string
}

interface Home {
  readonly homeId: string
  readonly home: string
}

/** Who came, with what, for which homes: counted, then sent to the manager. Clause 4.11. */
export function NewRequestPage() {
  const { t } = useTranslation("authorities")
  const { communityId } = useCommunity()
  const [homes, setHomes] = useState<readonly Home[]>([])
  const [paper, setPaper] = useState<string>()
  const { counting, sending, counted } = useTaking(homes, paper)
  return (
    <Page
      title={t("new.title")}
      hint={t("new.hint")}
      back={<PathLink to={paths.authorities(communityId)}>‹ {t("title")}</PathLink>}
      personal
    >
      <Form<Shown>
        className="hd-apply"
        layout="vertical"
        requiredMark={false}
        autoComplete="off"
        initialValues={{ organ: "police", form: "print", officers: [{}, {}] }}
        onValuesChange={() => counting.reset()}
        onFinish={(shown) => (counted === undefined ? counting.mutate(shown) : sending.mutate(shown))}
      >
        <Papers onPaper={setPaper} />
        <Officers />
        <Homes
          homes={homes}
          onChange={(next) => {
            setHomes(next)
            counting.reset()
          }}
        />
        <What />
        {counted && (
          <Alert
            className="hd-refusal"
            role="status"
            type="info"
            showIcon
            title={t("new.counted", { ...counted })}
          />
        )}
        <RefusalAlert error={counting.error ?? sending.error} />
        <Button
          type="primary"
          size="large"
          htmlType="submit"
          disabled={homes.length === 0}
          loading={counting.isPending || sending.isPending}
        >
          {counted === undefined ? t("new.count") : t("new.submit")}
        </Button>
      </Form>
    </Page>
  )
}

function useTaking(homes: readonly Home[], paper: string | undefined) {
  const { communityId } = useCommunity()
  const navigate = useNavigate()
  // Made once: sent again after a lost answer, it is the same request.
  const [applicationId] = useState(newId)
  const params = { communityId }
  const homeIds = homes.map((one) => one.homeId)
  const counting = useMutation({
    mutationFn: ({ fields }: Shown) => call(countExport, { params, body: { homeIds, fields } }),
  })
  const counted = counting.data
  const sending = useMutation({
    mutationFn: ({ secretUntil, ground, ...shown }: Shown) =>
      call(takeAuthorityRequest, {
        params,
        body: {
          ...shown,
          officers: shown.officers.map(({ name, card }) => ({ name: name ?? "", card: card ?? "" })),
          applicationId,
          homeIds,
          rows: counted?.rows ?? 0,
          ...(ground === undefined ? {} : { ground }),
          ...(paper === undefined ? {} : { paper }),
          ...(secretUntil === undefined || secretUntil === "" ? {} : { secretUntil }),
        },
      }),
    onSuccess: () => void navigate({ to: paths.application(communityId, applicationId) }),
  })
  return { counting, sending, counted }
}

function Papers({ onPaper }: { readonly onPaper: (paper: string | undefined) => void }) {
  const { t } = useTranslation("authorities")
  const { t: say } = useTranslation("parties")
  const rules = [{ required: true, message: say("required") }]
  return (
    <>
      <Form.Item name="organ" label={t("new.organ")}>
        <Select options={organs.map((value) => ({ value, label: t(`organs.${value}`) }))} />
      </Form.Item>
      <Form.Item name="organName" label={t("new.organName")} rules={rules}>
        <Input maxLength={60} placeholder={t("new.organHint")} />
      </Form.Item>
      <Form.Item name="documentNumber" label={t("new.document")} rules={rules}>
        <Input maxLength={40} placeholder={t("new.documentHint")} />
      </Form.Item>
      <Form.Item name="ground" label={t("new.ground")} rules={rules}>
        <Select options={authorityGrounds.map((value) => ({ value, label: t(`grounds.${value}`) }))} />
      </Form.Item>
      <PaperInput
        id="hd-authority-paper"
        label={t("new.paper")}
        extra={say("paper.hint")}
        onChange={onPaper}
      />
    </>
  )
}

function Officers() {
  const { t } = useTranslation("authorities")
  return (
    <fieldset className="hd-parties-lines">
      <legend>{t("new.officers")}</legend>
      {[0, 1].map((index) => (
        <div key={index} className="hd-parties-line">
          <Form.Item name={["officers", index, "name"]} label={t("new.officer", { number: index + 1 })}>
            <Input maxLength={40} />
          </Form.Item>
          <Form.Item name={["officers", index, "card"]} label={t("new.card")}>
            <Input maxLength={20} />
          </Form.Item>
        </div>
      ))}
      <p className="hd-faint">{t("new.officersHint")}</p>
    </fieldset>
  )
}

interface HomesProps {
  readonly homes: readonly Home[]
  readonly onChange: (homes: readonly Home[]) => void
}

function Homes({ homes, onChange }: HomesProps) {
  const { t } = useTranslation("authorities")
  const others = (homeId: string) => homes.filter((one) => one.homeId !== homeId)
  return (
    <fieldset className="hd-parties-lines">
      <legend>{t("new.homes")}</legend>
      {homes.map(({ homeId, home }) => (
        <Tag key={homeId} closable onClose={() => onChange(others(homeId))}>
          {home}
        </Tag>
      ))}
      <PlacePicker onPicked={(one) => onChange([...others(one.homeId), one])} />
      <p className="hd-faint">{t("new.homesHint")}</p>
    </fieldset>
  )
}

function What() {
  const { t } = useTranslation("authorities")
  const { t: say } = useTranslation("parties")
  const word = useWords()
  const fields = usePurposes().find(({ code }) => code === "authority_assist")?.fields ?? []
  return (
    <>
      <Form.Item name="fields" label={t("new.fields")} rules={[{ required: true, message: say("required") }]}>
        <Select
          mode="multiple"
          options={fields.map((value) => ({ value, label: word("fields", value) }))}
          showSearch={{ optionFilterProp: "label" }}
        />
      </Form.Item>
      <Form.Item name="form" label={t("new.form")}>
        <Radio.Group
          optionType="button"
          options={leavingForms.map((value) => ({ value, label: t(`forms.${value}`) }))}
        />
      </Form.Item>
      <Form.Item name="secretUntil" label={t("new.secret")} extra={t("new.secretHint")}>
        <Input type="date" className="hd-parties-day" />
      </Form.Item>
    </>
  )
}
