/** The server of this machine, asked with the secret that its keys folder holds. */

import type { z } from "zod"
import type { Endpoint, Method } from "../base/endpoint.ts"
import { readConfig } from "../config.ts"
import { localHeader, readLocalToken } from "../vault/local-token.ts"

/** Throws an error in plain words when there is no server, no right, or a refusal. */
export async function askServer<Reply extends z.ZodType>(
  { method, path, reply }: Endpoint<z.ZodType, z.ZodType, z.ZodType, Reply>,
  { body }: { body?: object },
): Promise<z.output<Reply>> {
  const answered = await reach(method, path, body)
  return reply.parse(await answered.json())
}

/** The bytes of an answer as they come. Throws as {@link askServer} does. */
export async function downloadFromServer(path: string): Promise<AsyncIterable<Uint8Array>> {
  const { body } = await reach("GET", path)
  if (body === null) throw new Error("the server answered nothing")
  return body
}

async function reach(method: Method, path: string, body?: object): Promise<Response> {
  const { data, host, port } = readConfig(process.env, process.cwd())
  const token = await readLocalToken(data).catch(() => {
    throw new Error(`no server has started on ${data}, or its keys folder is not yours to read`)
  })
  const url = `http://${host.includes(":") ? `[${host}]` : host}:${port}${path}`
  const reply = await fetch(url, {
    method,
    headers: { [localHeader]: token, "accept-language": "en", "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  }).catch(() => {
    throw new Error(`no server answers at ${url}: start it first`)
  })
  if (reply.ok) return reply
  const answer: unknown = await reply.json().catch(() => undefined)
  const { title } = { title: `status ${reply.status}`, ...(typeof answer === "object" ? answer : {}) }
  throw new Error(String(title))
}
