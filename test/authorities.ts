/** Requests of authorities over HTTP. */

import { randomUUID } from "node:crypto"
import { approve } from "./applications.ts"
import { download, password, readyCopy } from "./exports.ts"
import { type Reply, send, type TestStaff } from "./house.ts"
import { at, type Desk, done, resident } from "./orders.ts"
import { listOf, post, tinyPng } from "./parties.ts"

export const twoOfficers = [
  { name: "周正", card: "京警011234" },
  { name: "吴明", card: "京警015678" },
]

/** Two officers ask for the phone of whoever lives in one home. */
export function request(desk: Desk, as: TestStaff, said: object = {}): Promise<Reply> {
  const body = {
    applicationId: randomUUID(),
    organ: "police",
    organName: "和平派出所",
    documentNumber: "京公调证〔2026〕31号",
    ground: "criminal_procedure",
    officers: twoOfficers,
    paper: tinyPng,
    homeIds: [resident(desk, "1").homeId],
    fields: ["name", "phone"],
    form: "print",
    rows: 1,
    ...said,
  }
  return post(desk, as, "/authority-requests", body)
}

export async function requestOf(desk: Desk, as: TestStaff, id: string) {
  const reply = done(await send(desk.test, `GET ${at(desk, "/authority-requests")}`, { as }))
  return listOf(reply.body["requests"]).find((one) => one["applicationId"] === id)
}

/** Signed, made, and taken away: the copy lies on the counter. */
export async function handOut(
  desk: Desk,
  as: TestStaff,
  { id, signers }: { id: string; signers: readonly TestStaff[] },
): Promise<string> {
  for (const signer of signers) done(await approve(desk, signer, id))
  const copyId = await readyCopy(desk, as, id)
  done(await password(desk, as, copyId))
  const file = await download(desk, as, copyId)
  if (file.statusCode !== 200) throw new Error("the copy was not handed out")
  return copyId
}
