import { useTranslation } from "react-i18next"
import { type RosterPlace, rosterPlaces } from "../../../lifecycle/collect/mapping.ts"

function isRosterPlace(target: string): target is RosterPlace {
  return rosterPlaces.some((place) => place === target)
}

/** The word for a roster place such as `room`; `undefined` for a field of the catalogue. */
export function usePlaceWord(): (target: string) => string | undefined {
  const { t } = useTranslation("imports")
  return (target) => (isRosterPlace(target) ? t(`mapping.places.${target}`) : undefined)
}
