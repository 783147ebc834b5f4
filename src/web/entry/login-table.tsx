import { Button } from "antd"
import { useTranslation } from "react-i18next"
import type { DemonstrationLogin } from "../../duty/people/contract.ts"
import { RefusalAlert } from "../parts/refusal-alert.tsx"
import { useWords } from "../parts/use-words.ts"
import { useEnter } from "./use-enter.ts"

/** One log-in per post of the demonstration; entering signs in at once. */
export function LoginTable({ logins }: { readonly logins: readonly DemonstrationLogin[] }) {
  const { t } = useTranslation("entry")
  const say = useWords()
  const enter = useEnter()
  return (
    <section className="hd-logins" aria-label={t("logins.title")}>
      <p className="hd-faint">{t("logins.hint")}</p>
      <RefusalAlert error={enter.error} />
      <ul>
        {logins.map(({ login, password, name, post, reach }) => (
          <li key={login}>
            <span className="hd-logins-post">
              <strong>{say("posts", post)}</strong>
              <span className="hd-faint">{reach}</span>
            </span>
            <span className="hd-logins-name">{name}</span>
            <span className="hd-logins-secret">
              <code>{login}</code>
              <code>{password}</code>
            </span>
            <Button
              color="primary"
              variant="outlined"
              aria-label={t("logins.enterAs", { post: say("posts", post) })}
              loading={enter.isPending && enter.variables.login === login}
              disabled={enter.isPending}
              onClick={() => enter.mutate({ login, password })}
            >
              {t("logins.enter")}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  )
}
