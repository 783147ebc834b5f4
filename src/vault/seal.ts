/**
 * The seal: whether this process has its root key. Sealed, nothing that needs a key works and the reason is told; it opens by
 * itself when the provider comes back, and closes on every process within two seconds of the order. Clause 3.9.
 *
 * The order to seal is a row, so that it outlives a restart; NOTIFY only makes it quicker than the poll.
 */

import { Refusal } from "../base/refusal.ts"
import { sqlState } from "../platform/database.ts"
import type { KeyringStore } from "./keyring-sql.ts"
import { type Root, type RootProvider, RootUnavailable } from "./root.ts"
import type { SealReason } from "./seal-reason.ts"
import { Unopenable } from "./suite.ts"
import type { KeyPlace } from "./wrap.ts"

const pollMilliseconds = 1_000
const openMilliseconds = 10_000
/** Shorter than the pool waits for a connection: its giving up is no answer, and must not count as one. */
const answerMilliseconds = 4_000
/** So many answers in a row that do not come are no hiccup. */
const latestAnswers = 2
const firstRetry = 1_000
const longestRetry = 30_000
/** Reasons that end with an answer of the keyring. */
const keyringReasons: ReadonlySet<SealReason> = new Set(["by_hand", "keyring_unreachable", "keyring_refused"])

export type SealState =
  | { readonly sealed: false; readonly provider: string }
  | { readonly sealed: true; readonly provider: string; readonly reason: SealReason }

/** Whether it is ordered to be sealed, or why the keyring does not say. */
type Order = { readonly isSealed: boolean } | { readonly reason: SealReason; readonly isLate: boolean }

export interface SealOptions {
  readonly store: KeyringStore
  readonly provider: RootProvider
  /** Makes the keyring's tables ready; asked again until it succeeds. */
  readonly prepare: () => Promise<void>
  /** Proves that the root is the keyring's, making the first key of an empty one. Throws {@link RootUnavailable}, Unopenable. */
  readonly prove: (root: Root) => Promise<void>
  /** Called at every change: to forget keys, to write it down. */
  readonly onChange: (state: SealState) => void
}

export class Seal implements Root {
  readonly #options: SealOptions
  readonly #waiting: Array<() => void> = []
  #root: Root | undefined
  #reason: SealReason = "starting"
  #retry = firstRetry
  #nextTry = 0
  #opening: Promise<void> | undefined
  #preparing: Promise<void> | undefined
  #timer: NodeJS.Timeout | undefined
  #listening: Promise<() => Promise<void>> | undefined
  #tries = 0
  #late = 0
  #isClosed = false

  constructor(options: SealOptions) {
    this.#options = options
  }

  get name(): string {
    return this.#root?.name ?? this.#options.provider.kind
  }

