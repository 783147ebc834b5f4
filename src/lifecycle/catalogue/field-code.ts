/** The words of the catalogue: field codes, classes, and what a field states about itself. Clauses 1.1–1.4, 1.6. */

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
  /** A {@link FieldCode}, or the foreign word that was looked up. */
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

const known: ReadonlySet<string> = new Set(fieldCodes)

export function isFieldCode(word: string): word is FieldCode {
  return known.has(word)
}
