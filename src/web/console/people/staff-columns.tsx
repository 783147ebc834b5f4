import { Tag } from "antd"
import { useTranslation } from "react-i18next"
import type { StaffMember, Suspension } from "../../../duty/people/contract.ts"
import type { ListColumn } from "../../parts/list-page.tsx"
import { showInstant, When } from "../../parts/when.tsx"
import { Appointments } from "./appointments.tsx"
import type { FirstPassword } from "./first-password-dialog.tsx"
import { StaffActions } from "./staff-actions.tsx"

export interface StaffColumnsProps {
  readonly onChange: (member: StaffMember) => void
  readonly onSuspend: (member: StaffMember) => void
  readonly onPassword: (first: FirstPassword) => void
}

export function useStaffColumns(acts: StaffColumnsProps): ListColumn<StaffMember>[] {
  const { t } = useTranslation("people")
  return [
    { key: "name", title: t("name"), render: (member) => member.name, card: "title" },
    { key: "login", title: t("login"), render: (member) => <code>{member.login}</code> },
    {
      key: "appointments",
      title: t("appointments"),
      render: (member) => <Appointments of={member.appointments} />,
    },
    {
      key: "factor",
      title: t("factor"),
      render: (member) => (
        <span className={member.hasSecondFactor ? "" : "hd-faint"}>
          {member.hasSecondFactor ? t("factorOn") : t("factorOff")}
        </span>
      ),
    },
    { key: "state", title: t("state"), render: (member) => <StaffState member={member} />, card: "extra" },
    {
      key: "actions",
      title: t("actions"),
      render: (member) => <StaffActions member={member} {...acts} />,
    },
  ]
}

function StaffState({ member }: { readonly member: StaffMember }) {
  const { t } = useTranslation("people")
  if (member.leftAt !== null) return <Tag>{t("left")}</Tag>
  if (member.suspension !== null) return <Suspended {...member.suspension} />
  if (member.lockedUntil !== null) {
    return (
      <Tag color="red">
        {t("locked")} <When at={member.lockedUntil} />
      </Tag>
    )
  }
  return <Tag color="green">{t("active")}</Tag>
}

function Suspended({ reason, since, until }: Suspension) {
  const { t } = useTranslation("people")
  return (
    <>
      <Tag color="orange">{t("suspended")}</Tag>
      <ul className="hd-plain hd-faint">
        {reason !== null && <li>{t(`reasons.${reason}`)}</li>}
        <li>{t("suspendedSince", { at: showInstant(since) })}</li>
        <li>{until === null ? t("suspendedOpen") : t("until", { at: showInstant(until) })}</li>
      </ul>
    </>
  )
}
