/** Places: how a home is named and ordered. A place by itself names nobody. */

import type { HomePlace } from "../catalogue/address.ts"

/** `3栋1单元1001`; a building that is not just a number keeps its own word. */
export function homeLabel({ building, unit, room }: HomePlace): string {
  return `${buildingLabel(building)}${unit === "0" || unit === "" ? "" : /\d$/.test(unit) ? `${unit}单元` : unit}${room}`
}

export function buildingLabel(building: string): string {
  return /^[0-9]+$/.test(building) ? `${building}栋` : building
}

/** Orders 2 before 10 and 3栋 before 12栋 by plain byte comparison. */
export function sortKey(place: HomePlace): string {
  return [place.building, place.unit, place.room].map(natural).join("/")
}

export function natural(text: string): string {
  return text.replace(/\d+/g, (digits) => digits.padStart(6, "0"))
}
