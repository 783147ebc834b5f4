import { useEffect, useRef, useState } from "react"
import { cosignatureVerifier } from "../../ledger/cosignature.ts"
import { Broken, type Fault } from "../../ledger/log-walk.ts"
import { verifyLog } from "../../ledger/verify.ts"
import { liveCheckpoint, type PublicLogs, verifiersOf } from "./public-logs.ts"

interface Counted {
  readonly leaves: number
  /** 0 while it is not known. */
  readonly size: number
}

export type WholeLogState = Counted &
  (
    | { readonly phase: "idle" | "running" | "failed" }
    | {
        readonly phase: "good"
        readonly isKept: boolean
        /** Undefined when the server asks no witness. */
        readonly witnessed:
          | { readonly leaves: number; readonly quorum: number; readonly count: number }
          | undefined
      }
    | { readonly phase: "bad"; readonly fault: Fault; readonly index: number | undefined }
  )

const idle: WholeLogState = { phase: "idle", leaves: 0, size: 0 }

/** Verifies a log as `hudun ledger verify` does, with the files of the server. Ends with the page. */
export function useWholeLog(logs: PublicLogs) {
  const [state, setState] = useState<WholeLogState>(idle)
  const running = useRef(new AbortController())
  useEffect(() => () => running.current.abort(), [])

  /** `kept`: a checkpoint with which the log must begin. */
  const start = (origin: string, kept: string | undefined) => {
    running.current.abort()
    const own = new AbortController()
    running.current = own
    const tell = (next: WholeLogState) => {
      if (!own.signal.aborted) setState(next)
    }
    let counted: Counted = { leaves: 0, size: 0 }
    tell({ phase: "running", ...counted })
    const progress = (leaves: number, size: number) => {
      own.signal.throwIfAborted()
      counted = { leaves, size }
      tell({ phase: "running", ...counted })
    }
    verify(logs, { origin, kept, progress }).then(
      ({ size, witnessed }) =>
        tell({ phase: "good", leaves: size, size, isKept: kept !== undefined, witnessed }),
      (error: unknown) => tell(failed(error, counted)),
    )
  }
  return { state, start }
}

interface Wanted {
  readonly origin: string
  readonly kept: string | undefined
  readonly progress: (leaves: number, size: number) => void
}

async function verify(logs: PublicLogs, { origin, kept, progress }: Wanted) {
  const { ed25519 } = logs
  if (ed25519 === undefined) throw new Error("the browser has no Ed25519")
  const verifiers = verifiersOf(await logs.keys(), origin, ed25519)
  const { keys, quorum } = (await logs.witnesses()) ?? { keys: [], quorum: 0 }
  const witnesses = keys.map((key) => cosignatureVerifier(key, ed25519))
  // How long the log says it is, so that a first tile that is bad has its place among the others.
  const told = await liveCheckpoint(origin, logs).catch(() => undefined)
  if (told !== undefined) progress(0, told.checkpoint.size)
  const { checkpoint, witnessed } = await verifyLog({
    files: logs.files(origin),
    policy: { origin, verifiers, witnesses, quorum },
    kept: kept === undefined ? [] : [kept],
    progress,
  })
  const { size } = checkpoint
  return { size, witnessed: quorum === 0 ? undefined : { leaves: witnessed, quorum, count: keys.length } }
}

function failed(error: unknown, counted: Counted): WholeLogState {
  if (!(error instanceof Broken)) return { phase: "failed", ...counted }
  return { phase: "bad", fault: error.fault, index: error.index, ...counted }
}
