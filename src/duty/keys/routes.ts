/** Keys as their administrators see them, and the seal. Clause 3.9. */

import type { FastifyRequest } from "fastify"
import { Refusal } from "../../base/refusal.ts"
import type { House } from "../../house.ts"
import { type Actor, act } from "../../ledger/spine.ts"
import { type Http, languageOf } from "../../platform/http.ts"
import { localHeader } from "../../vault/local-token.ts"
import { sealSentences } from "../../vault/seal-reason.ts"
import type { ShareDesk } from "../../vault/share-desk.ts"
import type { PasswordDoor } from "../people/password-door.ts"
import type { Post } from "../people/post.ts"
import type { BackupDesk } from "./backup-desk.ts"
import {
  beginBackup,
  giveShare,
  giveShareByPassword,
  listAllKeys,
  listKeys,
  openSeal,
  readSeal,
  resealAnyRecords,
  resealRecords,
  resolveAnyRecord,
  resolveRecord,
  rewrapAnyKeys,
  rotateAnyKeys,
  rotateIndex,
  rotateKeys,
  type SealView,
  sealServer,
  tellExport,
  watchBackup,
} from "./contract.ts"
import { machineHand } from "./hand.ts"
import { inventoryOf } from "./inventory-sql.ts"
import { resolveQuarantine } from "./resolve.ts"
import { everyCommunity, tenantOf } from "./sql.ts"

const keeper: readonly Post[] = ["security_admin"]
/** Who may hold a share: nobody who works with owners' data every day. */
const holders: readonly Post[] = ["security_admin", "privacy_officer", "system_admin", "auditor", "manager"]

export interface KeysRoom {
  readonly passwords: PasswordDoor
  /** Whether the header of a local command is this start's secret. */
  readonly isLocal: (told: string) => boolean
  /** Asks the background to look at once. */
  readonly keep: () => void
  readonly backups: BackupDesk
}

export function keysRoutes(http: Http, house: House, room: KeysRoom): void {
  sealRoutes(http, house, room)
  companyRoutes(http, house, room)
  recordRoutes(http, house, room)
  localRoutes(http, house, room)
  backupRoutes(http, house, room)
}

function sealRoutes(http: Http, house: House, room: KeysRoom): void {
  const { seal } = house.vault

  http.on(readSeal, async ({ request }) => viewOf(house, request))

  http.on(sealServer, async ({ request }) => {
    const hand = await handOf(house, room, { request, posts: keeper })
    await trace(house, hand, "keys.seal")
    await seal.close()
    return viewOf(house, request)
  })

  http.on(openSeal, async ({ request }) => {
    const hand = await handOf(house, room, { request, posts: keeper })
    await trace(house, hand, "keys.unseal")
    await seal.open()
    return viewOf(house, request)
  })

  http.on(giveShare, async ({ body, request }) => {
    const hand = await handOf(house, room, { request, posts: holders })
    await takeShare(house, hand, body.share)
    return viewOf(house, request)
  })

  http.on(giveShareByPassword, async ({ body, request }) => {
    refuseNoShares(house)
    // The share is what they have, the password what they know: together they open nothing but the desk for shares.
    const hand = await room.passwords.holder(body, holders, { ip: request.ip, act: "keys.share" })
    await takeShare(house, hand, body.share)
    return viewOf(house, request)
  })
}

/** Throws `seal.no_shares`. */
function refuseNoShares({ vault }: House): ShareDesk {
  const { desk, seal } = vault
  if (desk === undefined || !seal.state.sealed) throw new Refusal("seal.no_shares")
  return desk
}

async function takeShare(house: House, hand: Actor, share: string): Promise<void> {
  const desk = refuseNoShares(house)
  await trace(house, hand, "keys.share")
  // Whoever brings shares to the machine may bring several: being there takes the place of a session.
  const isEnough = await desk.give(hand.staffId ?? `machine ${desk.state.given}`, share)
  if (isEnough && (await house.vault.seal.open()).sealed) throw new Refusal("seal.shares_wrong")
}

function companyRoutes(http: Http, house: House, room: KeysRoom): void {
  const { vault, door, keyring } = house

  http.on(listKeys, async ({ params, request }) => {
    const actor = await door.actor(request, params.communityId, [...keeper, "auditor", "privacy_officer"])
    await trace(house, actor, "keys.list")
    return inventoryOf(house, actor, [actor.tenantId])
  })

  http.on(rotateKeys, async ({ params, body, request }) => {
    const actor = await door.actor(request, params.communityId, keeper)
    await trace(house, actor, "keys.rotate")
    const epoch = await vault.rotation.rotate(actor.tenantId, body.suite)
    room.keep()
    return { epoch }
  })

  http.on(rotateIndex, async ({ params, request }) => {
    const actor = await door.actor(request, params.communityId, keeper)
    const { epoch } = await keyring.indexKey(actor.tenantId, actor.communityId)
    await trace(house, actor, "keys.rotate_index")
    const isMade = await keyring.index.add(actor, epoch + 1, "filling")
    if (!isMade) throw new Refusal("keys.filling")
    return { epoch: epoch + 1 }
  })
}

