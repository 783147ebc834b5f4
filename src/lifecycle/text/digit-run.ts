/** Digits however they are written: full-width, circled, Chinese, letters in their place, with blanks and dashes between. Clause 2.9. */

const alike: readonly (readonly [digits: string, from: number])[] = [
  ["0123456789", 0],
  ["〇一二三四五六七八九", 0],
  ["零壹贰叁肆伍陆柒捌玖", 0],
  ["○弌贰叄肆伍陸柒捌玖", 0],
  ["①②③④⑤⑥⑦⑧⑨", 1],
  ["⑴⑵⑶⑷⑸⑹⑺⑻⑼", 1],
  ["⒈⒉⒊⒋⒌⒍⒎⒏⒐", 1],
  ["❶❷❸❹❺❻❼❽❾", 1],
  ["⓪", 0],
  ["幺", 1],
  ["吆", 1],
  ["两", 2],
  ["貳參", 2],
]
const digits = new Map(
  alike.flatMap(([row, from]) => Array.from(row, (sign, at) => [sign, String(from + at)] as const)),
)
/** Letters that stand for a digit, but only among digits. */
const letters = new Map([
  ["o", "0"],
  ["O", "0"],
  ["l", "1"],
  ["I", "1"],
  ["i", "1"],
  ["|", "1"],
])
const between = new Set(Array.from(" \t\r\n\u00a0-‐‑‒–—―_.·•・()杠横减\u200b\u200c\u200d\ufe0f\u20e3"))
/** More of these in a row are no longer inside one number. */
const longestGap = 3

export interface Group {
  readonly start: number
  readonly end: number
  readonly digits: string
}

/** The text with full-width signs made narrow; every sign keeps its place. */
export function flatten(text: string): string {
  return text.replace(/[\uff01-\uff5e\u3000]/g, (sign) =>
    sign === "\u3000" ? " " : String.fromCharCode(sign.charCodeAt(0) - 0xfee0),
  )
}

interface Sign {
  readonly at: number
  readonly digit: string
  readonly script: "plain" | "written"
}

/** The runs of digits in a flattened text, each as the groups it is written in. One pass. */
export function digitRuns(flat: string): Group[][] {
  const runs: Group[][] = []
  let run: Sign[] = []
  const end = () => {
    if (run.length >= 3) runs.push(groupsOf(run))
    run = []
  }
  for (let at = 0; at < flat.length; at += 1) {
    const sign = signAt(flat, at)
    if (sign === undefined) {
      const last = run.at(-1)
      if (last !== undefined && (!between.has(flat.charAt(at)) || at - last.at > longestGap)) end()
      continue
    }
    run.push(sign)
  }
  end()
  return runs
}

function signAt(flat: string, at: number): Sign | undefined {
  const sign = flat.charAt(at)
  const digit = digits.get(sign)
  if (digit !== undefined) return { at, digit, script: sign <= "9" ? "plain" : "written" }
  const letter = letters.get(sign)
  if (letter === undefined || !isAmongDigits(flat, at)) return undefined
  return { at, digit: letter, script: "plain" }
}

/** A row of at most six such letters that touches a digit on one side and no other letter on either. */
function isAmongDigits(flat: string, at: number): boolean {
  let left = at
  let right = at
  while (at - left < 6 && letters.has(flat.charAt(left - 1))) left -= 1
  while (right - at < 6 && letters.has(flat.charAt(right + 1))) right += 1
  const before = flat.charAt(left - 1)
  const after = flat.charAt(right + 1)
  if (/[a-zA-Z]/.test(before) || /[a-zA-Z]/.test(after)) return false
  return digits.has(before) || digits.has(after)
}

function groupsOf(run: readonly Sign[]): Group[] {
  const groups: { start: number; end: number; digits: string; script: string }[] = []
  for (const { at, digit, script } of run) {
    const last = groups.at(-1)
    if (last !== undefined && last.end === at && last.script === script) {
      last.end = at + 1
      last.digits += digit
    } else groups.push({ start: at, end: at + 1, digits: digit, script })
  }
  return groups
}