  get state(): SealState {
    const provider = this.#options.provider.kind
    return this.#root === undefined
      ? { sealed: true, provider, reason: this.#reason }
      : { sealed: false, provider }
  }

  /** Tries once, then keeps watching: the order, and a keyring or provider that comes back. Never rejects. */
  async start(): Promise<void> {
    await this.look()
    this.#timer = setInterval(() => void this.look(), pollMilliseconds)
    this.#timer.unref()
  }

  /** Throws `server.sealed`. */
  assertOpen(): void {
    if (this.#root === undefined) throw new Refusal("server.sealed", { reason: this.#reason })
  }

  async wrap(place: KeyPlace, key: Parameters<Root["wrap"]>[1]): Promise<Buffer> {
    return this.#ask((root) => root.wrap(place, key))
  }

  async unwrap(what: Parameters<Root["unwrap"]>[0], wrapped: Uint8Array): ReturnType<Root["unwrap"]> {
    return this.#ask((root) => root.unwrap(what, wrapped))
  }

  /** Runs at once when open, else when it opens next. */
  whenOpen(work: () => void): void {
    if (this.#root === undefined) this.#waiting.push(work)
    else work()
  }

  /** Orders every process to drop its keys; this one has when it returns. */
  async close(): Promise<void> {
    await this.#options.store.orderSeal(true)
    this.#shut("by_hand")
  }

  /** Takes the order back; each process opens as its provider lets it. */
  async open(): Promise<SealState> {
    const tries = this.#tries
    await this.#options.store.orderSeal(false)
    // A look that began before the order was taken back says nothing; one that began since may have tried already, and what it
    // tried, such as shares, is gone.
    await this.#opening
    if (this.#tries === tries) {
      this.#nextTry = 0
      await this.look()
    }
    return this.state
  }

  /** Obeys the order and, when sealed and due, tries the provider. */
  look(): Promise<void> {
    this.#opening ??= this.#look().finally(() => {
      this.#opening = undefined
    })
    return this.#opening
  }

  async stop(): Promise<void> {
    this.#isClosed = true
    clearInterval(this.#timer)
    const unlisten = await this.#listening?.catch(() => undefined)
    await unlisten?.()
    await this.#opening
    this.#root = undefined
  }

  async #look(): Promise<void> {
    if (this.#isClosed) return
    const order = await this.#order()
    if ("reason" in order) {
      // Without its keyring what is open stays open: the keys it holds serve until their minute is over, and who needs another
      // is told at once. Nobody is told by a keyring that takes questions and never answers: then it is better closed.
      this.#late = order.isLate ? this.#late + 1 : 0
      const isClosed = this.#root === undefined || this.#late >= latestAnswers
      return isClosed ? this.#shut(order.reason) : undefined
    }
    this.#late = 0
    this.#listen()
    if (order.isSealed) return this.#shut("by_hand")
    // What kept it sealed is over: no need to wait any longer.
    if (keyringReasons.has(this.#reason)) this.#nextTry = 0
    if (this.#root !== undefined || performance.now() < this.#nextTry) return
    await this.#try()
  }

  async #order(): Promise<Order> {
    try {
      this.#preparing ??= this.#options.prepare()
      await within(openMilliseconds, this.#preparing)
    } catch (error) {
      if (!isLate(error)) this.#preparing = undefined
      return noOrder(error)
    }
    try {
      return { isSealed: await within(answerMilliseconds, this.#options.store.isSealOrdered()) }
    } catch (error) {
      return noOrder(error)
    }
  }

  #listen(): void {
    const forget = () => {
      this.#listening = undefined
    }
    this.#listening ??= this.#options.store.onSealHint(() => void this.look(), forget)
    this.#listening.catch(forget)
  }

  async #try(): Promise<void> {
    this.#tries += 1
    try {
      const root = await within(openMilliseconds, this.#opened())
      this.#root = root
      this.#retry = firstRetry
      this.#options.onChange(this.state)
      for (const work of this.#waiting.splice(0)) work()
    } catch (error) {
      this.#shut(reasonOf(error))
    }
  }

  async #opened(): Promise<Root> {
    const root = await this.#options.provider.open(!(await this.#options.store.hasKeks()))
    await this.#options.prove(root)
    return root
  }

  async #ask<Result>(question: (root: Root) => Promise<Result>): Promise<Result> {
    this.assertOpen()
    const root = this.#root
    if (root === undefined) throw new Refusal("server.sealed")
    try {
      return await within(openMilliseconds, question(root))
    } catch (error) {
      if (!(error instanceof RootUnavailable)) throw error
      this.#shut(error.reason)
      throw new Refusal("server.sealed", { reason: error.reason })
    }
  }

  #shut(reason: SealReason): void {
    const isNews = this.#root !== undefined || this.#reason !== reason
    this.#root = undefined
    this.#reason = reason
    this.#nextTry = performance.now() + this.#retry
    this.#retry = Math.min(this.#retry * 2, longestRetry)
    if (isNews) this.#options.onChange(this.state)
  }
}

function reasonOf(error: unknown): SealReason {
  if (error instanceof RootUnavailable) return error.reason
  if (error instanceof Unopenable) return "root_wrong"
  return "keyring_unreachable"
}

/** The database answered and said no, or what lies there is not what this version knows; otherwise it is away. */
function reasonOfKeyring(error: unknown): SealReason {
  const state = sqlState(error)
  // Classes of PostgreSQL's errors: 57 it is starting or ending, 53 it has no room, 08 the connection broke.
  if (state !== undefined) return /^(57|53|08)/.test(state) ? "keyring_unreachable" : "keyring_refused"
  return error instanceof Error && error.message.startsWith("migration ")
    ? "keyring_refused"
    : "keyring_unreachable"
}

function noOrder(error: unknown): Order {
  return { reason: reasonOfKeyring(error), isLate: isLate(error) }
}

function isLate(error: unknown): boolean {
  return error instanceof RootUnavailable && error.reason === "provider_slow"
}

async function within<Result>(milliseconds: number, work: Promise<Result>): Promise<Result> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new RootUnavailable("provider_slow")), milliseconds)
  })
  // The loser of the race may still fail later, and nobody waits for it then.
  work.catch(() => undefined)
  return Promise.race([work, late]).finally(() => clearTimeout(timer))
}
