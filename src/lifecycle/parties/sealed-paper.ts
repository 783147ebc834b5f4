/** Papers of third parties and authorities: without metadata, sealed each under a key of its own. Clauses 3.9, 4.10, 4.11. */

import { join } from "node:path"
import { Refusal } from "../../base/refusal.ts"
import type { House } from "../../house.ts"
import type { Actor } from "../../ledger/spine.ts"
import { newId } from "../../platform/random.ts"
import { readSealedFile, removeSealedFile, writeSealedFile } from "../../vault/sealed-file.ts"
import { stripMetadata } from "../visit/photo.ts"
import type { PaperKind } from "./paper-shape.ts"

const paperClass = "service"

export interface TakenPaper {
  readonly fileId: string
  readonly kind: PaperKind
}

type Owner = Pick<Actor, "tenantId" | "communityId">

/** Sealed on the disk before `work` names it; gone again when that fails. Throws `paper.unknown`. */
export async function withPaper<Result>(
  house: House,
  owner: Owner,
  { base64, work }: { base64: string; work: (taken: TakenPaper) => Promise<Result> },
): Promise<Result> {
  const { kind, content } = contentOf(Buffer.from(base64, "base64"))
  const fileId = newId(house.spine.clock())
  const [key] = await house.keyring.ensureDataKeys([nameOf(owner, fileId)])
  if (key === undefined) throw new Refusal("server.sealed")
  await writeSealedFile(pathOf(house, owner, fileId), { key, names: bindingOf(owner, fileId), content })
  try {
    return await work({ fileId, kind })
  } catch (error) {
    await house.keyring.destroy([nameOf(owner, fileId)])
    await removeSealedFile(pathOf(house, owner, fileId))
    throw error
  }
}

function contentOf(bytes: Buffer): { kind: PaperKind; content: Buffer } {
  if (bytes.subarray(0, 5).toString("latin1") === "%PDF-") return { kind: "pdf", content: bytes }
  const picture = stripMetadata(bytes)
  if (picture === undefined) throw new Refusal("paper.unknown")
  return { kind: picture.kind, content: picture.bytes }
}

/** Throws `thing.absent` when its key is gone. */
export async function openPaper(house: House, owner: Owner, fileId: string): Promise<Buffer> {
  const key = await house.keyring.dataKey(nameOf(owner, fileId))
  if (key === undefined) throw new Refusal("thing.absent")
  return readSealedFile(pathOf(house, owner, fileId), key, bindingOf(owner, fileId))
}

export const paperTypes: Readonly<Record<PaperKind, string>> = {
  jpeg: "image/jpeg",
  png: "image/png",
  pdf: "application/pdf",
}

function nameOf({ tenantId, communityId }: Owner, fileId: string) {
  return { tenantId, communityId, subjectId: fileId, class: paperClass }
}

function bindingOf({ tenantId, communityId }: Owner, fileId: string): readonly string[] {
  return [tenantId, communityId, fileId, "paper"]
}

function pathOf({ data }: House, { communityId }: Owner, fileId: string): string {
  return join(data, "papers", communityId, fileId)
}
