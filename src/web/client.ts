/** The console's only way to the server: an endpoint value in, its parsed reply out. Nothing else calls `fetch`. */

import { z } from "zod"
import type { Endpoint, Method } from "../base/endpoint.ts"
import type { RefusalFacts } from "../base/refusal.ts"

/** One part of a request: may be left out where its schema asks for nothing. */
type Part<Name extends string, Schema extends z.ZodType> =
  Record<string, never> extends z.input<Schema>
    ? { readonly [K in Name]?: z.input<Schema> }
    : { readonly [K in Name]: z.input<Schema> }

/** What a request needs besides the endpoint: the parts its contract names, in their input form. */
export type Input<Params extends z.ZodType, Query extends z.ZodType, Body extends z.ZodType> = Part<
  "params",
  Params
> &
  Part<"query", Query> &
  Part<"body", Body>

interface LooseInput {
  readonly params?: unknown
  readonly query?: unknown
  readonly body?: unknown
}

/** The server answered with a problem (RFC 9457), or could not be reached. Codes `web.*` are the console's own. */
export class Refused extends Error {
  readonly code: string
  readonly facts: RefusalFacts
  /** HTTP status; 0 when there was no answer. */
  readonly status: number
  /** In the language of the request; empty for `web.*` codes, whose sentences are in the locales. */
  readonly sentence: string

  constructor(problem: { code: string; facts: RefusalFacts; status: number; sentence: string }) {
    super(problem.code)
    this.name = "Refused"
    this.code = problem.code
    this.facts = problem.facts
    this.status = problem.status
    this.sentence = problem.sentence
  }
}

/** Fires `ended` when the server no longer knows the session; the shell then leads to the sign-in page. */
export const session = new EventTarget()

/**
 * Sends one request with the same-origin session cookie and parses the reply by its contract.
 * @throws Refused for every answer that is not the reply of the contract.
 */
export async function call<
  Params extends z.ZodType,
  Query extends z.ZodType,
  Body extends z.ZodType,
  Reply extends z.ZodType,
>(
  endpoint: Endpoint<Params, Query, Body, Reply>,
  input: Input<Params, Query, Body>,
  signal?: AbortSignal,
): Promise<z.output<Reply>> {
  const loose: LooseInput = input
  const body = endpoint.body === undefined ? undefined : JSON.stringify(loose.body ?? {})
  const answer = await send(endpoint.method, address(endpoint.path, loose), {
    ...(body === undefined ? {} : { body, headers: { "content-type": "application/json" } }),
    ...(signal === undefined ? {} : { signal }),
  })
  return readReply(endpoint.reply, answer)
}

/** A file on its way. */
export interface Sending {
  readonly file: File
  /** Told the share that has left, 0 to 1. */
  readonly onProgress?: (share: number) => void
}

/**
 * Sends one file as multipart part `file`.
 * @throws Refused as `call` does.
 */
export async function upload<Params extends z.ZodType, Reply extends z.ZodType>(
  endpoint: Endpoint<Params, z.ZodType, z.ZodType, Reply>,
  input: Part<"params", Params>,
  sending: Sending,
): Promise<z.output<Reply>> {
  const answer = await sendFile(endpoint.method, address(endpoint.path, input), sending)
  if (!answer.ok) throw await refused(answer)
  return readReply(endpoint.reply, answer)
}

/**
 * A file in answer to a command, with the name that the server gives it.
 * @throws Refused as `call` does.
 */
export async function fetchFile<Params extends z.ZodType, Body extends z.ZodType>(
  endpoint: Endpoint<Params, z.ZodType, Body>,
  input: Part<"params", Params> & Part<"body", Body>,
): Promise<{ readonly blob: Blob; readonly name: string }> {
  const loose: LooseInput = input
  const answer = await send(endpoint.method, address(endpoint.path, loose), {
    body: JSON.stringify(loose.body ?? {}),
    headers: { "content-type": "application/json" },
  })
  const name = /filename="([^"]+)"/.exec(answer.headers.get("content-disposition") ?? "")?.[1]
  return { blob: await answer.blob(), name: name ?? "copy" }
}

/** The address of a download, for an `href`. */
export function href<Params extends z.ZodType, Query extends z.ZodType>(
  endpoint: Endpoint<Params, Query>,
  input: Part<"params", Params> & Part<"query", Query>,
): string {
  return address(endpoint.path, input)
}

/** What react-query needs to read an endpoint. The key starts with the endpoint's path, so `[endpoint.path]` invalidates it. */
export function ask<Params extends z.ZodType, Query extends z.ZodType, Reply extends z.ZodType>(
  endpoint: Endpoint<Params, Query, z.ZodType, Reply>,
  input: Part<"params", Params> & Part<"query", Query>,
) {
  const loose: LooseInput = input
  const queryKey: readonly unknown[] = [endpoint.path, loose.params ?? null, loose.query ?? null]
  return {
    queryKey,
    queryFn: async ({ signal }: { signal: AbortSignal }): Promise<z.output<Reply>> => {
      const answer = await send(endpoint.method, address(endpoint.path, loose), { signal })
      return readReply(endpoint.reply, answer)
    },
  }
}

