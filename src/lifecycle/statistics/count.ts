/** Releases what is due and reads what was released. A month is counted once, by the server's own hand. Clause 4.13. */

import type { House } from "../../house.ts"
import { act } from "../../ledger/spine.ts"
import { fieldClasses } from "../catalogue/field.ts"
import { fewestOf } from "../catalogue/limits.ts"
import { type Place, serverHand, serverReader } from "../export/hand.ts"
import { orderKinds } from "../use/contract.ts"
import type { Statistics, StatisticTable } from "./contract.ts"
import { closedMonths, drawFlow, drawStock, releaseContent } from "./release.ts"
import {
  countClasses,
  countOrders,
  findFormer,
  listBuildings,
  listReleases,
  type ReleaseRow,
  writeRelease,
} from "./sql.ts"

const monthsTold = 12

/** `wanted`: one of the months that are over; any other is the newest of them. */
export async function tellStatistics(
  house: House,
  place: Place,
  wanted: string | undefined,
): Promise<Statistics> {
  const { communityId } = place
  const months = closedMonths(house.spine.clock(), monthsTold)
  const asked = serverReader(house, communityId)
  await releaseDue(house, place, { months, known: await listReleases(asked, communityId, months) })
  const released = await listReleases(asked, communityId, months)
  const month = months.find((one) => one === wanted) ?? months[0] ?? ""
  const orders = tableOf(released, { kind: "orders", month })
  if (orders === null) throw new Error("a month that was not released")
  return {
    month,
    months,
    fewest: fewestOf(house.regime()),
    classes: tableOf(released, { kind: "classes", month }),
    orders,
    course: months.map((one) => ({
      month: one,
      shown: tableOf(released, { kind: "orders", month: one })?.shown.at(-1) ?? [],
    })),
  }
}

interface Due {
  readonly months: readonly string[]
  readonly known: readonly ReleaseRow[]
}

/** Orders of every month that is over; households by class as they stand, for the newest month alone. */
async function releaseDue(house: House, place: Place, { months, known }: Due): Promise<void> {
  const isKnown = (kind: string, month: string) =>
    known.some((one) => one.kind === kind && one.month === month)
  const orders = months.filter((month) => !isKnown("orders", month))
  const [newest = ""] = months
  const isCounted = isKnown("classes", newest)
  if (orders.length === 0 && isCounted) return
  const { communityId } = place
  const fewest = fewestOf(house.regime())
  await act(house.spine, serverHand(place), async (command) => {
    await command.query("select pg_advisory_xact_lock(hashtextextended($1, 38))", [communityId])
    const at = new Date(command.now).toISOString()
    const rows = await listBuildings(command, communityId)
    for (const month of orders) {
      const counted = await countOrders(command, communityId, boundsOf(month))
      const content = drawFlow({ rows, columns: orderKinds, counted, fewest })
      await writeRelease(command, communityId, { kind: "orders", month, content, at })
    }
    if (!isCounted) {
      const former = releaseContent.safeParse(await findFormer(command, communityId, newest)).data
      const counted = await countClasses(command, communityId)
      const content = drawStock({ rows, columns: fieldClasses, counted, fewest }, former?.settled ?? {})
      await writeRelease(command, communityId, { kind: "classes", month: newest, content, at })
    }
    command.trace({ act: "statistics.release", clause: "4.13" })
  })
}

function boundsOf(month: string): { from: string; until: string } {
  const [year = 0, number = 1] = month.split("-").map(Number)
  const start = (count: number) =>
    new Date(Date.UTC(year, number - 1 + count, 1) - 8 * 3_600_000).toISOString()
  return { from: start(0), until: start(1) }
}

function tableOf(
  released: readonly ReleaseRow[],
  { kind, month }: Pick<ReleaseRow, "kind" | "month">,
): StatisticTable | null {
  const row = released.find((one) => one.kind === kind && one.month === month)
  if (row === undefined) return null
  const { fewest, rows, columns, shown } = releaseContent.parse(row.content)
  return { fewest, rows, columns, shown, releasedAt: row.at.toISOString() }
}
