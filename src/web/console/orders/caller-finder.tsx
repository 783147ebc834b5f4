import { useMutation } from "@tanstack/react-query"
import { Button, Collapse } from "antd"
import { useTranslation } from "react-i18next"
import { type Card, searchOwners } from "../../../lifecycle/store/contract.ts"
import { call } from "../../client.ts"
import { MaskedText } from "../../parts/masked-text.tsx"
import { RefusalAlert } from "../../parts/refusal-alert.tsx"
import { useCommunity } from "../../parts/use-community.ts"
import { useWords } from "../../parts/use-words.ts"
import type { OwnerSearch } from "../owners/owners-query.ts"
import { SearchBox } from "../owners/search-box.tsx"
import { type Caller, callerOfCard } from "./caller.ts"
import { PlacePicker, type PlacePickerProps } from "./place-picker.tsx"
import "./orders.css"

export interface CallerFinderProps {
  readonly onFound: (caller: Caller) => void
}

/** Finds the calling household: by whatever the caller says, or by the place. The only match is taken at once. */
export function CallerFinder({ onFound }: CallerFinderProps) {
  const { t } = useTranslation("orders")
  const { communityId } = useCommunity()
  const { search, isUnknown, typedPhone } = useCallerSearch(communityId, onFound)
  const found = search.data
  return (
    <section className="hd-section hd-intake" aria-label={t("intake.caller")}>
      <h2>{t("intake.caller")}</h2>
      <SearchBox
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- a call has come in: the first key goes into the box
        autoFocus
        loading={search.isPending}
        onSearch={(wanted) => (wanted === null ? search.reset() : search.mutate(wanted))}
      />
      <div aria-live="polite">
        <RefusalAlert error={search.error} />
        {isUnknown && <p>{t(typedPhone === "" ? "intake.foundNone" : "intake.foundNonePhone")}</p>}
        {found !== undefined && found.owners.length > 1 && (
          <Households
            owners={found.owners}
            more={found.more}
            onChoose={(card) => onFound(callerOfCard(card))}
          />
        )}
      </div>
      <ByPlace
        key={isUnknown ? "unknown" : "known"}
        open={isUnknown}
        onPicked={(place) => onFound({ ...place, person: null, typedPhone })}
      />
    </section>
  )
}

function useCallerSearch(communityId: string, onFound: (caller: Caller) => void) {
  const search = useMutation({
    mutationFn: (body: OwnerSearch) => call(searchOwners, { params: { communityId }, body }),
    onSuccess: ({ owners }) => {
      const [only] = owners
      if (only !== undefined && owners.length === 1) onFound(callerOfCard(only))
    },
    gcTime: 0,
  })
  const isUnknown = search.data?.owners.length === 0
  const typedPhone = isUnknown && search.data?.kind === "phone" ? (search.variables?.text ?? "") : ""
  return { search, isUnknown, typedPhone }
}

interface ByPlaceProps {
  readonly open: boolean
  readonly onPicked: PlacePickerProps["onPicked"]
}

function ByPlace({ open, onPicked }: ByPlaceProps) {
  const { t } = useTranslation("orders")
  return (
    <Collapse
      ghost
      defaultActiveKey={open ? ["place"] : []}
      items={[{ key: "place", label: t("intake.byPlace"), children: <PlacePicker onPicked={onPicked} /> }]}
    />
  )
}

interface HouseholdsProps {
  readonly owners: readonly Card[]
  readonly more: boolean
  readonly onChoose: (card: Card) => void
}

function Households({ owners, more, onChoose }: HouseholdsProps) {
  const { t } = useTranslation("orders")
  const word = useWords()
  return (
    <>
      <p>
        {t("intake.found")} {more && t("intake.more")}
      </p>
      <ul className="hd-households" aria-label={t("intake.found")}>
        {owners.map((card) => (
          <li key={card.residenceId}>
            <Button className="hd-household" onClick={() => onChoose(card)}>
              <strong>{card.home}</strong>
              <MaskedText mask={card.name} />
              <span>{word("roles", card.role)}</span>
              <MaskedText mask={card.phone} count={card.phones} />
            </Button>
          </li>
        ))}
      </ul>
    </>
  )
}
