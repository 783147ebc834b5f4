/** Server-sent events read as a browser reads them, over the network. */

import { get, type IncomingMessage } from "node:http"
import { setTimeout as sleep } from "node:timers/promises"

export interface StreamEvent {
  readonly id: string
  readonly name: string
  readonly data: Record<string, unknown>
}

export interface Listening {
  readonly status: number
  readonly events: readonly StreamEvent[]
  /** Everything that came, heartbeats too. */
  text(): string
  /** Whether the server ended it. */
  isOver(): boolean
  /** Waits for so many events. */
  until(count: number): Promise<void>
  close(): void
}

export interface Listen {
  readonly address: string
  readonly path: string
  readonly cookie: string
  readonly lastEventId?: string
}

export async function listen({ address, path, cookie, lastEventId }: Listen): Promise<Listening> {
  const headers = {
    accept: "text/event-stream",
    cookie: `hudun_session=${cookie}`,
    ...(lastEventId === undefined ? {} : { "last-event-id": lastEventId }),
  }
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    get(`${address}${path}`, { headers }, resolve).once("error", reject)
  })
  let text = ""
  let over = false
  const events: StreamEvent[] = []
  answer.setEncoding("utf8").on("data", (piece: string) => {
    text += piece
    events.splice(0, events.length, ...eventsOf(text))
  })
  answer.once("close", () => (over = true)).on("error", () => (over = true))
  return {
    status: answer.statusCode ?? 0,
    events,
    text: () => text,
    isOver: () => over,
    async until(count) {
      for (let tries = 0; events.length < count; tries += 1) {
        if (tries === 100) throw new Error(`${events.length} of ${count} events after 5 s`)
        await sleep(50)
      }
    },
    close: () => void answer.destroy(),
  }
}

function eventsOf(text: string): StreamEvent[] {
  return text.split("\n\n").flatMap((block) => {
    const line = (name: string) => new RegExp(`^${name}: (.*)$`, "m").exec(block)?.[1]
    const data = line("data")
    if (data === undefined || !text.includes(`${block}\n\n`)) return []
    const parsed: Record<string, unknown> = JSON.parse(data)
    return [{ id: line("id") ?? "", name: line("event") ?? "", data: parsed }]
  })
}
