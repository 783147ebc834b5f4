import { account } from "./zh-CN/account.ts"
import { applications } from "./zh-CN/applications.ts"
import { authorities } from "./zh-CN/authorities.ts"
import { channels } from "./zh-CN/channels.ts"
import { consent } from "./zh-CN/consent.ts"
import { emergency } from "./zh-CN/emergency.ts"
import { entry } from "./zh-CN/entry.ts"
import { excess } from "./zh-CN/excess.ts"
import { exports } from "./zh-CN/exports.ts"
import { forms } from "./zh-CN/forms.ts"
import { health } from "./zh-CN/health.ts"
import { imports } from "./zh-CN/imports.ts"
import { keys } from "./zh-CN/keys.ts"
import { leaks } from "./zh-CN/leaks.ts"
import { mosaic } from "./zh-CN/mosaic.ts"
import { notice } from "./zh-CN/notice.ts"
import { orders } from "./zh-CN/orders.ts"
import { owners } from "./zh-CN/owners.ts"
import { parties } from "./zh-CN/parties.ts"
import { parts } from "./zh-CN/parts.ts"
import { people } from "./zh-CN/people.ts"
import { regime } from "./zh-CN/regime.ts"
import { regimeDesk } from "./zh-CN/regime-desk.ts"
import { regimeLimits } from "./zh-CN/regime-limits.ts"
import { shell } from "./zh-CN/shell.ts"
import { statistics } from "./zh-CN/statistics.ts"
import { stop } from "./zh-CN/stop.ts"
import { text } from "./zh-CN/text.ts"
import { texts } from "./zh-CN/texts.ts"
import { traces } from "./zh-CN/traces.ts"
import { uses } from "./zh-CN/uses.ts"
import { verify } from "./zh-CN/verify.ts"
import { visit } from "./zh-CN/visit.ts"
import { watch } from "./zh-CN/watch.ts"
import { words } from "./zh-CN/words.ts"

export const zhCN = {
  account,
  authorities,
  channels,
  applications,
  consent,
  emergency,
  entry,
  excess,
  exports,
  forms,
  health,
  imports,
  keys,
  leaks,
  mosaic,
  notice,
  orders,
  owners,
  parties,
  parts,
  people,
  regime,
  regimeDesk,
  regimeLimits,
  shell,
  statistics,
  stop,
  text,
  texts,
  traces,
  uses,
  verify,
  visit,
  watch,
  words,
}
