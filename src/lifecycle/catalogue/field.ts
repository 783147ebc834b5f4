/** The catalogue, version 1: what every field is, how it is masked, how long it is kept, which articles govern it. Clauses 1.1–1.4, 1.6. */

export const fieldCodes = [
  "name",
  "title",
  "phone",
  "landline",
  "home",
  "id_number",
  "passport",
  "title_deed",
  "birth_date",
  "sex",
  "household",
  "emergency_contact",
  "employer",
  "bank_card",
  "plate",
  "pet",
  "parcel",
  "elder_alone",
  "children",
  "location",
  "face",
  "health",
  "email",
  "wechat",
  "hobby",
  "ethnicity",
  "politics",
  "marriage",
  "education",
  "native_place",
  "fee",
  "repair",
  "complaint",
  "gate_event",
  "vehicle_event",
  "move_in_date",
  "area",
] as const
export type FieldCode = (typeof fieldCodes)[number]

export const fieldClasses = ["identity", "life", "service", "trajectory", "special"] as const
export type FieldClass = (typeof fieldClasses)[number]

/** `sensitive`: PIPL 28, or treated so. `special`: in no post's level, needs a use of its own. Clause 3.8. */
export type Sensitivity = "general" | "sensitive" | "special"

/** How a field is masked; `hidden` shows nothing of the value. */
export type MaskType =
  | "name"
  | "phone"
  | "home"
  | "id_number"
  | "passport"
  | "bank_card"
  | "plate"
  | "email"
  | "chat_id"
  | "year"
  | "moment"
  | "hidden"

export interface Words {
  readonly "zh-CN": string
  readonly en: string
}

export interface Field {
  /** A {@link FieldCode}, or `unclassified`. */
  readonly code: string
  readonly label: Words
  readonly class: FieldClass
  readonly sensitivity: Sensitivity
  readonly mask: MaskType
  /** Code of the regime's retention table. */
  readonly retention: string
  /** Articles, e.g. `PIPL 28`. */
  readonly law: readonly string[]
  /** Whether the stored mask may lie in the clear, or must be sealed because it still tells something. */
  readonly maskAtRest: "plain" | "sealed"
}

/** Definition, minimum, time limit, classified management. */
const general = ["PIPL 4", "PIPL 6", "PIPL 19", "PIPL 51"]
/** … and the strict conditions, separate consent and assessment of sensitive kinds. */
const sensitive = [...general, "PIPL 28", "PIPL 29", "PIPL 30", "PIPL 55"]

interface Traits {
  readonly mask?: MaskType
  readonly sensitivity?: Sensitivity
  readonly retention?: string
  /** Articles beyond those of the sensitivity. */
  readonly law?: readonly string[]
  readonly maskAtRest?: Field["maskAtRest"]
}

type Row = readonly [code: FieldCode, zh: string, en: string, traits?: Traits]

const identity: readonly Row[] = [
  ["name", "姓名", "Name", { mask: "name" }],
  ["title", "称呼", "Form of address", { mask: "name" }],
  ["phone", "手机", "Phone", { mask: "phone" }],
  ["landline", "座机", "Landline", { mask: "phone" }],
  ["home", "房号", "Home", { mask: "home" }],
  ["id_number", "身份证号", "Identity number", { mask: "id_number", sensitivity: "sensitive" }],
  ["passport", "护照或通行证号", "Passport or permit number", { mask: "passport", sensitivity: "sensitive" }],
  ["title_deed", "产权信息", "Title deed"],
  ["birth_date", "出生日期", "Date of birth", { mask: "year", law: ["PIPL 31"] }],
  ["sex", "性别", "Sex"],
  ["emergency_contact", "紧急联系人", "Emergency contact", { law: ["PIPL 23"] }],
  ["employer", "工作单位", "Employer"],
  [
    "bank_card",
    "银行卡号",
    "Bank card",
    { mask: "bank_card", sensitivity: "sensitive", maskAtRest: "sealed" },
  ],
  ["email", "邮箱", "E-mail", { mask: "email" }],
  ["wechat", "微信或 QQ", "WeChat or QQ", { mask: "chat_id" }],
  ["area", "建筑面积", "Floor area"],
  ["move_in_date", "入住日期", "Date of moving in", { mask: "year" }],
  ["marriage", "婚姻状况", "Marital status", { retention: "not_collected" }],
  ["education", "学历", "Education", { retention: "not_collected" }],
  ["native_place", "籍贯", "Native place", { retention: "not_collected" }],
]

