/** Masks: what of a value may be shown without a use. What is not recognised shows nothing. Clause 3.10. */

import { maskHome } from "./address.ts"
import { maskBankCard } from "./bank-card.ts"
import { maskChatId } from "./chat-id.ts"
import { maskDay } from "./day.ts"
import { maskEmail } from "./email.ts"
import { fieldOf, type MaskType } from "./field.ts"
import { maskIdNumber, maskPassport } from "./id-number.ts"
import { maskMoment } from "./moment.ts"
import { maskName } from "./person-name.ts"
import { maskPhone } from "./phone.ts"
import { maskPlate } from "./plate.ts"

/** Nothing of the value, not even its length. */
export const hidden = "●●●"

/** Undefined: not the format this mask knows. */
const masks: Readonly<Record<MaskType, (value: string) => string | undefined>> = {
  name: maskName,
  phone: maskPhone,
  home: maskHome,
  id_number: maskIdNumber,
  passport: maskPassport,
  bank_card: maskBankCard,
  plate: maskPlate,
  email: maskEmail,
  chat_id: maskChatId,
  year: maskDay,
  moment: maskMoment,
  hidden: () => hidden,
}

/** The same value is masked the same way everywhere. Fails closed: a format that is not known shows {@link hidden}. */
export function mask(field: string, value: string): string {
  return masks[fieldOf(field).mask](value) ?? hidden
}

const specimens: Readonly<Record<MaskType, string>> = {
  name: "张三丰",
  phone: "13812345678",
  home: "1-1-1001",
  id_number: "110105194912310021",
  passport: "E12345678",
  bank_card: "6222021001116245702",
  plate: "京A12345",
  email: "anna@example.com",
  chat_id: "house_001",
  year: "1990-01-01",
  moment: "2026-01-01 08:00",
  hidden: "",
}

/** What the mask of a field looks like, on a made-up value. */
export function maskExample(field: string): string {
  return mask(field, specimens[fieldOf(field).mask])
}
