/** Hashes one behind the other in one block of memory that grows. */

import { hashBytes } from "./tile.ts"

export class HashRow {
  #bytes = new Uint8Array(64 * hashBytes)
  #count = 0

  get count(): number {
    return this.#count
  }

  push(hash: Uint8Array): void {
    const at = this.#count * hashBytes
    if (at === this.#bytes.length) {
      const wider = new Uint8Array(2 * at)
      wider.set(this.#bytes)
      this.#bytes = wider
    }
    this.#bytes.set(hash, at)
    this.#count += 1
  }

  slice(from: number, to: number): Uint8Array {
    return this.#bytes.slice(from * hashBytes, to * hashBytes)
  }
}
