/** From the setting to the provider. Each opens anew whenever it is asked: a passphrase or token may have changed since. */

import { readFile } from "node:fs/promises"
import { type RootProvider, RootUnavailable } from "./root.ts"
import { openRootFile } from "./root-file.ts"
import type { RootSetting } from "./root-setting.ts"
import { openRootToken } from "./root-token.ts"
import { openTransit } from "./root-transit.ts"
import { ShareDesk } from "./share-desk.ts"

export interface Provided {
  readonly provider: RootProvider
  /** Where shares are handed in, when the root is held in shares. */
  readonly desk: ShareDesk | undefined
}

export function provideRoot(setting: RootSetting): Provided {
  if (setting.kind === "shares") {
    const desk = new ShareDesk()
    return { provider: desk, desk }
  }
  return { provider: { kind: setting.kind, open: (mayMake) => openRoot(setting, mayMake) }, desk: undefined }
}

async function openRoot(setting: Exclude<RootSetting, { kind: "shares" }>, mayMake: boolean) {
  if (setting.kind === "file")
    return openRootFile(setting.path, await secretOf(setting.passphraseFile, "passphrase_missing"), mayMake)
  if (setting.kind === "transit") {
    const token = await secretOf(setting.tokenFile, "provider_refused")
    const ca = setting.caFile === undefined ? undefined : await readFile(setting.caFile, "utf8")
    return openTransit(setting, { token: token ?? "", ca })
  }
  const pin = await secretOf(setting.pinFile, "provider_refused")
  return openRootToken(setting, { pin: pin ?? "", mayMake })
}

/** The one line of a file of secrets. Throws {@link RootUnavailable} when a file was named and is not there. */
export async function secretOf(
  path: string | undefined,
  otherwise: "passphrase_missing" | "provider_refused",
): Promise<string | undefined> {
  if (path === undefined) return undefined
  const text = await readFile(path, "utf8").catch(() => undefined)
  if (text === undefined) throw new RootUnavailable(otherwise)
  return text.replace(/\r?\n$/, "")
}
