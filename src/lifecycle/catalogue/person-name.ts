/** Names of persons: what is one, what stands in its place, how it is masked and addressed. */

import { characters, isBlank, isMasked, normalise } from "./normalise.ts"
import { isOrganisation } from "./organisation.ts"
import { type Doubt, doubtful, empty, invalid, type Parsed, taken } from "./parsed.ts"
import { hanSurname, isTibetan } from "./surname.ts"

const longest = 60
const han = /^\p{Script=Han}+$/u
const hanParts = /^\p{Script=Han}+(?:·\p{Script=Han}+)+$/u
const latin = /^\p{Script=Latin}[\p{Script=Latin}\p{M}'’., -]*$/u
const otherScript = /^[\p{L}\p{M}][\p{L}\p{M}'·. -]*$/u
const separators = /[/\\、;|&+\n]+|(?<=\p{Script=Han}),(?=\p{Script=Han})/u
const note = /[([【<].*?[)\]】>]/g

const honorific =
  /(?:先生|女士|小姐|太太|夫人|老师|师傅|阿姨|叔叔|大爷|大妈|大姐|大哥|老板|总|姐|哥|叔|姨|工)$/
const addressed =
  /^(?:\p{Script=Han}{1,2})(?:先生|女士|小姐|太太|夫人|老师|师傅|阿姨|叔叔|大爷|大妈|大姐|大哥|老板)$/u

const junk: ReadonlySet<string> = new Set(
  (
    "无 未知 不详 不知道 空 空置 空房 空关 业主 户主 住户 租户 租客 房东 客户 家属 家人 本人 先生 女士 小姐 太太 老板 阿姨 叔叔 老人 小孩 " +
    "测试 待定 待补 待补充 暂无 没有 未填 未登记 未售 未售出 未入住 未交房 未收房 待售 自留 开发商 物业 物业公司 样板房 样板间 保安 同上 同前 " +
    "某某 匿名 TEST NULL NONE N/A NA"
  ).split(" "),
)

/** Canonical: no blanks in Han names, `·` between the parts of a transliterated one; several persons are joined with "/". */
export function parseName(raw: string): Parsed {
  const text = tidy(raw)
  if (/^[-/\\.,_~、。\s]*$/.test(text)) return empty
  if (characters(text).length > longest) return invalid("value.too_long")
  if (isJunk(text)) return doubtful(text, "name.junk")
  if (isOrganisation(text)) return taken(text)
  if (isMasked(text) || /^\p{Script=Han}(?:某{1,2}|\*)$/u.test(text)) return doubtful(text, "name.masked")
  const persons = personsOf(text)
  if (persons.length === 0) return invalid("name.unreadable")
  if (persons.length > 1) return doubtful(persons.join("/"), "name.several_persons")
  return parseOne(text)
}

/** The single persons of a canonical value, without notes. */
export function personsOf(value: string): readonly string[] {
  return value
    .split(separators)
    .flatMap(splitJoined)
    .map((part) => part.replace(note, "").trim())
    .filter((part) => part !== "")
}

/** 张*, 张**, 欧阳**, 阿**·**, J*** S****; undefined for what is no name. Organisations are not personal. */
export function maskName(value: string): string | undefined {
  const text = tidy(value)
  if (isOrganisation(text)) return text
  if (text === "" || isMasked(text)) return undefined
  const masks = personsOf(text).map(maskOne)
  return masks.length === 0 || masks.includes(undefined) ? undefined : masks.join("/")
}

/** What one would sort by and say: 欧阳, 张, 阿, the last word of a Latin name. */
export function surnameOf(name: string): string {
  const text = tidy(name)
  if (han.test(text)) return hanSurname(text.replace(honorific, "") || text)
  if (text.includes("·") || !latin.test(text)) return characters(text)[0] ?? ""
  return text.split(/[\s,]+/).at(-1) ?? ""
}

/** 张先生, 张女士; the surname and both when the sex is not known. What a repairer may be told. Clause 4.6. */
export function formOfAddress(name: string, sex?: "男" | "女"): string {
  const words = { 男: "先生", 女: "女士" }
  return surnameOf(name) + (sex === undefined ? "先生/女士" : words[sex])
}

function tidy(raw: string): string {
  const text = normalise(raw)
    .replace(/(?<=\p{Script=Han})\s*[•‧・.●∙⋅]\s*(?=\p{Script=Han})/gu, "·")
    .replace(/\s*·\s*/g, "·")
    .replace(/^[,.、·\s]+|[,、·\s]+$/g, "")
  return joinsPadding(text) ? text.replace(/\s/g, "") : text
}

/** 张 三 and 欧阳 修: blanks that only widen a name. Two full names with a blank between them stay apart. */
function joinsPadding(text: string): boolean {
  const words = text.split(" ")
  return (
    words.length > 1 &&
    words.every((word) => han.test(word)) &&
    words.some((word) => characters(word).length === 1)
  )
}

function isJunk(text: string): boolean {
  return (
    junk.has(text.toUpperCase()) || isBlank(text) || /^[\d\s+-]+$/.test(text) || /^([A-Za-z])\1*$/.test(text)
  )
}

function parseOne(text: string): Parsed {
  const doubt = doubtOf(text)
  return doubt === undefined ? taken(text) : doubtful(text, doubt)
}

function doubtOf(text: string): Doubt | undefined {
  if (/[?\ufffd□■]/.test(text)) return "name.lost_character"
  if (/[([【<]/.test(text)) return noteDoubt(text)
  if (characters(text).length === 1) return "name.too_short"
  if (addressed.test(text)) return "name.title_only"
  if (han.test(text)) return characters(text).length > 8 ? "name.odd_characters" : undefined
  return hanParts.test(text) || latin.test(text) || isOtherScript(text) ? undefined : "name.odd_characters"
}

/** 张三(妻) speaks of a second person; 张三(已售) only of something else. */
function noteDoubt(text: string): Doubt {
  const inside = (text.match(note) ?? []).join("").slice(1)
  return /妻|夫|父|母|子|女|爱人|老公|老婆|爸|妈|儿|兄|弟|姐|妹|租|代|\p{Script=Han}{2,}.*\d{7}/u.test(inside)
    ? "name.several_persons"
    : "name.note"
}

/** One script other than Han and Latin throughout, e.g. Hangul or Cyrillic. */
function isOtherScript(text: string): boolean {
  return otherScript.test(text) && !/[\p{Script=Han}\p{Script=Latin}]/u.test(text)
}

/** 张三丰和李四; two Han names of two characters and more with a blank between them. */
function splitJoined(part: string): readonly string[] {
  const pair = /^(\p{Script=Han}{2,4})(?:和|与|及|跟)(\p{Script=Han}{2,4})$/u.exec(part.trim())
  if (pair) return [pair[1] ?? "", pair[2] ?? ""]
  const words = part.trim().split(" ")
  return words.length > 1 && words.every((word) => han.test(word)) ? words : [part]
}

function maskOne(name: string): string | undefined {
  if (han.test(name)) return maskHan(name)
  if (hanParts.test(name)) return maskParts(name)
  return latin.test(name) ? maskLatin(name) : undefined
}

/** Two stars at most: a rare length would tell. */
function maskHan(name: string): string {
  const length = characters(name).length
  if (length === 1) return "*"
  if (isTibetan(name)) return `${characters(name)[0] ?? ""}***`
  const surname = hanSurname(name)
  return surname + "*".repeat(Math.min(length - characters(surname).length, 2))
}

function maskParts(name: string): string {
  const parts = name.split("·")
  return `${characters(name)[0] ?? ""}**${"·**".repeat(parts.length - 1)}`
}

function maskLatin(name: string): string {
  const words = name.split(/[\s,]+/).filter((word) => word !== "")
  return words.map(maskWord).join(" ")
}

function maskWord(word: string): string {
  const letters = characters(word)
  return letters.length < 3 ? "*" : (letters[0] ?? "") + "*".repeat(Math.min(letters.length - 1, 4))
}