const life: readonly Row[] = [
  ["plate", "车牌", "Licence plate", { mask: "plate" }],
  ["pet", "宠物", "Pets"],
  ["parcel", "快递与外卖习惯", "Parcel and takeaway habits"],
  ["household", "家庭成员", "Household"],
  ["elder_alone", "独居老人", "Elder living alone", { sensitivity: "sensitive", maskAtRest: "sealed" }],
  [
    "children",
    "未成年子女",
    "Children",
    { sensitivity: "sensitive", maskAtRest: "sealed", law: ["PIPL 31"] },
  ],
  ["hobby", "爱好", "Hobby", { retention: "not_collected" }],
]

const service: readonly Row[] = [
  ["fee", "缴费", "Fees", { retention: "fee_ledger" }],
  ["repair", "报修", "Repair", { retention: "order" }],
  ["complaint", "投诉建议", "Complaint", { retention: "order" }],
]

const trajectory: readonly Row[] = [
  ["gate_event", "门禁通行", "Gate passage", { mask: "moment", retention: "gate_event" }],
  ["vehicle_event", "车辆出入", "Vehicle passage", { mask: "moment", retention: "vehicle_event" }],
  ["location", "位置", "Location", { retention: "service_moment" }],
]

const special: readonly Row[] = [
  ["face", "人脸", "Face", { retention: "face", law: ["PIPL 26"] }],
  ["health", "健康", "Health", { retention: "consent" }],
  // No purpose of regime 1 takes these two; should one ever ask, they must not slip in as plain identity.
  ["ethnicity", "民族", "Ethnicity", { retention: "not_collected" }],
  ["politics", "政治面貌", "Political affiliation", { retention: "not_collected" }],
]

/** Every field of the catalogue. */
export const fields: readonly Field[] = [
  ...classed("identity", identity),
  ...classed("life", life),
  ...classed("service", service),
  ...classed("trajectory", trajectory),
  ...classed("special", special),
]

const byCode: ReadonlyMap<string, Field> = new Map(fields.map((field) => [field.code, field]))

/** The field of this code. A word outside the catalogue is `unclassified`: the most sensitive. Clause 1.6. */
export function fieldOf(code: string): Field {
  return byCode.get(code) ?? unclassified
}

const unclassified: Field = {
  code: "unclassified",
  label: { "zh-CN": "未分类信息", en: "Unclassified" },
  class: "special",
  sensitivity: "special",
  mask: "hidden",
  retention: "not_collected",
  law: sensitive,
  maskAtRest: "sealed",
}

function classed(fieldClass: FieldClass, rows: readonly Row[]): Field[] {
  return rows.map(([code, zh, en, traits = {}]) => {
    const sensitivity = traits.sensitivity ?? sensitivityIn(fieldClass)
    return {
      code,
      label: { "zh-CN": zh, en },
      class: fieldClass,
      sensitivity,
      mask: traits.mask ?? "hidden",
      retention: traits.retention ?? "basic",
      law: [...(sensitivity === "general" ? general : sensitive), ...(traits.law ?? [])],
      maskAtRest: traits.maskAtRest ?? (sensitivity === "special" ? "sealed" : "plain"),
    }
  })
}

function sensitivityIn(fieldClass: FieldClass): Sensitivity {
  return fieldClass === "trajectory" || fieldClass === "special" ? "special" : "general"
}

export function isFieldCode(word: string): word is FieldCode {
  return byCode.has(word)
}
