import { useQueryClient } from "@tanstack/react-query"
import { useTranslation } from "react-i18next"
import {
  type EmergencyDetail,
  lookInEmergency,
  readEmergency,
} from "../../../lifecycle/emergency/contract.ts"
import { call } from "../../client.ts"
import { MaskedText } from "../../parts/masked-text.tsx"
import { RevealButton } from "../../parts/reveal-button.tsx"
import { useCommunity } from "../../parts/use-community.ts"
import { useWords } from "../../parts/use-words.ts"

type Person = EmergencyDetail["persons"][number]

interface Shown {
  readonly emergency: EmergencyDetail
}

/** Who is on file at the home, in masks; for whoever broke the glass a button for each field. */
export function Household({ emergency }: Shown) {
  const { t } = useTranslation("emergency")
  const word = useWords()
  return (
    <>
      <p className="hd-faint">{t("detail.personsHint")}</p>
      <ul className="hd-household">
        {emergency.persons.map((person) => (
          <li key={person.personId}>
            <strong>
              <MaskedText mask={person.masks["name"] ?? null} />
            </strong>
            {emergency.fields.map((field) => (
              <p key={field}>
                <span className="hd-faint">{word("fields", field)}</span>{" "}
                {emergency.lookRefusal === null && person.masks[field] !== undefined ? (
                  <LookButton emergency={emergency} person={person} field={field} />
                ) : (
                  <MaskedText mask={person.masks[field] ?? null} />
                )}
              </p>
            ))}
          </li>
        ))}
      </ul>
    </>
  )
}

interface LookButtonProps extends Shown {
  readonly person: Person
  readonly field: string
}

function LookButton({ emergency: { emergencyId, homeId }, person, field }: LookButtonProps) {
  const { communityId } = useCommunity()
  const client = useQueryClient()
  const look = async () => {
    const shown = await call(lookInEmergency, {
      params: { communityId, emergencyId },
      body: { personId: person.personId, field },
    })
    void client.invalidateQueries({ queryKey: [readEmergency.path] })
    return shown
  }
  return <RevealButton household={homeId} look={look} />
}
