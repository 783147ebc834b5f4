/** Licence plates of the mainland, GA 36: ordinary, new energy, special, and what stands where a plate should. */

import { normalise } from "./normalise.ts"
import { type Doubt, doubtful, empty, invalid, type Parsed, taken } from "./parsed.ts"
import { setAside } from "./set-aside.ts"

const province = "[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]"

/** Neither I nor O: they would be read as 1 and 0. */
const forms: readonly RegExp[] = [
  `${province}[A-HJ-Z][A-HJ-NP-Z0-9]{5}`,
  `${province}[A-Z][DABCEFGHJK][A-HJ-NP-Z0-9]\\d{4}`,
  `${province}[A-Z]\\d{5}[DABCEFGHJK]`,
  `${province}[A-Z][A-HJ-NP-Z0-9]{4}[挂学警港澳领]`,
  `${province}[A-Z]?[XS]?\\d{3,4}应急`,
  "\\d{6}使|使\\d{6}",
  `WJ${province}?\\d{4}[0-9A-Z]`,
  "WJ\\d{6}[0-9A-Z]",
  "[A-Z]{2}\\d{5}",
  "民航[A-Z0-9]\\d{4}",
].map((form) => new RegExp(`^(?:${form})$`))

const noPlate = /^(?:无牌车?|未上牌|没上牌|新车|待上牌|无车|没车)$/
const temporary = /临牌?|^临/
/** 杭州A12345, 电动123456; nothing that could be a home. */
const localForm =
  /^(?!.*[栋幢座楼号室门弄期区墅铺位])\p{Script=Han}{1,4}(?:[A-Z]{1,2}\d{4,6}|\d{5,7})[A-Z]?$/u
const fills = /[\s·•‧・.\-_:]/g
const separators = /[/\\、,;|&\n]+/

/** Canonical: capitals without separators, e.g. `京AD12345`; several are joined with "/". */
export function parsePlate(raw: string): Parsed {
  const text = normalise(raw).toUpperCase()
  const aside = noPlate.test(text) ? empty : setAside(text)
  if (aside !== undefined) return aside
  const parts = text
    .split(separators)
    .flatMap(splitBlank)
    .filter((part) => part !== "")
  const readings = [...new Set(parts)].map(parseOne)
  const fault = readings.find((one) => one.kind === "invalid")
  if (fault) return fault
  const plates = readings.flatMap((one) => ("value" in one ? [one.value] : []))
  const doubt = readings.find((one) => one.kind === "doubtful")
  if (plates.length > 1) return doubtful(plates.join("/"), "plate.two_plates")
  return doubt ?? readings[0] ?? empty
}

/** The single plates of a canonical value. */
export function platesOf(value: string): readonly string[] {
  return value.split("/").filter((one) => one !== "")
}

/** 京A1***5, 京AD****5; undefined for local and temporary plates. */
export function maskPlate(value: string): string | undefined {
  const plates = value
    .toUpperCase()
    .split("/")
    .map((one) => one.replace(fills, ""))
  if (!plates.every(isPlate)) return undefined
  return plates.map((one) => one.slice(0, 3) + "*".repeat(one.length - 4) + one.slice(-1)).join("/")
}

function parseOne(part: string): Parsed {
  const plate = part.replace(fills, "")
  if (isPlate(plate)) return taken(plate)
  const digits = plate.slice(0, 2) + plate.slice(2).replace(/O/g, "0").replace(/I/g, "1")
  if (isPlate(digits)) return doubtful(digits, "plate.letter_for_digit")
  const doubt = oddKind(plate)
  return doubt === undefined ? invalid("plate.format") : doubtful(plate, doubt)
}

/** Plates of electric bicycles follow local rules, temporary ones expire: neither can be checked here. */
function oddKind(plate: string): Doubt | undefined {
  if (temporary.test(plate) && /\d{3}/.test(plate) && plate.length <= 14) return "plate.temporary"
  return localForm.test(plate) ? "plate.local_format" : undefined
}

function isPlate(text: string): boolean {
  return forms.some((form) => form.test(text))
}

/** A blank may separate two plates, or the groups of one. */
function splitBlank(part: string): readonly string[] {
  const words = part.trim().split(/\s+/)
  return words.length > 1 && words.every((word) => word.replace(fills, "").length >= 6)
    ? words
    : [part.trim()]
}
