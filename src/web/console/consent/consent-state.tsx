import { Tag } from "antd"
import { useTranslation } from "react-i18next"
import type { ConsentState as State } from "../../../lifecycle/consent/consent.ts"

const colours = {
  none: "default",
  asked: "blue",
  given: "green",
  stale: "gold",
  refused: "red",
  withdrawn: "red",
  lapsed: "default",
} as const satisfies Record<State, string>

/** Where somebody stands with a feature. Clause 2.5. */
export function ConsentState({ state, count }: { readonly state: State; readonly count?: number }) {
  const { t } = useTranslation("consent")
  return (
    <Tag color={colours[state]}>
      {t(`states.${state}`)}
      {count !== undefined && ` ${String(count)}`}
    </Tag>
  )
}
