import { useMutation, useQueryClient } from "@tanstack/react-query"
import { App, Button, Space } from "antd"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { type Attempt, listAttempts, ruleOnAttempt } from "../../../duty/stop/contract.ts"
import { call } from "../../client.ts"
import { newId } from "../../new-id.ts"
import { Guard } from "../../parts/guard.tsx"
import { useSentences } from "../../parts/refusal-alert.tsx"
import { useCommunity } from "../../parts/use-community.ts"
import { useSession } from "../../parts/use-session.ts"
import { TeachDialog } from "./teach-dialog.tsx"

export interface RulingProps {
  readonly attempt: Attempt
}

/** Stop, pass on or teach; what is not possible says why. */
export function Ruling({ attempt }: RulingProps) {
  const { t } = useTranslation("stop")
  const reason = useReason(attempt)
  const [isTeaching, setTeaching] = useState(false)
  const rule = useRule(attempt.attemptId)
  return (
    <Space size="small" wrap>
      <Guard reason={reason}>
        {(disabled) => (
          <Button size="small" disabled={disabled} onClick={() => rule("stop")}>
            {t("attempts.stop")}
          </Button>
        )}
      </Guard>
      <Guard reason={reason ?? (attempt.state === "forwarded" ? t("attempts.officer") : null)}>
        {(disabled) => (
          <Button size="small" disabled={disabled} onClick={() => rule("forward")}>
            {t("attempts.forward")}
          </Button>
        )}
      </Guard>
      <Guard reason={reason}>
        {(disabled) => (
          <Button size="small" type="primary" ghost disabled={disabled} onClick={() => setTeaching(true)}>
            {t("attempts.teach")}
          </Button>
        )}
      </Guard>
      {isTeaching && <TeachDialog attempt={attempt} onClose={() => setTeaching(false)} />}
    </Space>
  )
}

function useReason(attempt: Attempt): string | null {
  const { t } = useTranslation("stop")
  const { staffId } = useSession()
  const { posts } = useCommunity()
  if (attempt.state === "stopped" || attempt.state === "taught") return t("attempts.done")
  if (attempt.by.staffId === staffId) return t("attempts.own")
  return attempt.state === "forwarded" && !posts.includes("privacy_officer") ? t("attempts.officer") : null
}

function useRule(attemptId: string): (verdict: "stop" | "forward") => void {
  const { t } = useTranslation("stop")
  const { communityId } = useCommunity()
  const { modal, message } = App.useApp()
  const { ofError } = useSentences()
  const client = useQueryClient()
  const rule = useMutation({
    mutationFn: (verdict: "stop" | "forward") =>
      call(ruleOnAttempt, { params: { communityId, attemptId }, body: { rulingId: newId(), verdict } }),
    onSuccess: () => void message.success(t("attempts.ruled")),
    onError: (error) => void message.error(ofError(error)),
    onSettled: () => client.invalidateQueries({ queryKey: [listAttempts.path] }),
  })
  return (verdict) =>
    void modal.confirm({
      title: t(verdict === "stop" ? "attempts.confirmStop" : "attempts.confirmForward"),
      okText: t(`attempts.${verdict}`),
      cancelText: t("attempts.cancel"),
      onOk: () => rule.mutate(verdict),
    })
}
