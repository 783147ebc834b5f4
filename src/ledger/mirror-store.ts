/**
 * The second place: files that only grow. One small interface, so that it may be a folder on another disk or host, or an
 * object store. Clause 3.11.
 */

export interface MirrorStore {
  /** Opens or begins a file. Rejects when the place is not there, or not the one that was used before. */
  open(file: string): Promise<MirrorFile>
}

export interface MirrorFile {
  /** In bytes; whole lines only. */
  readonly length: number
  read(from: number, to: number): Promise<Uint8Array>
  /** On stable storage when it resolves. When it rejects, the file must be opened anew. */
  append(bytes: Uint8Array): Promise<void>
  close(): Promise<void>
}

/** `unlocked`: an object store that lets what was written be changed. */
export type MirrorTrouble = "absent" | "other" | "full" | "slow" | "unlocked"

/** The place cannot be used, for a reason that a person can do something about. */
export class MirrorUnusable extends Error {
  readonly reason: MirrorTrouble

  constructor(reason: MirrorTrouble) {
    super(`mirror is ${reason}`)
    this.name = "MirrorUnusable"
    this.reason = reason
  }
}
