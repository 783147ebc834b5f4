import { useMutation, useQueryClient } from "@tanstack/react-query"
import { Button, DatePicker, Form, Modal } from "antd"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import type { z } from "zod"
import { flagMinor, readConsents } from "../../../lifecycle/consent/contract.ts"
import { call } from "../../client.ts"
import { RefusalAlert } from "../../parts/refusal-alert.tsx"
import { useCommunity } from "../../parts/use-community.ts"

interface MinorProps {
  readonly personId: string
  readonly age: Pick<z.infer<typeof readConsents.reply>, "isMinor" | "hasEnd" | "isYoung">
}

/** Under 14, under 18; until a month, and without a birth date. Clause 2.10. */
export function Minor({ personId, age: { isMinor, hasEnd, isYoung } }: MinorProps) {
  const { t } = useTranslation("consent")
  const { posts } = useCommunity()
  const [isOpen, setOpen] = useState(false)
  const supervises = posts.includes("supervisor") || posts.includes("manager")
  const mayChange = !isMinor || !hasEnd || supervises
  return (
    <>
      {isMinor && <strong>{t("minor.is")}</strong>}
      {!isMinor && isYoung && <span>{t("minor.young")}</span>}
      {mayChange && (
        <Button onClick={() => setOpen(true)}>{t(isMinor ? "minor.month" : "minor.flag")}</Button>
      )}
      {isOpen && <MinorDialog personId={personId} isMinor={isMinor} onClose={() => setOpen(false)} />}
    </>
  )
}

interface DialogProps {
  readonly personId: string
  readonly isMinor: boolean
  readonly onClose: () => void
}

function MinorDialog({ personId, isMinor, onClose }: DialogProps) {
  const { t } = useTranslation("consent")
  const [turns14, setTurns14] = useState<string>()
  const flag = useFlag(personId, onClose)
  return (
    <Modal
      open
      title={t(isMinor ? "minor.month" : "minor.confirm")}
      okText={t("minor.ok")}
      okButtonProps={{ disabled: isMinor && turns14 === undefined }}
      cancelText={t("cancel")}
      confirmLoading={flag.isPending}
      onOk={() => flag.mutate(turns14)}
      onCancel={onClose}
      width={460}
    >
      <p>{t(isMinor ? "minor.monthHint" : "minor.hint")}</p>
      <Form layout="vertical">
        <Form.Item label={t("minor.turns14")}>
          <DatePicker
            picker="month"
            format="YYYY-MM"
            onChange={(chosen) => setTurns14(chosen?.format("YYYY-MM"))}
          />
        </Form.Item>
      </Form>
      <RefusalAlert error={flag.error} />
    </Modal>
  )
}

function useFlag(personId: string, onDone: () => void) {
  const { communityId } = useCommunity()
  const client = useQueryClient()
  return useMutation({
    mutationFn: (turns14: string | undefined) =>
      call(flagMinor, { params: { communityId, personId }, body: { turns14 } }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: [readConsents.path] })
      onDone()
    },
  })
}
