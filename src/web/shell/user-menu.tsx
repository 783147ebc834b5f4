import { useMutation, useQueryClient } from "@tanstack/react-query"
import { useNavigate } from "@tanstack/react-router"
import { Button, Dropdown } from "antd"
import { useTranslation } from "react-i18next"
import { signOut } from "../../duty/people/contract.ts"
import { call } from "../client.ts"
import { Icon } from "../parts/icon.tsx"
import { useSession } from "../parts/use-session.ts"
import { paths } from "../paths.ts"
import { LanguageButton } from "./language-button.tsx"

/** Language, one's own account, and the way out. */
export function UserMenu() {
  const { t } = useTranslation("shell")
  const { name, login } = useSession()
  const navigate = useNavigate()
  const leave = useSignOut()
  return (
    <>
      <LanguageButton />
      <Dropdown
        trigger={["click"]}
        menu={{
          items: [
            { key: "who", label: `${name} · ${login}`, disabled: true },
            { type: "divider" },
            {
              key: "account",
              label: t("user.account"),
              onClick: () => void navigate({ to: paths.account() }),
            },
            { key: "out", label: t("user.signOut"), onClick: () => leave.mutate() },
          ],
        }}
      >
        <Button type="text" className="hd-user" aria-label={`${t("user.account")} ${name}`}>
          <Icon name="user" size={18} />
          <span className="hd-user-name">{name}</span>
        </Button>
      </Dropdown>
    </>
  )
}

function useSignOut() {
  const client = useQueryClient()
  const navigate = useNavigate()
  return useMutation({
    mutationFn: () => call(signOut, {}),
    // Also when the server refuses: the person wants to leave, and what was shown must go.
    onSettled: async () => {
      await navigate({ to: paths.signIn() })
      client.clear()
    },
  })
}
