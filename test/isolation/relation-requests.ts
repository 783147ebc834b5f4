/** What a route of the table is asked with, beside the ids in its path. */

import { randomUUID } from "node:crypto"
import { twoOfficers } from "../authorities.ts"
import { tinyPng } from "../parties.ts"
import { codeAt, knownPassword, newStaff } from "../people.ts"
import type { Thing } from "./relation-kind.ts"
import { knownSecret } from "./relation-place.ts"

/** Things of building 1 that stand beside the one that is asked about, and people. */
export type Fixed = Readonly<Record<string, string>>

type Body = (thing: Thing, fixed: Fixed) => object

const order = (body: object) => ({ orderId: randomUUID(), kind: "repair", text: "漏水", ...body })
const use = (body: object) => ({
  applicationId: randomUUID(),
  purpose: "move_in",
  requestNumber: "物函〔2026〕12号",
  fields: ["phone"],
  hours: 8,
  ...body,
})
const copy = (body: object) => use({ fields: ["name"], form: "export", ...body })
const duty = (body: object) => ({
  dutyId: randomUUID(),
  post: "supervisor",
  from: "2026-01-01T00:00:00.000Z",
  until: "2099-01-01T00:00:00.000Z",
  ...body,
})
const emergency = ({ ahead }: Fixed, body: object) => ({
  emergencyId: randomUUID(),
  fields: ["phone"],
  reason: "fire",
  words: "一层冒烟，敲门无人应",
  password: knownPassword,
  code: codeAt(knownSecret, Date.now() + Number(ahead)),
  ...body,
})
const party = ({ day: from }: Fixed, body: object) => ({
  partyId: randomUUID(),
  name: "安顺电梯有限公司",
  kind: "processor",
  contractNumber: "梯维〔2026〕8号",
  from,
  until: "2098-01-01",
  scope: [{ purpose: "repair", fields: ["phone"] }],
  ...body,
})
const sharing = ({ day: keepUntil, partyId }: Fixed, body: object) => ({
  applicationId: randomUUID(),
  partyId,
  purpose: "repair",
  fields: ["phone"],
  form: "share",
  hours: 8,
  keepUntil,
  ...body,
})
const authority = (body: object) => ({
  applicationId: randomUUID(),
  organ: "police",
  organName: "和平派出所",
  documentNumber: "京公调证〔2026〕31号",
  ground: "criminal_procedure",
  officers: twoOfficers,
  paper: tinyPng,
  fields: ["phone"],
  form: "print",
  rows: 1,
  ...body,
})
const course = { course: "保密培训", passedOn: "2026-01-05", validUntil: "2099-01-01" }

