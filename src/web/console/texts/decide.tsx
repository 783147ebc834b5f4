import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query"
import { Alert, App, Button, Modal, Select, Skeleton } from "antd"
import { type ReactNode, useState } from "react"
import { useTranslation } from "react-i18next"
import {
  glimpseAtFinding,
  listTextFindings,
  ruleOnFinding,
  type TextFinding,
} from "../../../lifecycle/text/contract.ts"
import { type Kept, keepReasons } from "../../../lifecycle/text/kept.ts"
import { ask, call } from "../../client.ts"
import { Guard } from "../../parts/guard.tsx"
import { RefusalAlert } from "../../parts/refusal-alert.tsx"
import { useCommunity } from "../../parts/use-community.ts"
import { Watermark } from "../../parts/watermark.tsx"

export interface DecideProps {
  readonly finding: TextFinding
}

/** Mask, move or keep; opening it is a look, which is traced. */
export function Decide({ finding }: DecideProps) {
  const { t } = useTranslation("texts")
  const { posts } = useCommunity()
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Guard reason={posts.includes("privacy_officer") ? null : t("notOfficer")}>
        {(disabled) => (
          <Button size="small" disabled={disabled} onClick={() => setOpen(true)}>
            {t("decide")}
          </Button>
        )}
      </Guard>
      {isOpen && <DecideDialog finding={finding} onClose={() => setOpen(false)} />}
    </>
  )
}

function DecideDialog({ finding, onClose }: DecideProps & { readonly onClose: () => void }) {
  const { t } = useTranslation("texts")
  const { t: text } = useTranslation("text")
  const { communityId } = useCommunity()
  const [reason, setReason] = useState<Kept["reason"]>()
  const rule = useRule(finding.findingId, onClose)
  const glimpse = useQuery({
    ...ask(glimpseAtFinding, { params: { communityId, findingId: finding.findingId } }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  })
  const { unmovable } = glimpse.data ?? { unmovable: null }
  return (
    <Modal open footer={null} title={t("dialog", { kind: text(`kinds.${finding.kind}`) })} onCancel={onClose}>
      {glimpse.isPending && <Skeleton active paragraph={{ rows: 2 }} />}
      <RefusalAlert error={glimpse.error} />
      <div className="hd-decide-look">{glimpse.data && <Around words={glimpse.data.words} />}</div>
      <ul className="hd-decide">
        <Choice hint={t("maskHint")}>
          <Button loading={rule.isPending} onClick={() => rule.mutate({ verdict: "mask" })}>
            {t("mask")}
          </Button>
        </Choice>
        <Choice hint={unmovable === null ? t("moveHint") : t(`unmovable.${unmovable}`)}>
          <Guard reason={unmovable === null ? null : t(`unmovable.${unmovable}`)}>
            {(disabled) => (
              <Button
                disabled={disabled || !glimpse.isSuccess}
                loading={rule.isPending}
                onClick={() => rule.mutate({ verdict: "move" })}
              >
                {t("move")}
              </Button>
            )}
          </Guard>
        </Choice>
        <Choice hint={t("keepHint")}>
          <Select
            aria-label={t("reason")}
            placeholder={t("reason")}
            options={keepReasons.map((value) => ({ value, label: text(`reasons.${value}`) }))}
            onChange={setReason}
          />
          <Button
            disabled={reason === undefined}
            loading={rule.isPending}
            onClick={() => reason !== undefined && rule.mutate({ verdict: "keep", reason })}
          >
            {t("keep")}
          </Button>
        </Choice>
      </ul>
      <RefusalAlert error={rule.error} />
    </Modal>
  )
}

function Around({ words }: { readonly words: string | null }) {
  const { t } = useTranslation("texts")
  if (words === null) return <Alert type="info" showIcon title={t("gone")} />
  return (
    <Watermark>
      <p className="hd-faint">
        {t("around")} · {t("traced")}
      </p>
      <blockquote className="hd-around">{words}</blockquote>
    </Watermark>
  )
}

function Choice({ hint, children }: { readonly hint: string; readonly children: ReactNode }) {
  return (
    <li>
      <span className="hd-decide-acts">{children}</span>
      <span className="hd-faint">{hint}</span>
    </li>
  )
}

type Verdict = { verdict: "mask" | "move" } | { verdict: "keep"; reason: Kept["reason"] }

function useRule(findingId: string, onDone: () => void) {
  const { t } = useTranslation("texts")
  const { communityId } = useCommunity()
  const { message } = App.useApp()
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: Verdict) => call(ruleOnFinding, { params: { communityId, findingId }, body }),
    onSuccess: () => {
      void message.success(t("done"))
      onDone()
    },
    onSettled: () => client.invalidateQueries({ queryKey: [listTextFindings.path] }),
  })
}
