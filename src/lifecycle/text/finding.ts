/** What the guard of free text finds, and where. A finding is shown to its writer; what is kept of it names kind and place only. Clause 2.9. */

export const findingKinds = [
  "phone",
  "landline",
  "id_number",
  "bank_card",
  "plate",
  "chat_id",
  "door_code",
  "health",
  "name",
] as const
export type FindingKind = (typeof findingKinds)[number]

export interface Finding {
  readonly kind: FindingKind
  /** Offsets into the text as it was written: from, and behind the last. */
  readonly start: number
  readonly end: number
  /** Canonical, where it can be read: `13900001234` for 一三九零零零零一二三四. */
  readonly value: string | null
  /** `sure`: it is what it looks like by form. `likely`: by the words around it. */
  readonly confidence: "sure" | "likely"
}
