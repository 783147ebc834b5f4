/** WeChat and QQ: an id, a number, or a phone that serves as one. An openid is opaque and never shown. */

import { normalise } from "./normalise.ts"
import { doubtful, invalid, type Parsed, taken } from "./parsed.ts"
import { maskPhone } from "./phone.ts"
import { setAside } from "./set-aside.ts"

const wechat = /^[A-Za-z][-_A-Za-z0-9]{5,19}$/
const qq = /^[1-9]\d{4,11}$/
const mobile = /^1[3-9]\d{9}$/
const openid = /^o[-_A-Za-z0-9]{27}$/
const samePhone = /^(?:微信)?(?:同手机号?码?|同电话|手机号?同号?|本机|同号)$/

export function parseChatId(raw: string): Parsed {
  const text = normalise(raw)
    .replace(/\s/g, "")
    .replace(/^(?:微信号?|wechat|wx|qq号?):/i, "")
  const aside = setAside(text)
  if (aside !== undefined) return aside
  if (samePhone.test(text)) return doubtful("同手机号", "value.same_as")
  const isKnown = [wechat, qq, openid].some((form) => form.test(text))
  return isKnown ? taken(text) : invalid("chat_id.format")
}

/** First and last character; a phone is masked as a phone, so that the two masks add nothing to each other. */
export function maskChatId(value: string): string | undefined {
  if (mobile.test(value)) return maskPhone(value)
  return wechat.test(value) || qq.test(value) ? `${value.charAt(0)}***${value.slice(-1)}` : undefined
}
