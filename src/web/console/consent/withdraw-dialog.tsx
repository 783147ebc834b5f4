import { useMutation } from "@tanstack/react-query"
import { useNavigate } from "@tanstack/react-router"
import { Modal } from "antd"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import type { ConsentText } from "../../../lifecycle/consent/contract.ts"
import { newId } from "../../new-id.ts"
import { RefusalAlert } from "../../parts/refusal-alert.tsx"
import { useCommunity } from "../../parts/use-community.ts"
import { useSay } from "../../parts/use-say.ts"
import { useWords } from "../../parts/use-words.ts"
import { paths } from "../../paths.ts"
import { useRecord } from "./use-record.ts"

export interface WithdrawDialogProps {
  readonly personId: string
  readonly text: ConsentText
  readonly onClose: () => void
}

/** One click, no reason asked; then the receipt of what stopped. Clause 2.7. */
export function WithdrawDialog({ personId, text, onClose }: WithdrawDialogProps) {
  const { t } = useTranslation("consent")
  const say = useSay()
  const word = useWords()
  const navigate = useNavigate()
  const { communityId } = useCommunity()
  const record = useRecord(personId, text)
  const [eventId] = useState(newId)
  const withdraw = useMutation({
    mutationFn: () => record({ kind: "withdrawn", channel: "desk", ownWish: true, eventId }),
    onSuccess: () => navigate({ to: paths.consentReceipt(communityId, personId, eventId) }),
  })
  const feature = say({ "zh-CN": text.words["zh-CN"].name, en: text.words.en.name })
  const fields = text.fields.map((code) => word("fields", code)).join("、")
  return (
    <Modal
      open
      title={t("withdraw.title", { feature })}
      okText={t("withdraw.ok")}
      okButtonProps={{ danger: true }}
      cancelText={t("cancel")}
      confirmLoading={withdraw.isPending}
      onOk={() => withdraw.mutate()}
      onCancel={onClose}
    >
      <ul>
        <li>{t("withdraw.stops", { feature, fields })}</li>
        <li>{t("withdraw.sent")}</li>
        <li>{t("withdraw.free")}</li>
      </ul>
      <RefusalAlert error={withdraw.error} />
    </Modal>
  )
}
