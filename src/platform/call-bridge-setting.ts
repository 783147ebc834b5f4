/** Where the call bridge is, as the environment tells it. Clause 4.6. */

export interface CallBridgeSetting {
  /** Address of the service, without parameters. */
  readonly url: string
  /** The pool of numbers to take from. */
  readonly pool: string
  /** Holds `<access key id>:<access key secret>`. */
  readonly secretFile: string
}

/** `aliyun+https://host/?pool=KEY`. Throws an error that repeats nothing of what it read. */
export function parseCallBridge(text: string, secretFile: string | undefined): CallBridgeSetting {
  const address = /^aliyun\+(https?:.+)$/.exec(text)?.[1] ?? ""
  const url = URL.canParse(address) ? new URL(address) : undefined
  const pool = url?.searchParams.get("pool") ?? ""
  if (url === undefined || pool === "" || url.username !== "")
    throw new Error("HUDUN_CALL_BRIDGE is aliyun+https://host/?pool=KEY")
  if (secretFile === undefined) throw new Error("HUDUN_CALL_BRIDGE_SECRET_FILE is needed for a call bridge")
  return { url: `${url.origin}${url.pathname}`, pool, secretFile }
}
