/**
 * The patient one of clause 1.5: learns everything about one household within a year, a piece every week or two, by orders of
 * their own making and by applications that somebody always approves. Where are they stopped?
 */

import type { MosaicRules } from "../src/lifecycle/catalogue/mosaic-shape.ts"
import { exposureOf } from "../src/lifecycle/use/mosaic.ts"
import { type Chance } from "./leak-lists.ts"
import { draw } from "./watch-town.ts"

const ofPerson = [
  "name",
  "phone",
  "title",
  "birth_date",
  "sex",
  "employer",
  "email",
  "wechat",
  "emergency_contact",
]
const ofHousehold = ["plate", "pet", "parcel", "household", "children", "id_number", "title_deed"]
const ofService = ["fee", "repair", "complaint"]
/** What an order shows; the rest takes an application. */
const byOrder = new Set(["phone", "title", "plate", "repair", "complaint"])

interface Piece {
  readonly field: string
  readonly subject: string
}

export interface Stopped {
  /** The day an order opened nothing new any more, and the day nothing did; undefined: never within the year. */
  readonly orders: number | undefined
  readonly all: number | undefined
  /** Of what there was to learn. */
  readonly learnt: number
}

export function patientYear(rules: MosaicRules, chance: Chance): Stopped {
  const pieces = allPieces(chance)
  const total = pieces.length
  const learnt: Piece[] = []
  const stops: { by: "orders" | "all"; day: number }[] = []
  for (let day = draw.between(0, 7, chance); day < 365; day += draw.between(4, 10, chance)) {
    const [piece] = pieces.splice(Math.floor(chance() * pieces.length), 1)
    if (piece === undefined) break
    const exposure = exposureWith(rules, [...learnt, piece])
    const adds = exposure > exposureWith(rules, learnt)
    // A piece that an order does not open any more is applied for, and approved.
    if (adds && exposure > rules.applyAt && byOrder.has(piece.field)) stops.push({ by: "orders", day })
    if (adds && exposure > rules.refuseAt) stops.push({ by: "all", day })
    else learnt.push(piece)
  }
  const first = (by: "orders" | "all") => stops.find((one) => one.by === by)?.day
  return { orders: first("orders"), all: first("all"), learnt: learnt.length / total }
}

function allPieces(chance: Chance): Piece[] {
  const persons = draw.between(2, 4, chance)
  return [
    ...Array.from({ length: persons }, (_, nth) =>
      ofPerson.map((field) => ({ field, subject: `p${nth}` })),
    ).flat(),
    ...ofHousehold.map((field) => ({ field, subject: "p0" })),
    ...Array.from({ length: 9 }, (_, nth) => ({ field: ofService[nth % 3] ?? "fee", subject: `o${nth}` })),
  ]
}

function exposureWith(rules: MosaicRules, learnt: readonly Piece[]): number {
  const fields = Map.groupBy(learnt, ({ field }) => field)
  return exposureOf(
    rules,
    [...fields].map(([field, pieces]) => ({
      field,
      subjects: new Set(pieces.map(({ subject }) => subject)).size,
    })),
  )
}