export interface Hearing {
  /** Name of the events that are heard. */
  readonly name: string
  readonly onEvent: () => void
  /** Told when the line opens or breaks; the browser opens a broken one again, behind the last event. */
  readonly onState: (isOpen: boolean) => void
}

/** Hears server-sent events while the page is looked at: a hidden tab holds no line. Returns what ends it. */
export function listen<Params extends z.ZodType>(
  endpoint: Endpoint<Params>,
  input: Part<"params", Params>,
  { name, onEvent, onState }: Hearing,
): () => void {
  let source: EventSource | undefined
  const close = () => {
    source?.close()
    source = undefined
    onState(false)
  }
  const follow = () => {
    if (document.hidden) return close()
    if (source !== undefined) return
    source = new EventSource(address(endpoint.path, input))
    source.addEventListener(name, onEvent)
    source.addEventListener("open", () => {
      onState(true)
      onEvent()
    })
    source.addEventListener("error", () => onState(false))
  }
  document.addEventListener("visibilitychange", follow)
  follow()
  return () => {
    document.removeEventListener("visibilitychange", follow)
    close()
  }
}

function address(path: string, input: LooseInput): string {
  const params = texts(input.params)
  const filled = path.replace(/:(\w+)/g, (_whole, name: string) => {
    const value = params.get(name)
    if (value === undefined) throw new Error(`a path parameter is missing: ${name}`)
    return encodeURIComponent(value)
  })
  const query = new URLSearchParams([...texts(input.query)]).toString()
  return query === "" ? filled : `${filled}?${query}`
}

/** The parts of an address are texts, numbers or truth values; one left out is `undefined`. */
function texts(part: unknown): Map<string, string> {
  const found = new Map<string, string>()
  const pairs: [string, unknown][] = typeof part === "object" && part !== null ? Object.entries(part) : []
  for (const [name, value] of pairs) {
    if (typeof value === "string") found.set(name, value)
    else if (typeof value === "number" || typeof value === "boolean") found.set(name, `${value}`)
  }
  return found
}

/**
 * The bytes of a public file of a log, as the server has them now; undefined when there is none.
 * @throws Refused as `call` does.
 */
export async function readPublic(url: string): Promise<Uint8Array | undefined> {
  try {
    const answer = await send("GET", url, {})
    return new Uint8Array(await answer.arrayBuffer())
  } catch (error) {
    if (error instanceof Refused && error.status === 404) return undefined
    throw error
  }
}

async function send(method: Method, url: string, init: RequestInit): Promise<Response> {
  const headers = new Headers(init.headers)
  headers.set("accept", "application/json, application/problem+json")
  headers.set("accept-language", document.documentElement.lang)
  const answer = await fetch(url, {
    ...init,
    method,
    headers,
    credentials: "same-origin",
    cache: "no-store",
  }).catch((error: unknown) => {
    if (init.signal?.aborted === true) throw error
    throw new Refused({ code: "web.unreachable", facts: {}, status: 0, sentence: "" })
  })
  if (!answer.ok) throw await refused(answer)
  return answer
}

/** `fetch` does not tell how much of a body has left. */
function sendFile(method: Method, url: string, { file, onProgress }: Sending): Promise<Response> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open(method, url)
    request.setRequestHeader("accept", "application/json, application/problem+json")
    request.setRequestHeader("accept-language", document.documentElement.lang)
    request.upload.onprogress = ({ loaded, total }) => onProgress?.(total === 0 ? 0 : loaded / total)
    request.onload = () => resolve(new Response(request.responseText, { status: request.status }))
    request.onerror = () =>
      reject(new Refused({ code: "web.unreachable", facts: {}, status: 0, sentence: "" }))
    const form = new FormData()
    form.set("file", file)
    request.send(form)
  })
}

async function readReply<Reply extends z.ZodType>(reply: Reply, answer: Response): Promise<z.output<Reply>> {
  const parsed = reply.safeParse(await answer.json().catch(() => undefined))
  if (parsed.success) return parsed.data
  throw new Refused({ code: "web.unexpected", facts: {}, status: answer.status, sentence: "" })
}

const problem = z.object({
  /** Left out when the server broke: it then says no more than its title. */
  code: z.string().default("web.failed"),
  facts: z.record(z.string(), z.union([z.string(), z.number()])).default({}),
  title: z.string(),
})

async function refused(answer: Response): Promise<Refused> {
  const parsed = problem.safeParse(await answer.json().catch(() => undefined))
  if (!parsed.success) {
    return new Refused({ code: "web.unexpected", facts: {}, status: answer.status, sentence: "" })
  }
  const { code, facts, title } = parsed.data
  if (code === "session.none") session.dispatchEvent(new Event("ended"))
  return new Refused({ code, facts, status: answer.status, sentence: title })
}
