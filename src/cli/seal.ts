/** `hudun seal` and `hudun unseal`. A share is read from the terminal or a pipe, never from the arguments. */

import { createInterface } from "node:readline/promises"
import { giveShare, openSeal, readSeal, type SealView, sealServer } from "../duty/keys/contract.ts"
import { askServer } from "./local-server.ts"

export async function sealCommand(): Promise<number> {
  return say(await askServer(sealServer, { body: {} }), true)
}

export async function unsealCommand(): Promise<number> {
  let state = await askServer(readSeal, {})
  if (state.sealed && state.reason === "by_hand") state = await askServer(openSeal, { body: {} })
  if (state.sealed && state.shares !== null) state = await giveShares(state)
  return say(state, false)
}

async function giveShares(before: SealView): Promise<SealView> {
  let state = before
  const lines = createInterface({ input: process.stdin, output: process.stderr, terminal: false })
  process.stderr.write("share: ")
  for await (const line of lines) {
    if (line.trim() === "") continue
    state = await askServer(giveShare, { body: { share: line.trim() } })
    if (!state.sealed) break
    process.stderr.write(`${state.shares?.given ?? 0} of ${state.shares?.need ?? "?"}; next share: `)
  }
  lines.close()
  return state
}

function say(state: SealView, isMeantSealed: boolean): number {
  process.stdout.write(state.sealed ? `sealed: ${state.sentence}\n` : "open\n")
  return state.sealed === isMeantSealed ? 0 : 1
}
