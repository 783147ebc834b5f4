import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query"
import { useNavigate } from "@tanstack/react-router"
import { Alert, Form, Modal, Select } from "antd"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { type ConsentText, countConsents } from "../../../lifecycle/consent/contract.ts"
import {
  listConsentRuns,
  type Occasion,
  occasion as occasions,
  startConsentRun,
} from "../../../lifecycle/consent/run-contract.ts"
import { ask, call } from "../../client.ts"
import { newId } from "../../new-id.ts"
import { RefusalAlert } from "../../parts/refusal-alert.tsx"
import { useCommunity } from "../../parts/use-community.ts"
import { useWords } from "../../parts/use-words.ts"
import { paths } from "../../paths.ts"
import { useFeatureName } from "./use-feature-name.ts"

export interface RunDialogProps {
  readonly texts: readonly ConsentText[]
  readonly onClose: () => void
}

/** Only those who have consented; by default nobody. Clause 2.5. */
export function RunDialog({ texts, onClose }: RunDialogProps) {
  const { t } = useTranslation("consent")
  const word = useWords()
  const nameOf = useFeatureName()
  const navigate = useNavigate()
  const client = useQueryClient()
  const { communityId } = useCommunity()
  const features = [...new Set(texts.map(({ feature }) => feature))]
  const [feature, setFeature] = useState(features[0] ?? "")
  const [occasion, setOccasion] = useState<Occasion>("mid_autumn")
  const [runId] = useState(newId)
  const counts = useQuery(ask(countConsents, { params: { communityId } }))
  const given = counts.data?.counts.find((one) => one.feature === feature)?.states.given ?? 0
  const fields = texts.find((one) => one.feature === feature)?.fields ?? []
  const start = useMutation({
    mutationFn: () => call(startConsentRun, { params: { communityId }, body: { runId, feature, occasion } }),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: [listConsentRuns.path] })
      void navigate({ to: paths.consentRun(communityId, runId) })
    },
  })
  return (
    <Modal
      open
      title={t("runs.startTitle")}
      okText={t("runs.startNow")}
      cancelText={t("cancel")}
      okButtonProps={{ disabled: given === 0 }}
      confirmLoading={start.isPending}
      onOk={() => start.mutate()}
      onCancel={onClose}
    >
      <Form layout="vertical">
        <Form.Item label={t("persons.feature")}>
          <Select
            aria-label={t("persons.feature")}
            value={feature}
            onChange={setFeature}
            options={features.map((value) => ({ value, label: nameOf(value) }))}
          />
        </Form.Item>
        <Form.Item label={t("runs.occasion")}>
          <Select<Occasion>
            aria-label={t("runs.occasion")}
            value={occasion}
            onChange={setOccasion}
            options={occasions.options.map((value) => ({ value, label: t(`occasions.${value}`) }))}
          />
        </Form.Item>
      </Form>
      <Alert
        type={given === 0 ? "warning" : "info"}
        showIcon
        title={given === 0 ? t("runs.nobody") : t("runs.whom", { count: given })}
        description={t("runs.whomHint", { fields: fields.map((code) => word("fields", code)).join("、") })}
      />
      <RefusalAlert error={start.error ?? counts.error} />
    </Modal>
  )
}
