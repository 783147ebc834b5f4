import { useTranslation } from "react-i18next"
import type { Person } from "../../../lifecycle/store/contract.ts"
import { useWords } from "../../parts/use-words.ts"
import { HomeTraces } from "../traces/home-traces.tsx"
import { OrderLink } from "./order-link.tsx"
import "./owners.css"

export interface ResidencesProps {
  readonly personId: string
  readonly residences: Person["residences"]
}

/** The homes of one person, each with its way to an order. */
export function Residences({ personId, residences }: ResidencesProps) {
  const { t } = useTranslation("owners")
  const word = useWords()
  return (
    <ul className="hd-residences">
      {residences.map(({ residenceId, homeId, home, role, from }) => (
        <li key={residenceId} className="hd-residence">
          <span>
            <strong>{home}</strong> {word("roles", role)}
            {from !== null && <span className="hd-faint"> {t("person.since", { date: from })}</span>}
          </span>
          <span className="hd-residence-ways">
            <HomeTraces homeId={homeId} home={home} />
            <OrderLink homeId={homeId} personId={personId} home={home} />
          </span>
        </li>
      ))}
    </ul>
  )
}
