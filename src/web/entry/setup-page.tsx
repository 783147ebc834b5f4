import { useQuery } from "@tanstack/react-query"
import { Input, Skeleton } from "antd"
import { useEffect, useState } from "react"
import { useTranslation } from "react-i18next"
import { readSetup } from "../../duty/people/contract.ts"
import { ask } from "../client.ts"
import { PathLink } from "../parts/path-link.tsx"
import { RefusalAlert } from "../parts/refusal-alert.tsx"
import { paths } from "../paths.ts"
import { CompanyForm } from "./company-form.tsx"
import { useRememberedLogins } from "./demonstration-logins.ts"
import { EntryFrame } from "./entry-frame.tsx"
import { LoginTable } from "./login-table.tsx"
import { OpenDemonstration } from "./open-demonstration.tsx"

/** The first run: a demonstration by one button, or the own company by a short form. */
export function SetupPage() {
  const { t } = useTranslation("entry")
  const code = useSetupCode()
  const setup = useQuery(ask(readSetup, {}))
  const logins = useRememberedLogins()
  if (logins.length > 0) {
    return (
      <EntryFrame title={t("logins.title")} wide>
        <LoginTable logins={logins} />
      </EntryFrame>
    )
  }
  if (setup.data?.needed === false && setup.data.demonstration === null) {
    return (
      <EntryFrame title={t("setup.done")} hint={t("setup.doneHint")}>
        <PathLink to={paths.signIn()}>{t("setup.toSignIn")}</PathLink>
      </EntryFrame>
    )
  }
  return (
    <EntryFrame title={t("setup.title")} hint={t("setup.hint")} wide>
      <RefusalAlert error={setup.error} onRetry={() => void setup.refetch()} />
      {setup.isPending && <Skeleton active />}
      {setup.data && <SetupWays givenCode={code} isOpen={setup.data.demonstration !== null} />}
    </EntryFrame>
  )
}

interface SetupWaysProps {
  readonly givenCode: string
  /** The demonstration is there already. */
  readonly isOpen: boolean
}

function SetupWays({ givenCode, isOpen }: SetupWaysProps) {
  const { t } = useTranslation("entry")
  const [typed, setTyped] = useState("")
  const code = givenCode === "" ? typed.trim() : givenCode
  return (
    <>
      {givenCode === "" && (
        <label className="hd-setup-code">
          <span>{t("setup.code")}</span>
          <Input
            value={typed}
            placeholder={t("setup.codeHint")}
            autoComplete="off"
            onChange={(event) => setTyped(event.target.value)}
          />
        </label>
      )}
      <div className="hd-setup-ways">
        <OpenDemonstration code={code} isOpen={isOpen} />
        <CompanyForm code={code} />
      </div>
    </>
  )
}

/** The code comes in the address's fragment, which is never sent; it is taken out of the address bar at once. */
function useSetupCode(): string {
  const [code] = useState(() => new URLSearchParams(window.location.hash.slice(1)).get("code") ?? "")
  useEffect(() => {
    if (window.location.hash !== "") {
      window.history.replaceState(window.history.state, "", window.location.pathname + window.location.search)
    }
  }, [])
  return code
}
