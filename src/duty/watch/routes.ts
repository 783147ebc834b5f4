/** Findings, what is decided on them, and homes that staff are tied to. Clause 6.4. */

import { Refusal } from "../../base/refusal.ts"
import type { House } from "../../house.ts"
import { type Actor, act, type Command, look } from "../../ledger/spine.ts"
import { parseHome } from "../../lifecycle/catalogue/address.ts"
import { homeLabel } from "../../lifecycle/store/home.ts"
import { raiseIncident } from "../../lifecycle/visit/raise-incident.ts"
import type { Reader } from "../../platform/database.ts"
import { sqlState } from "../../platform/database.ts"
import type { Http } from "../../platform/http.ts"
import { isDone } from "../people/contract.ts"
import type { Post } from "../people/post.ts"
import * as contract from "./contract.ts"
import {
  buildingOf,
  countOpen,
  endTie,
  type FindingRow,
  findHome,
  listFindings,
  listTies,
  placesOf,
  readFinding,
  worksHere,
  writeTie,
  writeVerdict,
} from "./sql.ts"
import { fits, type Reason, type Verdict } from "./verdict.ts"

const readers: readonly Post[] = ["manager", "privacy_officer", "auditor"]
const deciders: readonly Post[] = ["manager", "privacy_officer"]
const markers: readonly Post[] = ["privacy_officer", "system_admin"]
const uniqueViolation = "23505"

export function watchRoutes(http: Http, house: House): void {
  findingRoutes(http, house)
  tieRoutes(http, house)
}

function findingRoutes(http: Http, house: House): void {
  const { door, spine } = house

  http.on(contract.listFindings, async ({ params, query, request }) => {
    const actor = await door.actor(request, params.communityId, readers)
    const { state, after, limit } = query
    if (after !== undefined && !/^\d{1,19}$/.test(after))
      throw new Refusal("request.malformed", { field: "after" })
    return look(spine, actor, async (reader) => {
      const rows = await listFindings(reader, actor, { state, after, limit })
      const shown = rows.slice(0, limit)
      const answer = {
        findings: await viewsOf(house, actor, shown),
        next: rows.length > limit ? (shown.at(-1)?.seq ?? null) : null,
        open: await countOpen(reader, actor),
      }
      return { trace: { act: "watch.list", clause: "6.4" }, answer }
    })
  })

  http.on(contract.decideFinding, async ({ params, body, request }) => {
    const actor = await door.actor(request, params.communityId, deciders)
    const row = await decide(house, actor, { findingId: params.findingId, ...body })
    const [view] = await viewsOf(house, actor, [row])
    if (view === undefined) throw new Error("a finding that was decided on is not there")
    return view
  })
}

/** Throws `thing.absent` for what is about oneself too, `watch.decided`. */
async function decide(
  house: House,
  actor: Actor,
  asked: { findingId: string; verdict: Verdict; reason: Reason },
): Promise<FindingRow> {
  const { findingId, verdict, reason } = asked
  if (!fits(verdict, reason)) throw new Refusal("request.malformed", { field: "reason" })
  const done = act(house.spine, actor, async (command) => {
    const row = await readFinding(command, actor, findingId)
    if (row === undefined) throw new Refusal("thing.absent")
    if (row.verdict !== null) throw new Refusal("watch.decided")
    const at = new Date(command.now).toISOString()
    if (verdict === "incident") await register(house, command, { actor, row, at })
    await writeVerdict(command, actor, { findingId, about: row.staff_id, verdict, reason, at })
    command.trace({ act: `watch.${verdict}`, clause: "6.4" })
    return readFinding(command, actor, findingId)
  })
  const row = await done.catch((error: unknown) => {
    // Two that decide at the same moment meet at a key.
    throw sqlState(error) === uniqueViolation ? new Refusal("watch.decided") : error
  })
  if (row === undefined) throw new Error("a finding that was decided on is not there")
  return row
}

interface Registered {
  readonly actor: Actor
  readonly row: FindingRow
  readonly at: string
}

