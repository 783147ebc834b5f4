/** A transit service over TLS as HashiCorp documents it: keys, encrypt, decrypt, tokens, associated data. For tests. */

import { execFileSync } from "node:child_process"
// oxlint-disable-next-line no-restricted-imports -- stands for somebody else's service
import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto"
import { mkdirSync, readFileSync } from "node:fs"
import { createServer, type Server } from "node:https"
import { join } from "node:path"

export interface TransitServer {
  readonly url: string
  readonly caFile: string
  readonly token: string
  /** What it does next: answer, answer late, refuse, or answer with an error of its own. */
  mood: "well" | "slow" | "forbidden" | "broken"
  /** Requests by verb. */
  readonly asked: Record<string, number>
  stop(): Promise<void>
  start(): Promise<void>
}

export async function startTransit(folder: string): Promise<TransitServer> {
  const certificate = makeCertificate(folder)
  const token = randomBytes(12).toString("hex")
  const key = randomBytes(32)
  const asked: Record<string, number> = {}
  let server: Server | undefined
  let port = 0
  const transit: TransitServer = {
    get url() {
      return `https://localhost:${port}`
    },
    caFile: certificate.certFile,
    token,
    mood: "well",
    asked,
    async start() {
      const made = createServer({ key: certificate.key, cert: certificate.cert }, (request, response) => {
        let text = ""
        request.on("data", (part: Buffer) => {
          text += part.toString("utf8")
        })
        request.on("end", () => {
          if (transit.mood === "slow") return
          const verb = (request.url ?? "").split("/")[3] ?? ""
          asked[verb] = (asked[verb] ?? 0) + 1
          const { status, body } = answer({
            transit,
            key,
            verb,
            text,
            told: request.headers["x-vault-token"],
          })
          response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body))
        })
      })
      await new Promise<void>((resolve) => made.listen(port, "localhost", resolve))
      const address = made.address()
      port = typeof address === "object" && address !== null ? address.port : 0
      server = made
    },
    async stop() {
      server?.closeAllConnections()
      await new Promise<void>((resolve) => (server ? server.close(() => resolve()) : resolve()))
    },
  }
  await transit.start()
  return transit
}

interface Asked {
  readonly transit: TransitServer
  readonly key: Buffer
  readonly verb: string
  readonly text: string
  readonly told: string | string[] | undefined
}

function answer({ transit, key, verb, text, told }: Asked): { status: number; body: object } {
  if (transit.mood === "broken") return { status: 503, body: { errors: ["Vault is sealed"] } }
  if (transit.mood === "forbidden" || told !== transit.token)
    return { status: 403, body: { errors: ["permission denied"] } }
  if (verb === "keys")
    return { status: 200, body: { data: { name: "hudun", type: "aes256-gcm96", latest_version: 1 } } }
  const asked: Record<string, string> = JSON.parse(text)
  const aad = Buffer.from(asked["associated_data"] ?? "", "base64")
  if (verb === "encrypt") {
    const nonce = randomBytes(12)
    const cipher = createCipheriv("aes-256-gcm", key, nonce)
    cipher.setAAD(aad)
    const sealed = Buffer.concat([
      cipher.update(Buffer.from(asked["plaintext"] ?? "", "base64")),
      cipher.final(),
    ])
    const whole = Buffer.concat([nonce, sealed, cipher.getAuthTag()])
    return { status: 200, body: { data: { ciphertext: `vault:v1:${whole.toString("base64")}` } } }
  }
  try {
    const whole = Buffer.from((asked["ciphertext"] ?? "").replace("vault:v1:", ""), "base64")
    const decipher = createDecipheriv("aes-256-gcm", key, whole.subarray(0, 12), { authTagLength: 16 })
    decipher.setAAD(aad)
    decipher.setAuthTag(whole.subarray(-16))
    const plain = Buffer.concat([decipher.update(whole.subarray(12, -16)), decipher.final()])
    return { status: 200, body: { data: { plaintext: plain.toString("base64") } } }
  } catch {
    return { status: 400, body: { errors: ["cipher: message authentication failed"] } }
  }
}

function makeCertificate(folder: string) {
  mkdirSync(folder, { recursive: true })
  const [keyFile, certFile] = [join(folder, "transit.key"), join(folder, "transit.pem")]
  const what = ["-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2"]
  const who = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
  execFileSync("openssl", ["req", ...what, ...who, "-keyout", keyFile, "-out", certFile], { stdio: "ignore" })
  return { certFile, key: readFileSync(keyFile), cert: readFileSync(certFile) }
}
