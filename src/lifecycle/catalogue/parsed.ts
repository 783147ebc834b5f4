/** What becomes of a value somebody typed. A suspicious value is neither refused in silence nor stored as if it were true. */

/** Why a value is kept but must be verified. Stable codes: they are stored and shown. */
export type Doubt =
  | "value.same_as"
  | "value.zeros_at_end"
  | "name.several_persons"
  | "name.junk"
  | "name.masked"
  | "name.too_short"
  | "name.title_only"
  | "name.note"
  | "name.lost_character"
  | "name.odd_characters"
  | "phone.fake"
  | "phone.two_numbers"
  | "phone.note"
  | "phone.partly_readable"
  | "phone.no_area_code"
  | "phone.repeated"
  | "id_number.old"
  | "id_number.credit_code"
  | "id_number.kind_unknown"
  | "passport.kind_unknown"
  | "bank_card.check_digit"
  | "plate.letter_for_digit"
  | "plate.two_plates"
  | "plate.temporary"
  | "plate.local_format"
  | "sex.code"

/** Why a value cannot be taken. Stable codes. */
export type Fault =
  | "value.too_long"
  | "value.masked"
  | "value.precision_lost"
  | "value.same_as_above"
  | "name.unreadable"
  | "phone.format"
  | "phone.length"
  | "id_number.format"
  | "id_number.length"
  | "id_number.date"
  | "id_number.checksum"
  | "passport.format"
  | "bank_card.format"
  | "plate.format"
  | "email.format"
  | "chat_id.format"
  | "home.format"
  | "home.no_building"
  | "home.became_date"
  | "date.format"
  | "date.future"
  | "area.format"
  | "sex.format"

export type Parsed =
  | { readonly kind: "empty" }
  /** In canonical form. */
  | { readonly kind: "value"; readonly value: string }
  /** Kept, but becomes an item "to be verified". */
  | { readonly kind: "doubtful"; readonly value: string; readonly reason: Doubt }
  | { readonly kind: "invalid"; readonly reason: Fault }

export const empty: Parsed = { kind: "empty" }

export function taken(value: string): Parsed {
  return { kind: "value", value }
}

export function doubtful(value: string, reason: Doubt): Parsed {
  return { kind: "doubtful", value, reason }
}

export function invalid(reason: Fault): Parsed {
  return { kind: "invalid", reason }
}
