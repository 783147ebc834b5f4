/** Plates, ids, keys, illnesses and names among the words of a text. Clause 2.9. */

import type { Finding, FindingKind } from "./finding.ts"
import {
  afterName,
  chatId,
  health,
  keyPlace,
  nameAfter,
  nameBefore,
  notHealth,
  notName,
  strongIntroduction,
} from "./word-rules.ts"

const plate =
  /([京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼])[\s·•.\-_]{0,2}([A-HJ-Za-hj-z])[\s·•.\-_]{0,2}((?:[A-HJ-Za-hj-z0-9〇零一二三四五六七八九幺oO][\s·•.\-_]{0,2}){4,5}[A-HJ-Za-hj-z0-9〇零一二三四五六七八九幺oO挂学警港澳])(?![A-Za-z0-9])/g
const chineseDigits = "零一二三四五六七八九"

export function findWords(flat: string): Finding[] {
  return [
    ...findPlates(flat),
    ...findIds(flat),
    ...findAll(flat, keyPlace, "door_code"),
    ...findHealth(flat),
    ...findNames(flat),
  ]
}

function findPlates(flat: string): Finding[] {
  return Array.from(
    flat.matchAll(plate),
    ({ index, 0: whole, 1: province = "", 2: letter = "", 3: rest = "" }) => ({
      kind: "plate" as const,
      start: index,
      end: index + whole.length,
      value: province + letter.toUpperCase() + plateTail(rest),
      confidence: "sure" as const,
    }),
  ).filter(({ value }) => /\d/.test(value.slice(2)) && /^.{7,8}$/.test(value))
}

function plateTail(rest: string): string {
  return rest
    .replace(/[\s·•.\-_]/g, "")
    .toUpperCase()
    .replace(/[零一二三四五六七八九]/g, (sign) => String(chineseDigits.indexOf(sign)))
    .replace(/[〇O]/g, "0")
    .replace(/幺/g, "1")
}

function findIds(flat: string): Finding[] {
  return Array.from(flat.matchAll(chatId), ({ index, 0: whole, 1: id = "" }) => {
    const start = index + whole.length - id.length
    const kept = idOf(id)
    return {
      kind: "chat_id" as const,
      start,
      end: start + kept.length,
      value: kept.replace(/\s/g, ""),
      confidence: "likely" as const,
    }
  }).filter(({ value }) => /^[a-zA-Z][-_a-zA-Z0-9]{5,19}$/.test(value))
}

/** Up to the first blank, unless it is written with a blank after every letter or two. */
function idOf(id: string): string {
  const [first = ""] = id.split(/\s/)
  return first.length > 5 ? first : id.trimEnd()
}

function findHealth(flat: string): Finding[] {
  const clean = flat.replace(notHealth, (word) => "\u0001".repeat(word.length))
  return findAll(clean, health, "health")
}

function findAll(text: string, words: RegExp, kind: FindingKind): Finding[] {
  return Array.from(text.matchAll(words), ({ index, 0: whole }) => ({
    kind,
    start: index,
    end: index + whole.length,
    value: null,
    confidence: "likely" as const,
  }))
}

function findNames(flat: string): Finding[] {
  const after = Array.from(flat.matchAll(nameAfter), ({ index, 0: whole, 1: name = "" }) =>
    nameAt(flat, {
      start: index + whole.length - name.length,
      name,
      isStrong: strongIntroduction.test(whole),
    }),
  )
  const before = Array.from(flat.matchAll(nameBefore), ({ index, 1: name = "" }) =>
    nameAt(flat, { start: index, name, isStrong: true }),
  )
  return [...after, ...before].filter((one) => one !== undefined)
}

/** The name itself: a third character that belongs to the sentence is given back; a weak introduction wants a clear end. */
function nameAt(
  flat: string,
  { start, name, isStrong }: { start: number; name: string; isStrong: boolean },
): Finding | undefined {
  const letters = name.replace(/[ ·•.]/g, "")
  if (notName.test(letters)) return undefined
  const isShorter =
    letters.length === 3 && afterName.test(flat.slice(start + name.length - 1, start + name.length + 1))
  const end = start + (isShorter ? name.length - 1 : name.length)
  if (
    !isStrong &&
    !/^(?:$|[\s\p{P}]|的|先生|女士|小姐|电话|手机|住|家|来|就|吧|即可|联系|谈|负责)/u.test(
      flat.slice(end, end + 2),
    )
  )
    return undefined
  return { kind: "name", start, end, value: null, confidence: "likely" }
}
