import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query"
import { App, Modal, Segmented, Select } from "antd"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import type { FormView } from "../../../lifecycle/forms/contract.ts"
import {
  acceptSubmission,
  listSubmissions,
  rejectReasons,
  rejectSubmission,
  type SubmissionView,
} from "../../../lifecycle/forms/inbox-contract.ts"
import { type ResidenceRole, residenceRole } from "../../../lifecycle/store/contract.ts"
import { ask, call } from "../../client.ts"
import { ListRows } from "../../parts/list-page.tsx"
import { RefusalAlert } from "../../parts/refusal-alert.tsx"
import { useFilters } from "../../parts/use-address.ts"
import { useCommunity } from "../../parts/use-community.ts"
import { useSay } from "../../parts/use-say.ts"
import { useWords } from "../../parts/use-words.ts"
import { useInboxColumns } from "./inbox-columns.tsx"

const refreshMilliseconds = 15_000

type Deciding = { readonly row: SubmissionView; readonly accepts: boolean } | null

/** What phones sent in, masked: accepted into the roster of the home, or rejected and gone. */
export function Inbox({ forms }: { readonly forms: readonly FormView[] }) {
  const { t } = useTranslation("forms")
  const say = useSay()
  const { communityId } = useCommunity()
  const { values, set } = useFilters()
  const state = values["state"] === "done" ? "done" : "waiting"
  const query = useQuery({
    ...ask(listSubmissions, { params: { communityId }, query: { state } }),
    refetchInterval: refreshMilliseconds,
  })
  const [deciding, setDeciding] = useState<Deciding>(null)
  const nameOf = (purpose: string) => {
    const form = forms.find((one) => one.purpose === purpose)
    return form === undefined ? purpose : say(form.label)
  }
  const columns = useInboxColumns({ nameOf, onDecide: (row, accepts) => setDeciding({ row, accepts }) })
  return (
    <>
      <div className="hd-form-bar">
        <Segmented
          value={state}
          onChange={(next) => set({ state: next === "done" ? "done" : undefined })}
          options={[
            { value: "waiting", label: t("inbox.waiting") },
            { value: "done", label: t("inbox.done") },
          ]}
        />
      </div>
      <RefusalAlert error={query.error} onRetry={() => void query.refetch()} />
      {query.data !== undefined && (
        <ListRows
          found={query.data.submissions}
          rowKey={(row) => row.submissionId}
          columns={columns}
          empty={{
            title: state === "waiting" ? t("inbox.empty") : t("inbox.emptyDone"),
            hint: t("inbox.emptyHint"),
          }}
        />
      )}
      {deciding !== null && (
        <DecideDialog
          key={deciding.row.submissionId}
          row={deciding.row}
          accepts={deciding.accepts}
          onClose={() => setDeciding(null)}
        />
      )}
    </>
  )
}

interface DecideProps {
  readonly row: SubmissionView
  readonly accepts: boolean
  readonly onClose: () => void
}

function DecideDialog({ row, accepts, onClose }: DecideProps) {
  const { t } = useTranslation("forms")
  const word = useWords()
  const { communityId } = useCommunity()
  const { message } = App.useApp()
  const client = useQueryClient()
  const [role, setRole] = useState<ResidenceRole>("owner")
  const [reason, setReason] = useState<(typeof rejectReasons)[number] | null>(null)
  const params = { communityId, submissionId: row.submissionId }
  const decide = useMutation({
    mutationFn: async () => {
      if (accepts) return t(`saved.${(await call(acceptSubmission, { params, body: { role } })).outcome}`)
      if (reason !== null) await call(rejectSubmission, { params, body: { reason } })
      return t("inbox.rejected")
    },
    onSuccess: (said) => {
      message.success(said)
      void client.invalidateQueries({ queryKey: [listSubmissions.path] })
      onClose()
    },
  })
  const leads = { roster: t("asRoster"), order: t("asOrder"), kept: t("asKept") }
  return (
    <Modal
      open
      width={420}
      title={accepts ? t("inbox.acceptTitle") : t("inbox.rejectTitle")}
      okText={accepts ? t("inbox.accept") : t("inbox.reject")}
      cancelText={t("inbox.cancel")}
      okButtonProps={{ disabled: !accepts && reason === null }}
      confirmLoading={decide.isPending}
      onOk={() => decide.mutate()}
      onCancel={onClose}
    >
      <p>{accepts ? leads[row.leadsTo] : t("inbox.rejectHint")}</p>
      {accepts && row.leadsTo === "roster" && (
        <Select
          aria-label={t("role")}
          style={{ width: "100%" }}
          value={role}
          onChange={setRole}
          options={residenceRole.options.map((value) => ({ value, label: word("roles", value) }))}
        />
      )}
      {!accepts && (
        <Select
          aria-label={t("inbox.reason")}
          placeholder={t("inbox.reason")}
          style={{ width: "100%" }}
          value={reason}
          onChange={setReason}
          options={rejectReasons.map((value) => ({ value, label: t(`inbox.reasons.${value}`) }))}
        />
      )}
      <RefusalAlert error={decide.error} />
    </Modal>
  )
}
