import { account } from "./en/account.ts"
import { applications } from "./en/applications.ts"
import { authorities } from "./en/authorities.ts"
import { channels } from "./en/channels.ts"
import { consent } from "./en/consent.ts"
import { emergency } from "./en/emergency.ts"
import { entry } from "./en/entry.ts"
import { excess } from "./en/excess.ts"
import { exports } from "./en/exports.ts"
import { forms } from "./en/forms.ts"
import { health } from "./en/health.ts"
import { imports } from "./en/imports.ts"
import { keys } from "./en/keys.ts"
import { leaks } from "./en/leaks.ts"
import { mosaic } from "./en/mosaic.ts"
import { notice } from "./en/notice.ts"
import { orders } from "./en/orders.ts"
import { owners } from "./en/owners.ts"
import { parties } from "./en/parties.ts"
import { parts } from "./en/parts.ts"
import { people } from "./en/people.ts"
import { regime } from "./en/regime.ts"
import { regimeDesk } from "./en/regime-desk.ts"
import { regimeLimits } from "./en/regime-limits.ts"
import { shell } from "./en/shell.ts"
import { statistics } from "./en/statistics.ts"
import { stop } from "./en/stop.ts"
import { text } from "./en/text.ts"
import { texts } from "./en/texts.ts"
import { traces } from "./en/traces.ts"
import { uses } from "./en/uses.ts"
import { verify } from "./en/verify.ts"
import { visit } from "./en/visit.ts"
import { watch } from "./en/watch.ts"
import { words } from "./en/words.ts"
import type { zhCN } from "./zh-CN.ts"

export const en: typeof zhCN = {
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
