/** The regime, version 1: the starting content of the product. A city or a contract may override it later. */

import type { Post } from "../../duty/people/post.ts"
import { fields } from "./field.ts"
import { matrixV1 } from "./matrix-v1.ts"
import type { PostRule, Purpose, Regime, StandingRule, StartingPurpose } from "./regime-shape.ts"
import { retentionV1 } from "./retention-v1.ts"

const contract = "PIPL 13(2) contract"
const consent = "PIPL 13(1) consent"
const legalDuty = "PIPL 13(3) legal duty"

type PurposeRow = readonly [
  code: StartingPurpose,
  zh: string,
  en: string,
  serviceZh: string,
  serviceEn: string,
  basis: string,
]

const purposeRows: readonly PurposeRow[] = [
  [
    "handover",
    "收房验房",
    "Handover",
    "通知并办理房屋查验交付",
    "Inspecting and handing over the home",
    contract,
  ],
  [
    "move_in",
    "入住登记",
    "Moving in",
    "建立入住与产权关系",
    "Registering who lives in and owns the home",
    contract,
  ],
  ["repair", "报修", "Repair", "上门维修", "Repairs at the home", contract],
  ["fee", "缴物业费", "Property fee", "收费、开票与代缴", "Charging, receipts, paying for others", contract],
  ["parking", "停车", "Parking", "车位与车辆放行", "Parking spaces and passage of cars", contract],
  [
    "gate",
    "门禁",
    "Gate",
    "小区与楼栋出入",
    "Entry to community and buildings",
    `${contract}; PIPL 26 public security`,
  ],
  ["complaint", "投诉", "Complaint", "受理并回复投诉建议", "Taking in and answering complaints", contract],
  [
    "elder_care",
    "独居老人关怀",
    "Care for elders living alone",
    "定期探访与应急联系",
    "Visits and emergency calls",
    `${consent}; PIPL 29 separate consent`,
  ],
  ["greeting", "节日祝福", "Festival greetings", "发送节日问候", "Sending greetings", consent],
  ["renovation", "装修办理", "Renovation", "装修申请与巡查", "Permits and inspection of works", contract],
  [
    "owners_meeting",
    "业主大会表决",
    "Owners' meeting",
    "核对表决权与计票",
    "Voting rights and counting",
    legalDuty,
  ],
  [
    "authority_assist",
    "流动人口、消防等协助",
    "Assisting authorities",
    "依法定文书协助机关",
    "Assisting on a written request",
    legalDuty,
  ],
]

const purposes: readonly Purpose[] = purposeRows.map(([code, zh, en, serviceZh, serviceEn, basis]) => ({
  code,
  label: { "zh-CN": zh, en },
  service: { "zh-CN": serviceZh, en: serviceEn },
  basis,
  isShared: code === "authority_assist",
  isPublished: false,
}))

/** What all standing rules share: the order is the application, closing it the archive. Clause 4.3. */
const standing = {
  form: "see",
  lookSeconds: 30,
  relations: ["handler", "supervisor", "assignee"],
  onClose: "end_grants_and_archive",
} as const

const standingRules: readonly StandingRule[] = [
  {
    ...standing,
    code: "standing.repair",
    orderKind: "repair",
    purpose: "repair",
    fields: ["phone", "title"],
    windowDays: 30,
  },
  {
    ...standing,
    code: "standing.complaint",
    orderKind: "complaint",
    purpose: "complaint",
    fields: ["phone", "title"],
    windowDays: 30,
  },
  {
    ...standing,
    code: "standing.parking",
    orderKind: "parking",
    purpose: "parking",
    fields: ["phone", "title", "plate"],
    windowDays: 7,
  },
]

/** Trajectory and special kinds are in no level. Clause 3.8. */
const posts: readonly PostRule[] = [
  { post: "clerk", level: 1, classes: ["identity"], secondFactor: false },
  { post: "supervisor", level: 2, classes: ["identity", "life", "service"], secondFactor: false },
  { post: "manager", level: 3, classes: ["identity", "life", "service"], secondFactor: true },
  { post: "repairer", level: 0, classes: [], secondFactor: false },
  { post: "archivist", level: 0, classes: [], secondFactor: false },
  { post: "privacy_officer", level: 0, classes: [], secondFactor: true },
  { post: "system_admin", level: 0, classes: [], secondFactor: true },
  { post: "security_admin", level: 0, classes: [], secondFactor: true },
  { post: "auditor", level: 0, classes: [], secondFactor: true },
]

const administrators: readonly Post[] = ["system_admin", "security_admin", "auditor"]
/** The repairer is here too: a dispatched order shows him owners' contacts. */
const seesOwners: readonly Post[] = ["clerk", "supervisor", "manager", "repairer"]

/** No post sees everything, and those who run or check the system see no owners' data. Clause 6.1. */
const exclusions: readonly (readonly [Post, Post])[] = administrators.flatMap((one, index) =>
  [...administrators.slice(index + 1), ...seesOwners].map((other) => [one, other] as const),
)

export const regimeV1: Regime = {
  version: 1,
  fields,
  purposes,
  matrix: matrixV1,
  retention: retentionV1,
  standingRules,
  posts,
  exclusions,
}
