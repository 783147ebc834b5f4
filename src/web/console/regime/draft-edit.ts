import type { FieldCode } from "../../../lifecycle/catalogue/field.ts"
import type { RegimeTextView } from "../../../lifecycle/catalogue/regime-desk-contract.ts"

/** The text of a draft and how it is changed, for each tab that edits a part of it. */
export interface DraftEdit {
  readonly text: RegimeTextView
  readonly isEditable: boolean
  readonly onChange: (text: RegimeTextView) => void
}

export type PurposeText = RegimeTextView["purposes"][number]
export type CellText = NonNullable<RegimeTextView["matrix"][string][FieldCode]>

export function cellOf(text: RegimeTextView, purpose: string, field: FieldCode): CellText {
  return text.matrix[purpose]?.[field] ?? { rule: "forbidden" }
}

export function withCell(
  text: RegimeTextView,
  { purpose, field }: { purpose: string; field: FieldCode },
  cell: CellText,
): RegimeTextView {
  const row = { ...text.matrix[purpose], [field]: cell }
  return { ...text, matrix: { ...text.matrix, [purpose]: row } }
}

export function withPurpose(text: RegimeTextView, changed: PurposeText): RegimeTextView {
  return { ...text, purposes: text.purposes.map((one) => (one.code === changed.code ? changed : one)) }
}