function recordRoutes(http: Http, house: House, room: KeysRoom): void {
  const { vault, door, spine } = house

  const order = async (tenantId: string) => {
    await vault.rotation.former.order(tenantId, spine.clock())
    room.keep()
    return isDone
  }

  http.on(resealRecords, async ({ params, request }) => {
    vault.seal.assertOpen()
    const actor = await door.actor(request, params.communityId, keeper)
    await trace(house, actor, "keys.reseal")
    return order(actor.tenantId)
  })

  http.on(resealAnyRecords, async ({ body, request }) => {
    await trace(house, localHand(room, request), "keys.reseal")
    return order(body.tenantId)
  })

  http.on(resolveRecord, async ({ params, body, request }) => {
    const actor = await door.actor(request, params.communityId, keeper)
    await resolveQuarantine(house, actor, { ...body, ...params, tenantId: actor.tenantId })
    return isDone
  })

  http.on(resolveAnyRecord, async ({ body, request }) => {
    const hand = localHand(room, request)
    const tenantId = await tenantOf(house, body.communityId)
    if (tenantId === undefined) throw new Refusal("thing.absent")
    await resolveQuarantine(house, hand, { ...body, tenantId })
    return isDone
  })
}

const isDone = { done: true } as const

function localRoutes(http: Http, house: House, room: KeysRoom): void {
  const { rotation } = house.vault

  http.on(listAllKeys, async ({ request }) => {
    await trace(house, localHand(room, request), "keys.list")
    const rows = await everyCommunity(house)
    const actor = machineHand(rows.map((row) => row.community_id).join(","))
    return inventoryOf(house, actor, await rotation.sql.tenants())
  })

  http.on(rotateAnyKeys, async ({ body, request }) => {
    await trace(house, localHand(room, request), "keys.rotate")
    const epoch = await rotation.rotate(body.tenantId, body.suite)
    room.keep()
    return { epoch }
  })

  http.on(rewrapAnyKeys, async ({ body, request }) => {
    await trace(house, localHand(room, request), "keys.rewrap")
    const { done, unopenable } = await rotation.rewrap(body.tenantId)
    return { done, unopenable: unopenable.length }
  })

  http.on(tellExport, async ({ request }) => {
    await trace(house, localHand(room, request), "keys.export_shares")
    return isDone
  })
}

function backupRoutes(http: Http, house: House, room: KeysRoom): void {
  const { backups } = room

  http.on(beginBackup, async ({ body, request }) => {
    const hand = localHand(room, request)
    await backups.check(body)
    await act(house.spine, hand, async (command) =>
      command.trace({ act: `backup.${body.kind}`, clause: "5.4" }),
    )
    backups.begin(body)
    return backups.view
  })

  http.on(watchBackup, async ({ request }) => {
    localHand(room, request)
    return backups.view
  })
}

/** Throws `session.none`: a wrong secret is told no more than none. */
function localHand({ isLocal }: KeysRoom, request: FastifyRequest): Actor {
  const told = request.headers[localHeader]
  if (typeof told !== "string" || !isLocal(told)) throw new Refusal("session.none")
  return machineHand()
}

interface Asking {
  readonly request: FastifyRequest
  readonly posts: readonly Post[]
}

/** A person in the first community where they hold one of the posts, or somebody at the machine. */
async function handOf(house: House, room: KeysRoom, { request, posts }: Asking): Promise<Actor> {
  if (request.headers[localHeader] !== undefined) return localHand(room, request)
  const session = await house.door.person(request)
  const [first] = session.communities
  if (first === undefined) throw new Refusal("post.not_allowed")
  for (const { communityId } of session.communities) {
    const actor = await house.door.actor(request, communityId, posts).catch(() => undefined)
    if (actor !== undefined) return actor
  }
  throw new Refusal("post.not_allowed")
}

function trace(house: House, hand: Actor, code: string): Promise<void> {
  return act(house.spine, hand, async (command) => command.trace({ act: code, clause: "3.9" }))
}

function viewOf({ vault }: House, request: FastifyRequest): SealView {
  const { state } = vault.seal
  if (!state.sealed) return { ...state, reason: null, sentence: "", shares: null }
  const said = sealSentences[state.reason]
  const shares =
    vault.desk === undefined ? null : { given: vault.desk.state.given, need: vault.desk.state.need ?? null }
  return { ...state, sentence: languageOf(request) === "en" ? said.en : said.zh, shares }
}
