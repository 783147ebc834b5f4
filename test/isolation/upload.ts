/** A roster as a workbook, taken in over HTTP as the console does it: upload, dry run, commit. */

import { setTimeout as sleep } from "node:timers/promises"
import { writeXlsx } from "hucre/xlsx"
import { send, type TestCommunity, type TestHouse, type TestStaff } from "../house.ts"

export interface Roster {
  readonly header: readonly string[]
  readonly rows: ReadonlyArray<readonly string[]>
}

export interface Uploading {
  readonly community: TestCommunity
  readonly as: TestStaff
  readonly roster: Roster
}

export async function workbookOf({ header, rows }: Roster): Promise<Buffer> {
  const sheet = { name: "业主", rows: [[...header], ...rows.map((row) => [...row])] }
  return Buffer.from(await writeXlsx({ sheets: [sheet] }))
}

/** The body of a form with one part `file`, and its content type. */
export function formOf(bytes: Buffer, name = "roster.xlsx"): { type: string; payload: Buffer } {
  const boundary = "----hudun-test"
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\nContent-Type: application/octet-stream\r\n\r\n`
  const payload = Buffer.concat([Buffer.from(head), bytes, Buffer.from(`\r\n--${boundary}--\r\n`)])
  return { type: `multipart/form-data; boundary=${boundary}`, payload }
}

interface Uploaded {
  readonly importId: string
  readonly mapping: { readonly sheetIndex: number; readonly fates: readonly object[] }
}

/** Uploads only: nothing is taken yet. */
export async function uploadRoster(test: TestHouse, { community, as, roster }: Uploading): Promise<Uploaded> {
  const { type, payload } = formOf(await workbookOf(roster))
  const reply = await test.app.inject({
    method: "POST",
    url: `/api/communities/${community.communityId}/imports`,
    headers: { "content-type": type },
    cookies: { hudun_session: as.cookie },
    payload,
  })
  if (reply.statusCode !== 200) throw new Error(`not uploaded: ${reply.body}`)
  const { importId, sheetIndex, sheets } = reply.json()
  const fates = sheets[sheetIndex].columns.map((column: { fate: object }) => column.fate)
  return { importId, mapping: { sheetIndex, fates } }
}

/** Takes the roster in. Returns the import's id. */
export async function importRoster(test: TestHouse, uploading: Uploading): Promise<string> {
  const { importId, mapping } = await uploadRoster(test, uploading)
  const path = `/api/communities/${uploading.community.communityId}/imports/${importId}`
  const { as } = uploading
  await send(test, `POST ${path}/check`, { as, body: mapping })
  await untilState(test, { path, as, state: "checked" })
  await send(test, `POST ${path}/commit`, { as, body: {} })
  await untilState(test, { path, as, state: "done" })
  return importId
}

export async function untilState(
  test: TestHouse,
  { path, as, state }: { path: string; as: TestStaff; state: string },
): Promise<void> {
  for (let tries = 0; tries < 600; tries += 1) {
    const { body } = await send(test, `GET ${path}`, { as })
    if (body["state"] === state) return
    if (body["state"] === "failed") throw new Error(`failed: ${String(body["failure"])}`)
    await sleep(50)
  }
  throw new Error(`not ${state} after 30 s`)
}
