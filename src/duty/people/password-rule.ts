/** Which passwords are taken: long ones that are neither common nor the log-in again. Clause 4.1. */

import { Refusal } from "../../base/refusal.ts"

/** Characters as people count them: code points. */
const shortestPassword = 10

const fewestDistinct = 4

/** Those of ten characters and more that lead every leaked list; shorter ones are refused by their length. */
const common = new Set([
  "0123456789",
  "1234567890",
  "12345678910",
  "123456789a",
  "9876543210",
  "0987654321",
  "1qaz2wsx3edc",
  "1q2w3e4r5t",
  "1q2w3e4r5t6y",
  "qazwsxedcrfv",
  "qwertyuiop",
  "qwerty12345",
  "asdfghjkl1",
  "zxcvbnm123",
  "abcdefghij",
  "abcd123456",
  "a123456789",
  "aa12345678",
  "admin12345",
  "admin123456",
  "administrator",
  "password12",
  "password123",
  "password1234",
  "passw0rd123",
  "woaini1314",
  "woaini520520",
  "woaini5201314",
  "5201314520",
  "iloveyou12",
  "wuye123456",
  "wuye12345678",
])

/** Throws `password.too_short`, `password.has_login` or `password.too_common`. */
export function refuseWeakPassword(password: string, login: string): void {
  const characters = Array.from(password)
  if (characters.length < shortestPassword)
    throw new Refusal("password.too_short", { limit: shortestPassword })
  const plain = password.toLowerCase()
  if (plain.includes(login.toLowerCase())) throw new Refusal("password.has_login")
  if (common.has(plain) || new Set(characters).size < fewestDistinct) throw new Refusal("password.too_common")
}
