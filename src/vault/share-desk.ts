/** Where holders hand in their shares, each their own. In this process's memory only; forgotten once used, or when sealed. */

import type { KeyObject } from "node:crypto"
import { Refusal } from "../base/refusal.ts"
import { type Root, type RootProvider, RootUnavailable, rootOfKey } from "./root.ts"
import { joinShares, parseShare, type Share } from "./share.ts"

export interface SharesGiven {
  readonly given: number
  /** Undefined until the first share tells. */
  readonly need: number | undefined
}

export class ShareDesk implements RootProvider {
  readonly kind = "shares"
  readonly #shares = new Map<string, Share>()
  #key: KeyObject | undefined

  get state(): SharesGiven {
    const [first] = this.#shares.values()
    return { given: this.#shares.size, need: first?.need }
  }

  /**
   * Takes one holder's share. Returns true once there are enough.
   * Throws `seal.share_malformed`, `seal.share_foreign` for another set, `seal.share_twice` for a holder's second or a known one.
   */
  async give(holder: string, text: string): Promise<boolean> {
    const share = parseShare(text)
    if (share === undefined) throw new Refusal("seal.share_malformed")
    const others = [...this.#shares].filter(([by]) => by !== holder).map(([, one]) => one)
    if (others.some((one) => one.set !== share.set || one.need !== share.need))
      throw new Refusal("seal.share_foreign")
    if (this.#shares.has(holder) || others.some((one) => one.number === share.number))
      throw new Refusal("seal.share_twice")
    this.#shares.set(holder, share)
    if (this.#shares.size < share.need) return false
    try {
      this.#key = await joinShares([...this.#shares.values()])
    } finally {
      this.#forgetShares()
    }
    return true
  }

  /** The key is handed over once: the seal holds it from then on, or nobody. */
  async open(): Promise<Root> {
    const key = this.#key
    this.#key = undefined
    if (key === undefined) throw new RootUnavailable("shares_needed")
    return rootOfKey("shares", key)
  }

  forget(): void {
    this.#forgetShares()
    this.#key = undefined
  }

  #forgetShares(): void {
    for (const share of this.#shares.values()) share.bytes.fill(0)
    this.#shares.clear()
  }
}