/** In the register of incidents, where whoever supervises the person reads it; they read no findings. Clause 8.1. */
async function register(house: House, command: Command, { actor, row, at }: Registered): Promise<void> {
  const { communityId } = actor
  const { finding_id: findingId, home_id: homeId, staff_id: staffId, code } = row
  const buildingId = await buildingOf(wholeReader(house, actor), { communityId, homeId, staffId, at })
  await raiseIncident(command, communityId, {
    incidentId: command.newId(),
    about: { kind: "watch_finding", findingId, code, homeId },
    buildingId: buildingId ?? null,
    assignee: staffId,
    at,
  })
}

function tieRoutes(http: Http, house: House): void {
  const { door, spine } = house

  http.on(contract.listTies, async ({ params, request }) => {
    const actor = await door.actor(request, params.communityId, markers)
    return look(spine, actor, async (reader) => {
      const rows = await listTies(reader, params.communityId)
      const homeIds = rows.map((row) => row.home_id)
      const places = await placesOf(wholeReader(house, actor), params.communityId, homeIds)
      const ties = rows.map((row) => ({
        tieId: row.tie_id,
        staff: { staffId: row.staff_id, name: row.name },
        place: places.get(row.home_id) ?? "—",
        kind: row.kind,
        at: row.at.toISOString(),
      }))
      return { trace: { act: "watch.ties", clause: "6.4" }, answer: { ties } }
    })
  })

  http.on(contract.addTie, async ({ params, body, request }) => {
    const actor = await door.actor(request, params.communityId, markers)
    const place = parseHome(body.home)
    const label = place === undefined ? body.home : homeLabel(place)
    const homeId = await findHome(wholeReader(house, actor), params.communityId, label)
    if (homeId === undefined) throw new Refusal("watch.no_such_home")
    await act(spine, actor, async (command) => {
      const at = new Date(command.now).toISOString()
      const { staffId } = body
      if (!(await worksHere(command, actor.communityId, { staffId, at }))) throw new Refusal("thing.absent")
      await writeTie(command, actor, {
        tieId: body.tieId,
        staffId,
        homeId,
        kind: body.kind,
        at,
      })
      command.trace({ act: "watch.tie", clause: "6.4" })
    })
    return isDone
  })

  http.on(contract.endTie, async ({ params, request }) => {
    const actor = await door.actor(request, params.communityId, markers)
    await act(spine, actor, async (command) => {
      const at = new Date(command.now).toISOString()
      if (!(await endTie(command, actor, { tieId: params.tieId, at }))) throw new Refusal("thing.absent")
      command.trace({ act: "watch.end_tie", clause: "6.4" })
    })
    return isDone
  })
}

/** A place by itself names nobody: it is told, by the server's own hand, to those whose level opens no roster. */
function wholeReader({ spine }: House, { context }: Actor): Reader {
  const whole = { ...context, buildings: "*", posts: "manager" }
  return { query: (text, values = []) => spine.database.read(whole, text, values) }
}

async function viewsOf(house: House, actor: Actor, rows: readonly FindingRow[]): Promise<contract.Finding[]> {
  const homeIds = rows.flatMap((row) => (row.home_id === null ? [] : [row.home_id]))
  const places = await placesOf(wholeReader(house, actor), actor.communityId, homeIds)
  return rows.map((row) => ({
    findingId: row.finding_id,
    at: row.at.toISOString(),
    about: { staffId: row.staff_id, name: row.name },
    code: row.code,
    place: places.get(row.home_id ?? "") ?? null,
    regimeVersion: row.regime_version,
    evidence: row.evidence.map((one) => ({
      traceId: one.trace_id,
      at: new Date(one.at).toISOString(),
      act: one.act,
      outcome: one.outcome,
    })),
    state: row.verdict ?? "open",
    decided: decidedOf(row),
  }))
}

function decidedOf(row: FindingRow): contract.Finding["decided"] {
  const { reason, by_staff: staffId, by_post: post, decided_at: at, incident_id: incidentId } = row
  if (reason === null || staffId === null || post === null || at === null) return null
  return { reason, by: { staffId, name: row.by_name ?? "—" }, post, at: at.toISOString(), incidentId }
}
