/** What a recipient does with a copy: has it made, sees its password once, downloads it once. Clause 4.7. */

import { houseZone } from "../../base/instant.ts"
import { Refusal } from "../../base/refusal.ts"
import type { RefusalCode } from "../../base/refusal-codes.ts"
import type { House } from "../../house.ts"
import { type Actor, act, type LookReader, look } from "../../ledger/spine.ts"
import { random } from "../../platform/random.ts"
import { readSealedFile } from "../../vault/sealed-file.ts"
import { beginLeaving, leavingRefusal } from "../apply/leaving.ts"
import { fieldOf } from "../catalogue/field.ts"
import { capReached } from "../use/look.ts"
import { type CopyState, columnsOf, copyNumber, copyStateOf } from "./copy.ts"
import { copyFacts } from "./copy-facts.ts"
import { lentWith } from "./lent.ts"
import { bindingOf, discardFile, fileOwner, pathOf } from "./make.ts"
import { keyName, unsealFacts } from "./seals.ts"
import { type CopyRow, findCopy, type LentRow, writeCopy, writeStep } from "./sql.ts"

const dayFormat = new Intl.DateTimeFormat("sv-SE", { timeZone: houseZone })

/** Every value that will leave counts towards the caps of 4.8, now. Returns the id of the copy. */
export async function requestCopy(house: House, actor: Actor, applicationId: string): Promise<string> {
  const { communityId } = actor
  const lent = await lentWith(house, communityId, applicationId)
  return act(house.spine, actor, async (command) => {
    const leaving = await beginLeaving(command, actor, applicationId)
    if (lent === undefined) throw new Refusal("use.none")
    if (lent.persons === 0) throw new Refusal("minor.no_copy")
    const copyId = command.newId()
    const isNew = await writeCopy(command, communityId, {
      copyId,
      applicationId,
      number: copyNumber(dayFormat.format(command.now), random(6)),
      form: leaving.form,
      columns: columnsOf(leaving.fields),
      persons: lent.persons,
      validUntil: leaving.until,
      buildingIds: leaving.buildingIds,
      applicant: actor.staffId,
      applicantPost: actor.post,
      at: new Date(command.now).toISOString(),
    })
    if (!isNew) throw new Refusal("export.made_before")
    await countLeaving(house, actor, { lent: lent.rows, fields: leaving.fields })
    const subjects = [...new Set(lent.rows.map((row) => row.subject_ref))]
    const { purpose, fields } = leaving
    command.trace({
      act: "export.begin",
      clause: "4.7",
      purpose,
      useId: applicationId,
      subjects,
      fields: [...fields],
    })
    return copyId
  })
}

async function countLeaving(
  { caps }: House,
  { staffId, communityId }: Actor,
  { lent, fields }: { lent: readonly LentRow[]; fields: readonly string[] },
): Promise<void> {
  if (staffId === null) throw new Error("a copy for nobody")
  const counted = await Promise.all(
    lent.flatMap((row) =>
      row.fields
        .filter((field) => fields.includes(field))
        .map((field) => caps.take({ staffId, communityId, ...pieceOf(row, field), field, isApproved: true })),
    ),
  )
  const reached = counted.find(({ state }) => state === "reached")
  if (reached !== undefined) throw capReached(reached)
}

function pieceOf(row: LentRow, field: string) {
  const subjectId = fieldOf(field).class === "service" ? row.record_id : row.person_id
  return { recordId: row.record_id, homeId: row.home_id, subjectId }
}

/** Shown once, to the recipient. Throws `export.password_shown`. */
export async function showPassword(house: House, actor: Actor, copyId: string): Promise<string> {
  const { communityId } = actor
  return act(house.spine, actor, async (command) => {
    const { copy, refusal } = await ownCopy(command, actor, copyId)
    if (refusal !== undefined) throw new Refusal(refusal)
    const at = new Date(command.now).toISOString()
    const isFirst = await writeStep(command, communityId, { copy, step: "shown", by: actor.staffId, at })
    if (!isFirst) throw new Refusal("export.password_shown")
    const owner = fileOwner(actor, copy.file_id ?? "")
    const facts = copy.password === null ? undefined : await unsealFacts(house, owner, copy.password)
    if (facts === undefined) throw new Refusal("thing.absent")
    command.trace({ act: "export.password", clause: "4.7", useId: copy.application_id })
    return String(facts["password"] ?? "")
  })
}

