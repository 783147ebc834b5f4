import { Button } from "antd"
import { useTranslation } from "react-i18next"
import { Refused } from "../client.ts"
import { Nothing } from "../parts/nothing.tsx"
import { useSentences } from "../parts/refusal-alert.tsx"

/** What a page shows that could not be shown: the reason of a refusal, and nothing of a bug but that it is one. */
export function BrokenPage({ error }: { readonly error: unknown }) {
  const { t } = useTranslation("shell")
  const { ofError } = useSentences()
  return (
    <div className="hd-alone">
      <Nothing
        title={t("broken.title")}
        hint={error instanceof Refused ? ofError(error) : t("broken.hint")}
        action={<Button onClick={() => window.location.reload()}>{t("broken.reload")}</Button>}
      />
    </div>
  )
}
