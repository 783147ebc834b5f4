/** Numbers of people among the numbers of a text. Clause 2.9. */

import { isLuhn } from "../catalogue/check-digits.ts"
import { digitRuns, type Group } from "./digit-run.ts"
import type { Finding, FindingKind } from "./finding.ts"
import { bareCard, hints, numberRules, serviceNumber, units } from "./number-rules.ts"

/** How far before a number its word may stand. */
const hintReach = 14
/** 00 86 and eleven digits, or a card of nineteen. */
const longest = 19

export function findNumbers(flat: string): Finding[] {
  const personal = flat.replace(serviceNumber, (number) => "\u0001".repeat(number.length))
  return digitRuns(personal).flatMap((groups) => findInRun(flat, groups))
}

function findInRun(flat: string, groups: readonly Group[]): Finding[] {
  const whole = groups.map((group) => judge(flat, group))
  const found: Finding[] = []
  for (let first = 0; first < groups.length; first += 1) {
    const alone = whole[first]
    const joined =
      alone === undefined || alone.kind === "door_code" ? join(flat, groups, { first, whole }) : undefined
    if (joined !== undefined) {
      found.push(joined.finding)
      first = joined.last
    } else if (alone !== undefined) found.push(alone)
  }
  return found
}

/** The groups from here on read as one number, as far as none of them is a number by itself. */
function join(
  flat: string,
  groups: readonly Group[],
  { first, whole }: { first: number; whole: readonly (Finding | undefined)[] },
): { finding: Finding; last: number } | undefined {
  const start = groups[first]
  if (start === undefined) return undefined
  const hint = hintBefore(flat, start.start)
  let digits = start.digits
  let best: { finding: Finding; last: number } | undefined
  for (let last = first + 1; last < groups.length; last += 1) {
    const group = groups[last]
    if (group === undefined || isNumberAlone(whole[last])) break
    digits += group.digits
    if (digits.length > longest) break
    const finding = judge(flat, { start: start.start, end: group.end, digits }, hint)
    if (finding !== undefined) best = { finding, last }
  }
  return best
}

function isNumberAlone(finding: Finding | undefined): boolean {
  return finding?.kind === "phone" || finding?.kind === "id_number" || finding?.kind === "bank_card"
}

function judge(flat: string, group: Group, hint = hintBefore(flat, group.start)): Finding | undefined {
  const { start } = group
  const { digits, end } = withCheckLetter(flat, group)
  const kind = kindOf(digits, hint)
  if (kind === undefined) return undefined
  if (isPartOfCode(flat, group, hint) || units.test(flat.slice(group.end, group.end + 6))) return undefined
  const value = kind.kind === "phone" ? digits.slice(-11) : digits
  return { ...kind, start, end, value }
}

type Hint = FindingKind | "other" | undefined

function kindOf(digits: string, hint: Hint): Pick<Finding, "kind" | "confidence"> | undefined {
  if (hint === undefined && digits.length < 10) return undefined
  if (hint === "other") return isIdentity(digits) ? { kind: "id_number", confidence: "sure" } : undefined
  const rule = numberRules.find((one) => isSaid(one.hint, hint) && one.form.test(digits))
  if (rule !== undefined) return { kind: rule.kind, confidence: rule.hint === undefined ? "sure" : "likely" }
  return bareCard.test(digits) && isLuhn(digits) ? { kind: "bank_card", confidence: "sure" } : undefined
}

function isSaid(wanted: readonly FindingKind[] | undefined, hint: Hint): boolean {
  return wanted === undefined || (hint !== undefined && hint !== "other" && wanted.includes(hint))
}

function isIdentity(digits: string): boolean {
  return digits.length === 18 && numberRules[0]?.form.test(digits) === true
}

/** The X of an identity number, which is no digit. */
function withCheckLetter(flat: string, { end, digits }: Group): { digits: string; end: number } {
  if (digits.length !== 17) return { digits, end }
  const letter = /^[\s\u200b-\u200d-]?[xX叉×](?![a-zA-Z])/.exec(flat.slice(end, end + 3))
  return letter === null ? { digits, end } : { digits: `${digits}X`, end: end + letter[0].length }
}

/** A letter or a dash to a letter touches it: a model, a plate or a code. */
function isPartOfCode(flat: string, { start, end }: Group, hint: Hint): boolean {
  if (hint === "chat_id" || hint === "phone") return false
  return (
    /[a-zA-Z][-_]?$/.test(flat.slice(Math.max(0, start - 2), start)) ||
    /^[-_]?[a-wyzA-WYZ]/.test(flat.slice(end, end + 2))
  )
}

function hintBefore(flat: string, start: number): Hint {
  const before = flat.slice(Math.max(0, start - hintReach), start)
  const stop = Math.max(...["。", "；", ";", "\n"].map((sign) => before.lastIndexOf(sign)))
  const near = before.slice(stop + 1)
  const clause = Math.max(near.lastIndexOf("，"), near.lastIndexOf(",")) + 1
  let nearest: { kind: FindingKind | "other"; at: number } | undefined
  for (const [kind, words] of hints) {
    for (const match of near.matchAll(words)) {
      const at = match.index + match[0].length
      if (at <= clause && kind !== "phone") continue
      if (nearest === undefined || at > nearest.at) nearest = { kind, at }
    }
  }
  return nearest?.kind
}
