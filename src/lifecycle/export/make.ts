/** Making the file of a copy: opened row by row, fingerprinted, under a password, sealed on the disk. Clauses 4.7, 3.9. */

import { join } from "node:path"
import { houseZone } from "../../base/instant.ts"
import { Refusal } from "../../base/refusal.ts"
import type { House } from "../../house.ts"
import { act } from "../../ledger/spine.ts"
import { makePdf } from "../../platform/pdf.ts"
import { newId, random } from "../../platform/random.ts"
import { openFacts } from "../../vault/opening.ts"
import { openOrReport } from "../../vault/quarantine.ts"
import { removeSealedFile, writeSealedFile } from "../../vault/sealed-file.ts"
import { valuesOf } from "../use/look.ts"
import { decoyRow, headOf, type Opened, passwordOf, rowsOf } from "./copy.ts"
import { bearerOf } from "./copy-facts.ts"
import { readDecoys } from "./decoys.ts"
import { fingerprint } from "./fingerprint.ts"
import { type Place, serverHand } from "./hand.ts"
import { lentWith } from "./lent.ts"
import { paperOf } from "./paper.ts"
import { keyName, sealFacts } from "./seals.ts"
import { type CopyRow, type LentRow, writeMade } from "./sql.ts"
import { type Sheet, writeWorkbook } from "./workbook.ts"

const openedAtOnce = 20

export interface Making extends Place {
  readonly copy: CopyRow
  /** Told from 0 to 1. */
  readonly tell: (progress: number) => void
}

/** Makes it, unless another process did. */
export async function makeCopy(house: House, making: Making): Promise<void> {
  const { copy, communityId, tenantId } = making
  const { application_id: applicationId, copy_id: copyId } = copy
  const lent = await lentWith(house, communityId, applicationId)
  if (lent === undefined) throw new Error("a copy without its grant")
  const rows = rowsOf(copy.columns, await openAll(house, making, lent.rows))
  const decoys = (await readDecoys(house, making)).filter(({ retiredAt }) => retiredAt === null)
  const marked = fingerprint(
    { secret: random(32), copyId },
    { rows, decoys: decoys.map((one) => decoyRow(copy.columns, one)) },
  )
  const password = passwordOf(random(16))
  const bytes = await fileOf(copy, { rows: marked.rows, password })
  const fileId = newId(house.spine.clock())
  const sealed = await sealFacts(house, { tenantId, communityId, subjectId: fileId }, { password })
  const mark = await sealFacts(
    house,
    { tenantId, communityId, subjectId: copyId },
    { record: JSON.stringify(marked.record) },
  )
  await writeFile(house, making, { fileId, bytes })
  const isFirst = await act(house.spine, serverHand(making), async (command) => {
    const at = new Date(command.now).toISOString()
    const made = {
      fileId,
      password: sealed,
      rows: marked.rows.length,
      decoys: marked.record.rows.filter(({ isDecoy }) => isDecoy).length,
      size: bytes.length,
      mark,
      at,
    }
    const subjects = [...new Set(lent.rows.map((row) => row.subject_ref))]
    const { purpose } = lent
    const trace = { act: "export.made", clause: "4.7", purpose, useId: applicationId, subjects }
    command.trace({ ...trace, fields: copy.columns })
    return writeMade(command, communityId, { copy, made })
  })
  if (!isFirst) await discardFile(house, making, fileId)
}

async function openAll(
  house: House,
  { copy, tell, ...place }: Making,
  lent: readonly LentRow[],
): Promise<Opened[]> {
  const opened: Opened[] = []
  for (let from = 0; from < lent.length; from += openedAtOnce) {
    const part = lent.slice(from, from + openedAtOnce)
    opened.push(...(await Promise.all(part.map((row) => openRow(house, { place, copy }, row)))))
    tell(opened.length / lent.length)
  }
  return opened
}

async function openRow(
  house: House,
  { place, copy }: { place: Place; copy: CopyRow },
  row: LentRow,
): Promise<Opened> {
  const { person_id: personId, place: home, record_id: subjectId, class: code, version, sealed } = row
  if (version === null || sealed === null) return { personId, place: home, facts: {} }
  const { tenantId, communityId } = place
  const at = { tenant: tenantId, community: communityId, subject: subjectId, name: code, version }
  const suspect = { subjectId, class: code, version }
  const facts = await openOrReport(house, { actor: serverHand(place), suspect }, () =>
    openFacts(house.keyring, at, sealed),
  )
  // Its key was destroyed meanwhile: the person stays in the list without what is gone.
  const wanted = row.fields.filter((field) => copy.columns.includes(field))
  return {
    personId,
    place: home,
    facts: Object.fromEntries(wanted.map((field) => [field, valuesOf(facts?.[field])])),
  }
}

const dayFormat = new Intl.DateTimeFormat("sv-SE", { timeZone: houseZone })

function fileOf(
  copy: CopyRow,
  { rows, password }: Pick<Sheet, "rows"> & { password: string },
): Promise<Uint8Array> {
  const marking = { number: copy.number, recipient: bearerOf(copy), day: dayFormat.format(copy.at) }
  const sheet = { head: headOf(copy.columns), rows, marking }
  return copy.form === "export" ? writeWorkbook(sheet, password) : makePdf(paperOf(sheet, password))
}

async function writeFile(
  house: House,
  place: Place,
  { fileId, bytes }: { fileId: string; bytes: Uint8Array },
): Promise<void> {
  const [key] = await house.keyring.ensureDataKeys([keyName(fileOwner(place, fileId))])
  if (key === undefined) throw new Refusal("server.sealed")
  await writeSealedFile(pathOf(house, place, fileId), {
    key,
    names: bindingOf(place, fileId),
    content: bytes,
  })
}

/** The key first: whatever copy of the file is left is noise. Its password ends with it. */
export async function discardFile(house: House, place: Place, fileId: string): Promise<void> {
  await house.keyring.destroy([keyName(fileOwner(place, fileId))])
  await removeSealedFile(pathOf(house, place, fileId))
}

export function fileOwner({ tenantId, communityId }: Place, fileId: string) {
  return { tenantId, communityId, subjectId: fileId }
}

export function bindingOf({ tenantId, communityId }: Place, fileId: string): readonly string[] {
  return [tenantId, communityId, fileId, "export"]
}

export function pathOf({ data }: House, { communityId }: Place, fileId: string): string {
  return join(data, "exports", communityId, fileId)
}
