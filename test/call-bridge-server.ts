/** A private-number service as Alibaba Cloud documents it: checks the signature by its own reading, binds, takes back. For tests. */

import { createHmac } from "node:crypto"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"

export interface CallBridgeServer {
  readonly url: string
  readonly keyId: string
  readonly secret: string
  /** What it does next. */
  mood: "well" | "full" | "away"
  /** Bindings by SubsId. */
  readonly bindings: Map<string, { a: string; b: string; expires: string }>
  /** Addresses that were asked for: nothing personal may stand in them. */
  readonly addresses: string[]
  stop(): Promise<void>
}

export async function startCallBridge(): Promise<CallBridgeServer> {
  const bindings: CallBridgeServer["bindings"] = new Map()
  const addresses: string[] = []
  const server = createServer((request, response) => {
    addresses.push(request.url ?? "")
    const parts: Buffer[] = []
    request.on("data", (part: Buffer) => void parts.push(part))
    request.on("end", () => {
      if (bridge.mood === "away") return void request.socket.destroy()
      const body = answer(bridge, new URLSearchParams(Buffer.concat(parts).toString("utf8")))
      response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(body))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const { port } = addressOf(server.address())
  const bridge: CallBridgeServer = {
    url: `http://127.0.0.1:${port}/`,
    keyId: "TESTKEYID",
    secret: "testsecret",
    mood: "well",
    bindings,
    addresses,
    async stop() {
      await new Promise((resolve) => server.close(resolve))
    },
  }
  return bridge
}

function addressOf(address: AddressInfo | string | null): AddressInfo {
  if (address === null || typeof address === "string") throw new Error("no port")
  return address
}

function answer(bridge: CallBridgeServer, asked: URLSearchParams): object {
  const signature = asked.get("Signature")
  asked.delete("Signature")
  if (asked.get("AccessKeyId") !== bridge.keyId)
    return { Code: "InvalidAccessKeyId.NotFound", Message: "no such key" }
  if (signature !== sign(asked, bridge.secret)) return { Code: "SignatureDoesNotMatch", Message: "signature" }
  if (asked.get("PoolKey") !== "FC100") return { Code: "isv.POOL_NOT_EXIST", Message: "pool" }
  if (bridge.mood === "full") return { Code: "isv.NO_AVAILABLE_NUMBER", Message: "no number left" }
  return asked.get("Action") === "BindAxb" ? bind(bridge, asked) : unbind(bridge, asked)
}

function bind({ bindings }: CallBridgeServer, asked: URLSearchParams): object {
  const id = String(1000 + bindings.size)
  const of = (name: string) => asked.get(name) ?? ""
  bindings.set(id, { a: of("PhoneNoA"), b: of("PhoneNoB"), expires: of("Expiration") })
  return { RequestId: "r", Code: "OK", Message: "OK", SecretBindDTO: { SubsId: id, SecretNo: "17000000001" } }
}

function unbind({ bindings }: CallBridgeServer, asked: URLSearchParams): object {
  const isThere = bindings.delete(asked.get("SubsId") ?? "")
  return { RequestId: "r", Code: isThere ? "OK" : "isv.SUBSCRIPTION_NOT_EXIST", Message: "" }
}

/** The form encoding of the parameters, brought to RFC 3986 by the three replacements that the documentation names. */
function sign(asked: URLSearchParams, secret: string): string {
  const pop = (text: string) => text.replaceAll("+", "%20").replaceAll("*", "%2A").replaceAll("%7E", "~")
  const sorted = new URLSearchParams(asked)
  sorted.sort()
  const canonical = pop(sorted.toString())
  const encoded = pop(new URLSearchParams({ x: canonical }).toString().slice(2))
  return createHmac("sha1", `${secret}&`).update(`POST&%2F&${encoded}`).digest("base64")
}
