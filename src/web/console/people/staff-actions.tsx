import { type UseMutationResult, useMutation, useQueryClient } from "@tanstack/react-query"
import { App, Button } from "antd"
import { useTranslation } from "react-i18next"
import {
  dismissStaff,
  listStaff,
  resetPassword,
  restoreStaff,
  type StaffMember,
} from "../../../duty/people/contract.ts"
import { call } from "../../client.ts"
import { Guard } from "../../parts/guard.tsx"
import { useSentences } from "../../parts/refusal-alert.tsx"
import { useCommunity } from "../../parts/use-community.ts"
import type { FirstPassword } from "./first-password-dialog.tsx"
import { useStaffRights } from "./staff-rights.ts"

export interface StaffActionsProps {
  readonly member: StaffMember
  readonly onChange: (member: StaffMember) => void
  readonly onSuspend: (member: StaffMember) => void
  readonly onPassword: (first: FirstPassword) => void
}

/** What may be done about one member; each with its reason when not. */
export function StaffActions({ member, onChange, onSuspend, onPassword }: StaffActionsProps) {
  const { t } = useTranslation("people")
  const reason = useStaffRights().toChange(member)
  const reset = useReset(member, onPassword)
  const leave = useStep(dismissStaff, { member, done: t("done.left") })
  const restore = useStep(restoreStaff, { member, done: t("done.restored") })
  const ask = useConfirm()
  const { name } = member
  const actions = [
    { label: t("changePost"), danger: false, run: () => onChange(member) },
    {
      label: t("resetPassword"),
      danger: false,
      run: () => ask({ title: t("resetConfirm", { name }), text: t("resetText"), act: reset }),
    },
    member.suspension === null
      ? { label: t("suspend"), danger: true, run: () => onSuspend(member) }
      : {
          label: t("restore"),
          danger: false,
          run: () => ask({ title: t("restoreConfirm", { name }), text: t("restoreText"), act: restore }),
        },
    {
      label: t("leave"),
      danger: true,
      run: () => ask({ title: t("leaveConfirm", { name }), text: t("leaveText"), act: leave }),
    },
  ]
  return (
    <Guard reason={reason}>
      {(disabled) => (
        <span className="hd-row-actions">
          {actions.map(({ label, danger, run }) => (
            <Button key={label} type="link" size="small" danger={danger} disabled={disabled} onClick={run}>
              {label}
            </Button>
          ))}
        </span>
      )}
    </Guard>
  )
}

function useReset(member: StaffMember, onPassword: (first: FirstPassword) => void) {
  const { communityId } = useCommunity()
  const client = useQueryClient()
  const { staffId, name, login } = member
  return useMutation({
    mutationFn: () => call(resetPassword, { params: { communityId, staffId }, body: {} }),
    onSuccess: async ({ firstPassword }) => {
      onPassword({ name, login, password: firstPassword })
      await client.invalidateQueries({ queryKey: [listStaff.path] })
    },
  })
}

/** A command about one member that takes nothing else, and is done when it is done. */
function useStep(
  step: typeof dismissStaff,
  { member, done }: { readonly member: StaffMember; readonly done: string },
) {
  const { communityId } = useCommunity()
  const { message } = App.useApp()
  const client = useQueryClient()
  const { staffId } = member
  return useMutation({
    mutationFn: () => call(step, { params: { communityId, staffId }, body: {} }),
    onSuccess: async () => {
      void message.success(done)
      await client.invalidateQueries({ queryKey: [listStaff.path] })
    },
  })
}

interface Question<Reply> {
  readonly title: string
  readonly text: string
  readonly act: UseMutationResult<Reply, Error, void>
}

/** Asks before it acts, and says why when the server refuses. */
function useConfirm(): <Reply>(question: Question<Reply>) => void {
  const { t } = useTranslation("people")
  const { modal, message } = App.useApp()
  const { ofError } = useSentences()
  return ({ title, text, act }) => {
    modal.confirm({
      title,
      content: text,
      okText: t("submit"),
      cancelText: t("cancel"),
      onOk: () => act.mutateAsync().catch((error: unknown) => void message.error(ofError(error), 6)),
    })
  }
}
