/** Photos of the work: stripped, sealed each under a key of its own, shown to those who work on the order. Clauses 3.9, 4.6. */

import { join } from "node:path"
import { Refusal } from "../../base/refusal.ts"
import type { House } from "../../house.ts"
import { type Actor, act, look } from "../../ledger/spine.ts"
import { newId } from "../../platform/random.ts"
import { readSealedFile, removeSealedFile, writeSealedFile } from "../../vault/sealed-file.ts"
import { stripMetadata } from "./photo.ts"
import { listPhotos, orderOfVisit, writePhoto } from "./sql.ts"
import { traceOf, type Visit } from "./visit.ts"

const photosAtMost = 20
const photoClass = "service"

/** Nothing of the metadata is stored, not for a moment. Throws `photo.unknown`, `photo.too_many`. */
export async function takePhoto(
  house: House,
  visit: Visit,
  bytes: Buffer,
): Promise<{ photos: number; removed: number }> {
  const { actor, link } = visit
  const picture = stripMetadata(bytes)
  if (picture === undefined) throw new Refusal("photo.unknown")
  const photoId = newId(house.spine.clock())
  await seal(house, actor, { photoId, content: picture.bytes })
  try {
    return await act(house.spine, actor, async (command) => {
      const before = await listPhotos(command, actor.communityId, link.order_id)
      if (before.length >= photosAtMost) throw new Refusal("photo.too_many", { limit: photosAtMost })
      const { kind, removed } = picture
      const at = new Date(command.now).toISOString()
      await writePhoto(command, actor.communityId, {
        photoId,
        link,
        kind,
        size: picture.bytes.length,
        removed,
        at,
      })
      command.trace({ ...traceOf(visit, "visit.photo"), fields: [photoField] })
      return { photos: before.length + 1, removed }
    })
  } catch (error) {
    await discard(house, actor, photoId)
    throw error
  }
}

/** What a photo of the work is in the catalogue: the record of the repair itself. */
const photoField = "repair"

export interface Shown {
  readonly type: string
  readonly bytes: Buffer
}

export function showPhoto(
  house: House,
  actor: Actor,
  { orderId, photoId }: { orderId: string; photoId: string },
): Promise<Shown> {
  return look(house.spine, actor, async (reader) => {
    const order = await orderOfVisit(reader, actor.communityId, orderId)
    const photos = await listPhotos(reader, actor.communityId, orderId)
    const photo = photos.find((one) => one.photo_id === photoId)
    if (order === undefined || photo === undefined) throw new Refusal("thing.absent")
    const { purpose, use_id: useId, subject_ref: subject } = order
    return {
      trace: {
        act: "visit.see_photo",
        clause: "4.6",
        purpose,
        useId,
        subjects: [subject],
        fields: [photoField],
      },
      answer: { type: `image/${photo.kind}`, bytes: await unseal(house, actor, photoId) },
      isPlain: true,
    }
  })
}

async function seal(
  house: House,
  actor: Actor,
  { photoId, content }: { photoId: string; content: Buffer },
): Promise<void> {
  const [key] = await house.keyring.ensureDataKeys([nameOf(actor, photoId)])
  if (key === undefined) throw new Refusal("server.sealed")
  await writeSealedFile(pathOf(house, actor, photoId), { key, names: bindingOf(actor, photoId), content })
}

async function unseal(house: House, actor: Actor, photoId: string): Promise<Buffer> {
  const key = await house.keyring.dataKey(nameOf(actor, photoId))
  if (key === undefined) throw new Refusal("thing.absent")
  return readSealedFile(pathOf(house, actor, photoId), key, bindingOf(actor, photoId))
}

/** The key first: whatever copy of the file is left is noise. */
async function discard(house: House, actor: Actor, photoId: string): Promise<void> {
  await house.keyring.destroy([nameOf(actor, photoId)])
  await removeSealedFile(pathOf(house, actor, photoId))
}

function nameOf({ tenantId, communityId }: Actor, photoId: string) {
  return { tenantId, communityId, subjectId: photoId, class: photoClass }
}

function bindingOf({ tenantId, communityId }: Actor, photoId: string): readonly string[] {
  return [tenantId, communityId, photoId, "photo"]
}

function pathOf({ data }: House, { communityId }: Actor, photoId: string): string {
  return join(data, "photos", communityId, photoId)
}
