/** A trace: what was done to owners' data. No value, no name, no free text. Clauses 3.12, 4.1. */

/** What a route says about its act; the spine adds who, when and under which regime. */
export interface TraceDraft {
  /** `<slice>.<verb>`, e.g. `use.look`. */
  readonly act: string
  readonly clause: string
  readonly purpose?: string
  readonly useId?: string
  /** Pseudonyms (`subject_ref`) of the persons concerned, as decimal digits. */
  readonly subjects?: readonly string[]
  readonly fields?: readonly string[]
  readonly outcome?: "done" | "refused"
}

export interface Trace {
  readonly communityId: string
  readonly traceId: string
  /** Milliseconds since the epoch. */
  readonly at: number
  /** Staff id; null for the server itself. */
  readonly actor: string | null
  readonly post: string
  readonly act: string
  readonly clause: string
  readonly purpose: string | null
  readonly useId: string | null
  readonly subjects: readonly string[]
  readonly fields: readonly string[]
  readonly outcome: "done" | "refused"
  readonly regimeVersion: number
  readonly client: string
  /** 16 random bytes: blinds the leaf of the log. */
  readonly salt: Uint8Array
}

/** Who acts, wearing which post, from what kind of client. */
export interface Hand {
  readonly communityId: string
  readonly staffId: string | null
  readonly post: string
  readonly client: string
}

export interface Stamp {
  readonly traceId: string
  readonly at: number
  readonly regimeVersion: number
  readonly salt: Uint8Array
}

export function traceOf(hand: Hand, draft: TraceDraft, stamp: Stamp): Trace {
  return {
    ...stamp,
    communityId: hand.communityId,
    actor: hand.staffId,
    post: hand.post,
    client: hand.client,
    act: draft.act,
    clause: draft.clause,
    purpose: draft.purpose ?? null,
    useId: draft.useId ?? null,
    subjects: draft.subjects ?? [],
    fields: draft.fields ?? [],
    outcome: draft.outcome ?? "done",
  }
}
