/** Check characters: GB 11643 (ISO 7064 MOD 11-2), GB 32100 (mod 31), Luhn (ISO/IEC 7812-1 annex B). */

const citizenWeights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]

/** The 18th character of an identity number whose first 17 digits are given. GB 11643. */
export function citizenCheck(digits: string): string {
  return "10X98765432".charAt(weighted(digits, citizenWeights, "0123456789") % 11)
}

const creditAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
const creditWeights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]

/** The 18th character of a unified social credit code whose first 17 are given. GB 32100. */
export function creditCheck(code: string): string {
  return creditAlphabet.charAt((31 - (weighted(code, creditWeights, creditAlphabet) % 31)) % 31)
}

export function isLuhn(digits: string): boolean {
  const sum = Array.from(digits)
    .reverse()
    .reduce((total, digit, index) => total + luhnTerm(Number(digit), index), 0)
  return sum % 10 === 0
}

function luhnTerm(digit: number, index: number): number {
  const doubled = index % 2 === 1 ? digit * 2 : digit
  return doubled > 9 ? doubled - 9 : doubled
}

function weighted(text: string, weights: readonly number[], alphabet: string): number {
  return weights.reduce((sum, weight, index) => sum + weight * alphabet.indexOf(text.charAt(index)), 0)
}
