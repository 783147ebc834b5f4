/** A call of each route of copies, decoys and leaks, in order, with the act of its trace. Clauses 3.12, 4.7, 8.4. */

import { randomUUID } from "node:crypto"
import { approve, setToNoon } from "./applications.ts"
import { count, download, listCopies, make, password, traceText, tryExport, untilReady } from "./exports.ts"
import { send, type TestStaff } from "./house.ts"
import { formOf } from "./isolation/upload.ts"
import { at, type Desk, done, hire } from "./orders.ts"

interface Hands {
  readonly desk: () => Desk
  readonly clerk: () => TestStaff
  readonly officer: () => TestStaff
}

const buildingIds = ["1"]

export function exportSamples({ desk, clerk, officer }: Hands) {
  const known = { application: "", copy: "" }
  const counted = async () => Number(done(await count(desk(), clerk(), { buildingIds })).body["rows"])
  const apply = async () =>
    tryExport(desk(), clerk(), { buildingIds, rows: await counted(), fields: ["name"] })
  const decoyId = randomUUID()
  const here = "/api/communities/:communityId"
  return [
    {
      route: `POST ${here}/decoys`,
      act: "decoy.add",
      call: () => {
        const body = { decoyId, home: "1栋1单元9901", name: "周宁", phone: "13900008001" }
        return send(desk().test, `POST ${at(desk(), "/decoys")}`, { as: officer(), body })
      },
    },
    {
      route: `GET ${here}/decoys`,
      act: "decoy.list",
      call: () => send(desk().test, `GET ${at(desk(), "/decoys")}`, { as: officer() }),
    },
    {
      route: `POST ${here}/decoys/:decoyId/retire`,
      act: "decoy.retire",
      call: () =>
        send(desk().test, `POST ${at(desk(), `/decoys/${decoyId}/retire`)}`, { as: officer(), body: {} }),
    },
    {
      route: `POST ${here}/exports/count`,
      act: "export.count",
      call: () => count(desk(), clerk(), { buildingIds }),
    },
    { route: `POST ${here}/exports`, act: "use.apply", call: apply },
    {
      route: `POST ${here}/applications/:applicationId/export`,
      act: "export.begin",
      call: async () => {
        setToNoon(desk())
        known.application = String(done(await apply()).body["applicationId"])
        for (const post of ["supervisor", "manager"] as const)
          done(await approve(desk(), await hire(desk(), post), known.application))
        const made = await make(desk(), clerk(), known.application)
        known.copy = String(made.body["copyId"])
        return made
      },
    },
    { route: `GET ${here}/exports`, act: "export.list", call: () => listCopies(desk(), clerk()) },
    {
      route: `POST ${here}/exports/:copyId/password`,
      act: "export.password",
      call: async () => {
        await untilReady(desk(), clerk(), known.copy)
        return password(desk(), clerk(), known.copy)
      },
    },
    {
      route: `POST ${here}/exports/:copyId/download`,
      act: "export.download",
      call: async () => ({ status: (await download(desk(), clerk(), known.copy)).statusCode }),
    },
    {
      route: `POST ${here}/leaks/text`,
      act: "leak.trace",
      call: () => traceText(desk(), officer(), "1栋1单元101"),
    },
    {
      route: `POST ${here}/leaks/file`,
      act: "leak.trace",
      call: async () => {
        const { type, payload } = formOf(Buffer.from("房号,手机号\n1栋1单元101,13900001234\n"), "sample.csv")
        const reply = await desk().test.app.inject({
          method: "POST",
          url: at(desk(), "/leaks/file"),
          headers: { "content-type": type },
          cookies: { hudun_session: officer().cookie },
          payload,
        })
        return { status: reply.statusCode }
      },
    },
  ]
}
