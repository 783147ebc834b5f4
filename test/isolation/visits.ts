/** Repairers on their way, in three buildings: links opened, tried by another device, photos sent. */

import { appoint, send, type TestStaff } from "../house.ts"
import { at, type Desk, dispatch, done, openOrder } from "../orders.ts"
import { formOf } from "./upload.ts"

const pixel = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==",
  "base64",
)

/** The repairer of the town goes to building 2, a colleague to 1 and 3. */
export async function makeVisits(desk: Desk, repairer: TestStaff): Promise<void> {
  const mate = await appoint(desk.test, { community: desk.community, post: "repairer" })
  await makeVisit(desk, { building: "1", repairer: mate })
  await makeVisit(desk, { building: "2", repairer })
  await makeVisit(desk, { building: "3", repairer: mate })
}

async function makeVisit(desk: Desk, { building, repairer }: { building: string; repairer: TestStaff }) {
  const order = await openOrder(desk, desk.manager, { building })
  done(await dispatch(desk, desk.manager, order, repairer))
  const path = at(desk, `/orders/${order.orderId}/visit`)
  const made = done(await send(desk.test, `POST ${path}`, { as: desk.manager, body: {} }))
  const link = String(made.body["link"])
  const device = await enter(desk, link)
  await enter(desk, link)
  const { type, payload } = formOf(pixel, "photo.png")
  const [community = "", id = ""] = link.split(".")
  await desk.test.app.inject({
    method: "POST",
    url: `/api/visit/${community}/${id}/photos`,
    headers: { "content-type": type },
    cookies: { hudun_visit: device },
    payload,
  })
}

async function enter({ test }: Desk, link: string): Promise<string> {
  const reply = await test.app.inject({ method: "POST", url: "/api/visit", payload: { link } })
  return reply.cookies[0]?.value ?? ""
}
