/** A receiver of syslog over TCP, strict about octet counting, that can hang up on whoever sends. */

import { once } from "node:events"
import { createServer, type Server, type Socket } from "node:net"

export class SyslogReceiver {
  readonly messages: string[] = []
  /** After so many messages more the connection is reset with what is still unread; the next number counts from there. */
  readonly resets: number[] = []
  #sinceReset = 0
  /** Reads nothing at all. */
  isStuck = false
  readonly #server: Server
  readonly #sockets = new Set<Socket>()

  constructor() {
    this.#server = createServer((socket) => this.#receive(socket))
  }

  async listen(port = 0): Promise<number> {
    this.#server.listen(port, "127.0.0.1")
    await once(this.#server, "listening")
    const address = this.#server.address()
    return typeof address === "object" && address !== null ? address.port : 0
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.resetAndDestroy()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  #receive(socket: Socket): void {
    this.#sockets.add(socket)
    let held = Buffer.alloc(0)
    socket.on("error", () => undefined)
    socket.on("close", () => this.#sockets.delete(socket))
    if (this.isStuck) return void socket.pause()
    socket.on("data", (chunk: Buffer) => {
      held = this.#take(Buffer.concat([held, chunk]), socket)
    })
  }

  /** Returns what is not a whole message yet. */
  #take(bytes: Buffer<ArrayBuffer>, socket: Socket): Buffer<ArrayBuffer> {
    let rest = bytes
    for (let end = frameEnd(rest); end !== undefined && end.to <= rest.length; end = frameEnd(rest)) {
      if (this.#isReset()) {
        socket.resetAndDestroy()
        return Buffer.alloc(0)
      }
      this.messages.push(rest.subarray(end.from, end.to).toString("utf8"))
      rest = rest.subarray(end.to)
    }
    return rest
  }

  #isReset(): boolean {
    const isDue = this.#sinceReset >= (this.resets[0] ?? Number.POSITIVE_INFINITY)
    if (isDue) this.resets.shift()
    this.#sinceReset = isDue ? 0 : this.#sinceReset + 1
    return isDue
  }
}

function frameEnd(bytes: Buffer): { from: number; to: number } | undefined {
  const [frame, count = ""] = /^([1-9]\d*) /.exec(bytes.subarray(0, 12).toString("latin1")) ?? []
  if (frame === undefined && bytes.length > 12) throw new Error("not counted in octets")
  return frame === undefined ? undefined : { from: frame.length, to: frame.length + Number(count) }
}