/** By the line's route and kind; a line that is not here is asked with an empty body. */
export const bodies: Readonly<Record<string, Body>> = {
  "POST /owners/search  building": ({ buildingId }) => ({
    text: buildingId === "3" ? "李伟涛" : "张伟伟",
    building: buildingId,
  }),
  "POST /staff  building": ({ buildingId = "" }) =>
    newStaff(`r.${randomUUID().slice(0, 8)}`, "clerk", [buildingId]),
  "PUT /staff/:staffId/post  building": ({ buildingId }) => ({ post: "clerk", buildingIds: [buildingId] }),
  "PUT /staff/:staffId/post  staff": () => ({ post: "repairer", buildingIds: null }),
  "POST /staff/:staffId/suspend  staff": () => ({ reason: "lost_device" }),
  "POST /staff/:staffId/suspend  stopped": () => ({ reason: "lost_device" }),
  "POST /training  staff": ({ staffId }) => ({ trainingId: randomUUID(), staffId, ...course }),
  "POST /same-person  staff": ({ staffId }, { colleague }) => ({ staffId, sameAs: colleague }),
  "POST /duties  staff": ({ staffId }, { deputy }) => duty({ forStaff: staffId, deputy }),
  "POST /duties  stopped": ({ staffId }, { deputy }) => duty({ forStaff: staffId, deputy }),
  "PUT /channels/:channel  staff": ({ staffId }) => ({
    version: 0,
    state: "in_use",
    purposes: ["gate"],
    fields: ["name"],
    responsible: staffId,
  }),
  "POST /orders  home": ({ homeId }) => order({ homeId, phone: "13900001111" }),
  "POST /orders  person": ({ personId, besideHome }, { homeId }) =>
    order({ personId, homeId: besideHome ?? homeId }),
  "POST /orders/:orderId/dispatch  order": (_thing, { worker }) => ({ staffId: worker }),
  "POST /orders/:orderId/dispatch  staff": ({ staffId }) => ({ staffId }),
  "POST /orders/:orderId/dispatch  stopped": ({ staffId }) => ({ staffId }),
  "POST /uses/:useId/look  order": () => ({ field: "repair" }),
  "POST /applications  person": ({ personId }) => use({ personIds: [personId] }),
  "POST /applications  home": ({ homeId }) => use({ homeIds: [homeId] }),
  "POST /applications  order": ({ orderId, besidePerson }, { personId }) => {
    const { requestNumber: _none, ...rest } = use({ orderId, personIds: [besidePerson ?? personId] })
    return { ...rest, purpose: "repair" }
  },
  "POST /applications/:applicationId/sign  waiting": () => ({ verdict: "approved" }),
  "POST /applications/:applicationId/look  application": ({ personId }) => ({ personId, field: "phone" }),
  "POST /applications/:applicationId/look  person": ({ personId }) => ({ personId, field: "phone" }),
  "POST /exports/count  building": ({ buildingId }) => ({ buildingIds: [buildingId], fields: ["name"] }),
  "POST /exports/count  home": ({ homeId }) => ({ homeIds: [homeId], fields: ["name"] }),
  "POST /exports  building": ({ buildingId, rows }) =>
    copy({ buildingIds: [buildingId], rows: Number(rows) }),
  "POST /exports  home": ({ homeId }) => copy({ homeIds: [homeId], rows: 1 }),
  "POST /persons/:personId/consents  person": () => ({
    eventId: randomUUID(),
    feature: "greeting",
    kind: "refused",
    textVersion: 1,
    language: "zh-CN",
    channel: "desk",
  }),
  "POST /consent-runs/:runId/look  run": ({ personId }) => ({ personId, field: "phone" }),
  "POST /imports/:importId/check  import": ({ mapping = "{}" }) => JSON.parse(mapping),
  "POST /attempts/:attemptId/rulings  attempt": () => ({ rulingId: randomUUID(), verdict: "stop" }),
  "POST /attempts/:attemptId/lesson  attempt": () => ({
    lessonId: randomUUID(),
    zh: "报修不问单位。",
    en: "Repairs do not ask for the employer.",
  }),
  "POST /proposals/:proposalId/answer  proposal": () => ({ verdict: "declined" }),
  "POST /form-inbox/:submissionId/reject  submission": () => ({ reason: "twice" }),
  "POST /purge-plans/:planId/signature  plan": ({ digest }) => ({ digest }),
  "POST /text-findings/:findingId/ruling  finding": () => ({ verdict: "mask" }),
  "POST /keys/quarantine/resolve  record": ({ subjectId }) => ({ subjectId, class: "identity" }),
  "POST /emergencies  home": ({ homeId }, fixed) => emergency(fixed, { homeId }),
  "POST /emergencies/:emergencyId/look  emergency": ({ personId }) => ({ personId, field: "phone" }),
  "POST /emergencies/:emergencyId/reviews  over": () => ({ verdict: "justified", why: "on_site" }),
  "POST /emergencies/:emergencyId/told  over": (_thing, { ahead }) => ({
    how: "phone",
    toldAt: new Date(Date.now() + Number(ahead)).toISOString(),
  }),
  "POST /parties  staff": ({ staffId }, fixed) => party(fixed, { responsible: staffId }),
  "POST /parties/:partyId/sign  entry": () => ({ verdict: "signed" }),
  "POST /parties/:partyId/end  party": () => ({ reason: "done" }),
  "POST /sharings  party": ({ partyId }, fixed) =>
    sharing(fixed, { partyId, homeIds: [fixed["homeId"]], rows: 1 }),
  "POST /sharings  home": ({ homeId }, fixed) => sharing(fixed, { homeIds: [homeId], rows: 1 }),
  "POST /sharings  building": ({ buildingId, rows }, fixed) =>
    sharing(fixed, { buildingIds: [buildingId], rows: Number(rows) }),
  "POST /sharings/:applicationId/left  sharing": () => ({ how: "told" }),
  "POST /sharings/:applicationId/proofs  told": (_thing, { day }) => ({
    proofId: randomUUID(),
    kind: "deleted",
    day,
  }),
  "POST /sharings/:applicationId/proofs/:proofId/answer  proof": () => ({ verdict: "accepted" }),
  "POST /sharings/:applicationId/proofs/:proofId/answer  stray proof": () => ({ verdict: "accepted" }),
  "POST /authority-requests  home": ({ homeId }) => authority({ homeIds: [homeId] }),
  "POST /authority-requests/:applicationId/paper  request": () => ({ which: "document" }),
  "POST /authority-requests/:applicationId/receipt  handed": () => ({ paper: tinyPng }),
  "POST /findings/:findingId/verdict  suspicion": () => ({ verdict: "explained", reason: "lawful_task" }),
  "POST /ties  staff": ({ staffId }, { home }) => ({
    tieId: randomUUID(),
    staffId,
    home,
    kind: "relative",
  }),
  "POST /traces/search  person": ({ personId }) => ({ query: `person:${personId}` }),
  "POST /traces/search  home": ({ homeId }) => ({ query: `home:${homeId}` }),
  "POST /traces/search  use": ({ useId }) => ({ query: `use:${useId}` }),
  "POST /api/visit  link": ({ link }) => ({ link }),
  "POST /api/visit/:communityId/:linkId/call  visit": () => ({ from: "13900001234" }),
  "POST /api/public/forms/:code  code": (_thing, { home }) => ({
    submissionId: randomUUID(),
    values: { home, fee: "物业费" },
  }),
}

/** Routes that take a file. */
export const files: readonly string[] = ["POST /api/visit/:communityId/:linkId/photos  visit"]
