import { useTranslation } from "react-i18next"
import type { StaffMember } from "../../../duty/people/contract.ts"
import { useWords } from "../../parts/use-words.ts"
import { showInstant } from "../../parts/when.tsx"
import { useBuildings } from "./use-buildings.ts"

type Appointment = StaffMember["appointments"][number]

/** Posts with their reach and, where they have one, their end. */
export function Appointments({ of }: { readonly of: readonly Appointment[] }) {
  const say = useWords()
  const reachOf = useReachWords()
  if (of.length === 0) return <span className="hd-faint">—</span>
  return (
    <ul className="hd-plain">
      {of.map((one) => (
        <li key={`${one.post} ${one.from}`} className={isOver(one) ? "hd-faint" : ""}>
          {say("posts", one.post)} <span className="hd-faint">{reachOf(one)}</span>
        </li>
      ))}
    </ul>
  )
}

function useReachWords(): (one: Appointment) => string {
  const { t } = useTranslation("people")
  const { buildings } = useBuildings()
  const place = ({ communityId, buildingIds }: Appointment) => {
    if (communityId === null) return t("company")
    if (buildingIds === null) return t("allBuildings")
    const names = buildingIds.map((id) => buildings.find((one) => one.buildingId === id)?.name)
    const known = names.filter((name) => name !== undefined)
    if (known.length < names.length) return t("unknownBuildings", { count: names.length })
    return t("someBuildings", { names: known.join("、") })
  }
  return (one) => {
    const until = one.until === null ? [] : [t("until", { at: showInstant(one.until) })]
    return [place(one), ...until].join(" · ")
  }
}

function isOver({ until }: Appointment): boolean {
  return until !== null && Date.parse(until) <= Date.now()
}
