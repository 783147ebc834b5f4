import { useQuery } from "@tanstack/react-query"
import { useNavigate } from "@tanstack/react-router"
import { Button, Checkbox, Input } from "antd"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { listStaff, type StaffMember } from "../../../duty/people/contract.ts"
import { ask } from "../../client.ts"
import { Guard } from "../../parts/guard.tsx"
import { Icon } from "../../parts/icon.tsx"
import { ListPage } from "../../parts/list-page.tsx"
import { useFilters } from "../../parts/use-address.ts"
import { useCommunity } from "../../parts/use-community.ts"
import { paths } from "../../paths.ts"
import { AppointDialog } from "./appoint-dialog.tsx"
import { ChangePostDialog } from "./change-post-dialog.tsx"
import { type FirstPassword, FirstPasswordDialog } from "./first-password-dialog.tsx"
import { useStaffColumns } from "./staff-columns.tsx"
import { useStaffRights } from "./staff-rights.ts"
import { SuspendDialog } from "./suspend-dialog.tsx"

type Dialog =
  | { readonly open: "none" }
  | { readonly open: "appoint" }
  | { readonly open: "change"; readonly member: StaffMember }
  | { readonly open: "suspend"; readonly member: StaffMember }
  | { readonly open: "password"; readonly first: FirstPassword }

/** Everybody who holds or held a post here. Clause 6.1. */
export function PeoplePage() {
  const { t } = useTranslation("people")
  const { t: watch } = useTranslation("watch")
  const { communityId } = useCommunity()
  const navigate = useNavigate()
  const query = useQuery(ask(listStaff, { params: { communityId } }))
  const { values, set } = useFilters()
  const [find, setFind] = useState("")
  const [dialog, setDialog] = useState<Dialog>({ open: "none" })
  const rights = useStaffRights()
  const close = () => setDialog({ open: "none" })
  const showPassword = (first: FirstPassword) => setDialog({ open: "password", first })
  const columns = useStaffColumns({
    onChange: (member) => setDialog({ open: "change", member }),
    onSuspend: (member) => setDialog({ open: "suspend", member }),
    onPassword: showPassword,
  })
  const isShown = (member: StaffMember) =>
    (values["all"] === "yes" || member.leftAt === null) &&
    `${member.name} ${member.login}`.toLowerCase().includes(find.trim().toLowerCase())
  return (
    <>
      <ListPage
        title={t("title")}
        hint={t("hint")}
        query={query}
        rows={(reply) => reply.staff.filter(isShown)}
        rowKey={(member) => member.staffId}
        columns={columns}
        empty={{ title: t("empty.title"), hint: t("empty.hint") }}
        actions={
          <>
            <Guard reason={rights.toAppoint}>
              {(disabled) => (
                <Button disabled={disabled} onClick={() => void navigate({ to: paths.ties(communityId) })}>
                  {watch("ties")}
                </Button>
              )}
            </Guard>
            <Guard reason={rights.toAppoint}>
              {(disabled) => (
                <Button
                  type="primary"
                  icon={<Icon name="plus" />}
                  disabled={disabled}
                  onClick={() => setDialog({ open: "appoint" })}
                >
                  {t("appoint")}
                </Button>
              )}
            </Guard>
          </>
        }
        filters={
          <>
            <Input
              data-search
              allowClear
              className="hd-find"
              prefix={<Icon name="search" />}
              placeholder={t("find")}
              aria-label={t("find")}
              value={find}
              onChange={(event) => setFind(event.target.value)}
            />
            <Checkbox
              checked={values["all"] !== "yes"}
              onChange={(event) => set({ all: event.target.checked ? undefined : "yes" })}
            >
              {t("onlyActive")}
            </Checkbox>
          </>
        }
      />
      {dialog.open === "appoint" && <AppointDialog onClose={close} onPassword={showPassword} />}
      {dialog.open === "change" && <ChangePostDialog member={dialog.member} onClose={close} />}
      {dialog.open === "suspend" && <SuspendDialog member={dialog.member} onClose={close} />}
      {dialog.open === "password" && <FirstPasswordDialog first={dialog.first} onClose={close} />}
    </>
  )
}
