/** Passwords and codes that are read from a screen and typed once: no letter or digit that looks like another. */

/** No i, l, o, 0, 1: 31 signs, 4.95 bits each. */
const alphabet = "abcdefghjkmnpqrstuvwxyz23456789"
const signsAGroup = 4
/** The largest multiple of 31 in a byte: above it a sign would come more often than others. */
const fairBytes = 248

/** `k7mp-x3rt-9hqa`: 59 bits, for a log-in that locks after a few guesses. */
export function newFirstPassword(random: (bytes: number) => Uint8Array): string {
  return newReadableCode(3, random)
}

/** Groups of four signs with hyphens between: 19.8 bits a group. */
export function newReadableCode(groups: number, random: (bytes: number) => Uint8Array): string {
  const signs: string[] = []
  while (signs.length < groups * signsAGroup) {
    for (const byte of random(32)) if (byte < fairBytes) signs.push(alphabet[byte % alphabet.length] ?? "")
  }
  return Array.from({ length: groups }, (_, group) =>
    signs.slice(group * signsAGroup, (group + 1) * signsAGroup).join(""),
  ).join("-")
}
