import type { FieldCode } from "../../../lifecycle/catalogue/field.ts"

/** What the form holds. */
export interface Wish {
  readonly purpose: string
  readonly fields: FieldCode[]
  readonly ground: "order" | "request"
  readonly orderId?: string
  readonly requestNumber?: string
  readonly hours: number
  readonly single: boolean
  readonly older: boolean
}

/** One ground only: the other may have been filled in before it was changed. */
export function bodyOf({ ground, orderId, requestNumber, ...wish }: Wish) {
  return ground === "order" ? { ...wish, orderId } : { ...wish, requestNumber }
}
