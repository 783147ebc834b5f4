/** Values as typed become values in canonical form, doubts or faults. */

import { parseHomeField } from "./address.ts"
import { parseBankCard } from "./bank-card.ts"
import { parseChatId } from "./chat-id.ts"
import { parseDay } from "./day.ts"
import { parseEmail } from "./email.ts"
import type { FieldCode } from "./field.ts"
import { parseIdNumber, parsePassport } from "./id-number.ts"
import { characters, isBlank, normalise } from "./normalise.ts"
import { doubtful, empty, invalid, type Parsed, taken } from "./parsed.ts"
import { parseName } from "./person-name.ts"
import { parsePhone } from "./phone.ts"
import { parsePlate } from "./plate.ts"
import { setAside } from "./set-aside.ts"

type Reader = (raw: string, today: string | undefined) => Parsed

/** More than this is no value of a form. */
const longestCell = 2000
const longestText = 500

const readers: Readonly<Partial<Record<FieldCode, Reader>>> = {
  name: parseName,
  phone: (raw) => parsePhone(raw, "phone"),
  landline: (raw) => parsePhone(raw, "landline"),
  home: parseHomeField,
  id_number: parseIdNumber,
  passport: parsePassport,
  birth_date: parseDay,
  // A home may be moved into tomorrow.
  move_in_date: (raw) => parseDay(raw, undefined),
  sex: parseSex,
  bank_card: parseBankCard,
  plate: parsePlate,
  email: parseEmail,
  wechat: parseChatId,
  area: parseArea,
}

/**
 * The canonical form of what somebody typed, or why there is none. Reading a canonical form again gives it back.
 * @param today YYYY-MM-DD; a birth after it is refused
 */
export function parseField(field: FieldCode, raw: string, today?: string): Parsed {
  if (raw.length > longestCell) return invalid("value.too_long")
  return (readers[field] ?? parseText)(raw, today)
}

function parseText(raw: string): Parsed {
  const text = normalise(raw)
  if (isBlank(text)) return empty
  return characters(text).length > longestText ? invalid("value.too_long") : taken(text)
}

/** Systems number the sexes both ways round: a number must be asked about. */
function parseSex(raw: string): Parsed {
  const text = normalise(raw).toUpperCase()
  if (isBlank(text)) return empty
  if (/^(?:男性?|先生|M|MALE)$/.test(text)) return taken("男")
  if (/^(?:女性?|女士|F|FEMALE)$/.test(text)) return taken("女")
  return /^[0129]$/.test(text) ? doubtful(text, "sex.code") : invalid("sex.format")
}

/** Square metres with two decimals at most. */
function parseArea(raw: string): Parsed {
  const text = normalise(raw)
  const aside = setAside(text)
  if (aside !== undefined) return aside
  const number = text.replace(/\s*(?:平方米|平米|平|m2|m\^2|㎡)$/i, "").replace(/,(?=\d{3})/g, "")
  const metres = /^\d{1,6}(?:\.\d+)?$/.test(number) ? Math.round(Number(number) * 100) / 100 : 0
  return metres > 0 ? taken(String(metres)) : invalid("area.format")
}
