import { useQueryClient } from "@tanstack/react-query"
import { Tag } from "antd"
import { useTranslation } from "react-i18next"
import {
  type ApplicationDetail,
  lookUnderApplication,
  readApplication,
} from "../../../lifecycle/apply/contract.ts"
import { call } from "../../client.ts"
import { MaskedText } from "../../parts/masked-text.tsx"
import { RevealButton } from "../../parts/reveal-button.tsx"
import { useCommunity } from "../../parts/use-community.ts"
import { useWords } from "../../parts/use-words.ts"

type Person = ApplicationDetail["persons"][number]

interface Shown {
  readonly application: ApplicationDetail
}

/** Whom it concerns, in masks; under a grant of one's own a button for each field. */
export function Concerned({ application }: Shown) {
  return (
    <ul className="hd-concerned">
      {application.persons.map((person) => (
        <li key={person.personId}>
          <Preview application={application} person={person} />
          {person.isLeft && application.grant !== null && application.lookRefusal === null && (
            <div className="hd-concerned-looks">
              {application.grant.fields.map((field) => (
                <LookButton key={field} application={application} person={person} field={field} />
              ))}
            </div>
          )}
        </li>
      ))}
    </ul>
  )
}

function Preview({ application, person }: Shown & { readonly person: Person }) {
  const { t } = useTranslation("applications")
  const word = useWords()
  return (
    <>
      <p>
        <strong>{person.place}</strong> <MaskedText mask={person.masks["name"]?.[0] ?? "—"} />{" "}
        {!person.isLeft && <Tag>{t("detail.left")}</Tag>}
      </p>
      {application.fields
        .filter((field) => field !== "name")
        .map((field) => (
          <p key={field}>
            <span className="hd-faint">{word("fields", field)}</span>{" "}
            <MaskedText mask={person.masks[field]?.join("、") ?? "—"} />
          </p>
        ))}
    </>
  )
}

interface LookButtonProps extends Shown {
  readonly person: Person
  readonly field: string
}

function LookButton({ application, person, field }: LookButtonProps) {
  const { communityId } = useCommunity()
  const word = useWords()
  const client = useQueryClient()
  const { applicationId } = application
  const look = async () => {
    const shown = await call(lookUnderApplication, {
      params: { communityId, applicationId },
      body: { personId: person.personId, field },
    })
    void client.invalidateQueries({ queryKey: [readApplication.path] })
    return shown
  }
  return <RevealButton household={person.homeId} label={word("fields", field)} look={look} />
}
