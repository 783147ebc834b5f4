/** E-mail addresses, as far as a form should check them. RFC 5321 4.5.3.1 for the lengths. */

import { normalise } from "./normalise.ts"
import { invalid, type Parsed, taken } from "./parsed.ts"
import { setAside } from "./set-aside.ts"

const address =
  /^([A-Za-z0-9.!#$%&'+/=?^_`{|}~-]{1,64})@((?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63})$/
const longest = 254

/** Canonical: the domain in lower case; the local part stays, it may tell cases apart. */
export function parseEmail(raw: string): Parsed {
  const text = normalise(raw)
    .replace(/^mailto:/i, "")
    .replace(/\s/g, "")
  const aside = setAside(text)
  if (aside !== undefined) return aside
  const [, local, domain] = address.exec(text) ?? []
  if (local === undefined || domain === undefined || text.length > longest) return invalid("email.format")
  return taken(`${local}@${domain.toLowerCase()}`)
}

/** a***@example.com. The number before @qq.com is the QQ number itself, so nothing of it stays. */
export function maskEmail(value: string): string | undefined {
  const [, local, domain] = address.exec(value) ?? []
  if (local === undefined || domain === undefined || value.length > longest) return undefined
  if (/^\d+$/.test(local) && /^(?:vip\.)?(?:qq|foxmail)\.com$/i.test(domain)) return `***@${domain}`
  return local.length === 1 ? `*@${domain}` : `${local.charAt(0)}***@${domain}`
}
