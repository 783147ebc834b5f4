/**
 * SHA-256 of four leaves or nodes at once in WebAssembly: five times as fast as one by one. Not for the browser, where the
 * policy of this server's pages does not allow to compile.
 */

import { laneModule } from "./lane-code.ts"
import { oneByOne, type TreeHashing } from "./tree-hashing.ts"

/** From where, to where, how many groups of four, how many bytes from one message to the next. */
type Run = (...place: readonly number[]) => void

const hashBytes = 32
const nodeStride = 2 * hashBytes
/** Where messages begin in memory, and where hashes: both halves of its 64 KiB, with room for the byte before. */
const [source, target] = [16, 32_768]
const messagesAtOnce = 256
/** Fewer than this come as fast one by one, and a server with little to do never compiles. */
const few = 32

/** For public data only. Compiles when first used for more than a few. */
export class Lanes implements TreeHashing {
  #memory: Uint8Array | undefined
  #leaves: Run = unready
  #nodes: Run = unready

  leaves(entries: Uint8Array, stride: number): Uint8Array {
    const count = entries.length / stride
    if (count < few) return oneByOne.leaves(entries, stride)
    const memory = this.#compiled()
    return this.#each({ memory, run: this.#leaves, before: stride - hashBytes }, entries, stride)
  }

  nodes(hashes: Uint8Array): Uint8Array {
    if (hashes.length / nodeStride < few) return oneByOne.nodes(hashes)
    const memory = this.#compiled()
    return this.#each({ memory, run: this.#nodes, before: 0 }, hashes, nodeStride)
  }

  #each(by: { memory: Uint8Array; run: Run; before: number }, bytes: Uint8Array, stride: number): Uint8Array {
    const count = bytes.length / stride
    const made = new Uint8Array(count * hashBytes)
    for (let first = 0; first < count; first += messagesAtOnce) {
      const now = Math.min(messagesAtOnce, count - first)
      by.memory.set(bytes.subarray(first * stride, (first + now) * stride), source)
      // The module writes its own byte in place of the one before a message, which it reads.
      by.run(source + by.before - 1, target, Math.ceil(now / 4), stride)
      made.set(by.memory.subarray(target, target + now * hashBytes), first * hashBytes)
    }
    return made
  }

  #compiled(): Uint8Array {
    if (this.#memory !== undefined) return this.#memory
    const { memory, leaves, nodes } = new WebAssembly.Instance(new WebAssembly.Module(laneModule())).exports
    if (!(memory instanceof WebAssembly.Memory)) throw new Error("the lanes have no memory")
    this.#leaves = running(leaves)
    this.#nodes = running(nodes)
    this.#memory = new Uint8Array(memory.buffer)
    return this.#memory
  }
}

function running(made: unknown): Run {
  if (typeof made !== "function") throw new Error("the lanes cannot be run")
  return (...place) => void Reflect.apply(made, undefined, place)
}

function unready(): never {
  throw new Error("the lanes are not compiled")
}
