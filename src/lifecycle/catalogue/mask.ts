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
