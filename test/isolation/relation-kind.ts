/** What a kind of thing is made of: a maker, and what becomes of what it makes. */

import type pg from "pg"
import { type Reply, send, type TestStaff } from "../house.ts"
import { at, type Resident } from "../orders.ts"
import type { Place } from "./relation-place.ts"

/** By the names of the parameters that take them. */
export type Thing = Readonly<Record<string, string>>

/** Building 1 with its clerk, or building 3 with the neighbour. */
export interface Spot {
  readonly place: Place
  readonly building: string
  readonly clerk: TestStaff
  readonly chief: TestStaff
  readonly worker: TestStaff
  readonly otherWorker: TestStaff
  /** Who lives where the thing is about: each thing has a household of its own. */
  readonly resident: Resident
}

export interface Kind {
  make(spot: Spot): Promise<Thing>
  /** Lies in a building, so that it can lie in another. */
  readonly isOfBuilding?: true
  /** Is about a household, which can move out. */
  readonly isOfHousehold?: true
  /** Whoever lives there can be met but once. */
  readonly usesUp?: true
  /** Ends by itself with time. */
  readonly expires?: true
  /** Ended, closed, withdrawn, decided on, handed on. */
  revoke?(spot: Spot, thing: Thing): Promise<unknown>
  /** Is its clerk's: when their post is over, it is somebody's who has none. */
  readonly isOfClerk?: true
  /** Held up: not begun, or stopped beside it. */
  suspend?(spot: Spot, thing: Thing): Promise<unknown>
  /** The ids are counted, not drawn: they are no secret of another community. */
  readonly isCounted?: true
  /** Opened by whoever holds it, without an account; here, the same asked for in another community. */
  astray?(thing: Thing, communityId: string): Thing
}

export const post = (spot: Spot, path: string, as: TestStaff, body: object = {}): Promise<Reply> =>
  send(spot.place.test, `POST ${at(spot.place.desk, path)}`, { as, body })

export async function rowsOf<Row extends pg.QueryResultRow>(
  { admin }: Pick<Place, "admin">,
  text: string,
  values: unknown[],
): Promise<Row[]> {
  return (await admin.query<Row>(text, values)).rows
}

/** The desk with the one resident that the thing is about. */
export const deskOf = ({ place, building, resident }: Spot) => ({
  ...place.desk,
  residents: { "1": [resident], [building]: [resident] },
})

export function postOver(place: Pick<Place, "admin">, staffId: string): Promise<unknown> {
  const text = "update app.appointment set valid_until = valid_from + interval '1 minute' where staff_id = $1"
  return rowsOf(place, text, [staffId])
}