export interface Download {
  readonly name: string
  readonly form: CopyRow["form"]
  readonly bytes: Buffer
}

/**
 * Exactly once, however many ask at the same moment: the database lets one of them write the step. Whoever wrote it has the file,
 * and nobody after them; should the answer be lost on its way, a new application is needed. The file and its key end here.
 */
export async function download(house: House, actor: Actor, copyId: string): Promise<Download> {
  const { communityId } = actor
  let taken: string | undefined
  try {
    return await look(house.spine, actor, async (reader) => {
      const { copy, refusal } = await ownCopy(reader, actor, copyId)
      const trace = {
        act: "export.download",
        clause: "4.7",
        useId: copy.application_id,
        fields: copy.columns,
      }
      const held = refusal === undefined ? house.spine.second.refusal() : new Refusal(refusal)
      if (held !== undefined) return { trace, refusal: held }
      if (!(await take(house, actor, copy))) return { trace, refusal: new Refusal("export.taken") }
      const fileId = copy.file_id ?? ""
      taken = fileId
      const bytes = await readFile(house, actor, fileId)
      const whom = await concernedOf(house, communityId, copy.application_id)
      return {
        trace: { ...trace, ...whom },
        answer: { name: copy.number, form: copy.form, bytes },
        isPlain: true,
      }
    })
  } finally {
    if (taken !== undefined) await discardFile(house, actor, taken)
  }
}

/** Every person of the copy, by pseudonym. */
async function concernedOf(house: House, communityId: string, applicationId: string) {
  const lent = await lentWith(house, communityId, applicationId)
  if (lent === undefined) throw new Error("a copy without its grant")
  return { purpose: lent.purpose, subjects: [...new Set(lent.rows.map((row) => row.subject_ref))] }
}

/** False when somebody has it already: then nothing is written, and the look's own trace tells of the refusal. */
async function take(house: House, actor: Actor, copy: CopyRow): Promise<boolean> {
  try {
    await act(house.spine, actor, async (command) => {
      const at = new Date(command.now).toISOString()
      const taking = { copy, step: "taken", by: actor.staffId, at } as const
      if (!(await writeStep(command, actor.communityId, taking))) throw new Refusal("export.taken")
      command.trace({ act: "export.take", clause: "4.7", useId: copy.application_id })
    })
    return true
  } catch (error) {
    if (error instanceof Refusal && error.code === "export.taken") return false
    throw error
  }
}

async function readFile(house: House, actor: Actor, fileId: string): Promise<Buffer> {
  const key = await house.keyring.dataKey(keyName(fileOwner(actor, fileId)))
  if (key === undefined) throw new Refusal("thing.absent")
  return readSealedFile(pathOf(house, actor, fileId), key, bindingOf(actor, fileId))
}

type Reading = Pick<LookReader, "query" | "now">

/** A copy of somebody else's is absent, also for those who see that it exists. */
async function ownCopy(
  reader: Reading,
  actor: Actor,
  copyId: string,
): Promise<{ copy: CopyRow; refusal: RefusalCode | undefined }> {
  const { communityId, staffId } = actor
  const copy = await findCopy(reader, communityId, copyId)
  if (copy === undefined || copy.applicant !== staffId) throw new Refusal("thing.absent")
  return { copy, refusal: await refusalOf(reader, actor, copy) }
}

const stateRefusals: Readonly<Record<Exclude<CopyState, "ready">, RefusalCode>> = {
  making: "export.making",
  taken: "export.taken",
  expired: "export.expired",
  failed: "export.failed",
}

async function refusalOf(reader: Reading, actor: Actor, copy: CopyRow): Promise<RefusalCode | undefined> {
  const state = copyStateOf(copyFacts(copy), reader.now)
  if (state !== "ready") return stateRefusals[state]
  return leavingRefusal(reader, actor, { applicationId: copy.application_id, now: reader.now })
}
