/**
 * Syslog over TCP (RFC 6587, octet counting) and TLS (RFC 5425).
 *
 * The protocol has no acknowledgement, and what a system took into its buffers a receiver that is killed never reads. So a
 * group counts as delivered only when the receiver has read to its end and closed (a killed one resets instead), while a
 * second connection, opened before, is alive some time after that: a receiver that died with the group in memory takes it along.
 */

import { connect as connectTcp, isIP, type Socket } from "node:net"
import { connect as connectTls, type SecureContextOptions } from "node:tls"
import { framed, type SiemMessage, syslogOf } from "./siem-message.ts"
import type { SiemPlace } from "./siem-place.ts"

export interface SyslogOptions {
  readonly kind: "tcp" | "tls"
  readonly host: string
  readonly port: number
  /** Read anew at each connection: certificates are replaced without a restart. */
  readonly tls?: () => Promise<SecureContextOptions>
  /** Milliseconds that the receiver must stay up after it has read a group. */
  readonly settle?: number
  /** Milliseconds for connecting, and for reading a group to its end. */
  readonly patience?: number
}

export class SiemSyslog implements SiemPlace {
  readonly #options: SyslogOptions
  #line: Line | undefined

  constructor(options: SyslogOptions) {
    this.#options = options
  }

  async deliver(messages: readonly SiemMessage[]): Promise<void> {
    const { settle = 1_000, patience = 30_000 } = this.#options
    const line = this.#line?.isAlive === true ? this.#line : await this.#connect()
    this.#line = undefined
    let next: Line | undefined
    try {
      next = await this.#connect()
      await line.finish(Buffer.from(messages.map((message) => framed(syslogOf(message))).join("")), patience)
      await next.stays(settle)
      this.#line = next
    } catch (error) {
      next?.drop()
      throw error
    } finally {
      line.drop()
    }
  }

  close(): Promise<void> {
    this.#line?.drop()
    this.#line = undefined
    return Promise.resolve()
  }

  async #connect(): Promise<Line> {
    const { kind, host, port, tls, patience = 30_000 } = this.#options
    if (kind === "tcp") return Line.open(connectTcp({ host, port }), "connect", patience)
    const socket = connectTls({
      host,
      port,
      minVersion: "TLSv1.2",
      ...(isIP(host) === 0 ? { servername: host } : {}),
      ...(await tls?.()),
    })
    return Line.open(socket, "secureConnect", patience)
  }
}

/** A connection and how it ended. */
class Line {
  readonly #socket: Socket
  /** Resolves when the other side has closed in order, rejects when anything else ended the connection. */
  readonly #ended: Promise<void>

  private constructor(socket: Socket) {
    this.#socket = socket
    this.#ended = new Promise((resolve, reject) => {
      socket.once("error", reject)
      socket.once("end", resolve)
      socket.once("close", () => reject(new Error("the connection broke")))
    })
    this.#ended.catch(() => undefined)
    // What a receiver says is of no use, but its end can be seen only behind it.
    socket.resume()
  }

  static async open(socket: Socket, ready: "connect" | "secureConnect", patience: number): Promise<Line> {
    const line = new Line(socket)
    try {
      const opened = new Promise<void>((resolve) => void socket.once(ready, resolve))
      await within(patience, Promise.race([opened, line.#ended]))
      return line
    } catch (error) {
      line.drop()
      throw error
    }
  }

  get isAlive(): boolean {
    return !this.#socket.destroyed && !this.#socket.readableEnded
  }

  /** Writes, says that it was all, and waits until the other side has read to the end and closed. */
  async finish(bytes: Uint8Array, patience: number): Promise<void> {
    this.#socket.end(bytes)
    await within(patience, this.#ended)
  }

  /** Rejects when the connection ends within that time. */
  async stays(milliseconds: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined
    const passed = new Promise<"up">((resolve) => {
      timer = setTimeout(() => resolve("up"), milliseconds)
    })
    const result = await Promise.race([passed, this.#ended]).finally(() => clearTimeout(timer))
    if (result !== "up") throw new Error("the receiver closed")
  }

  drop(): void {
    this.#socket.destroy()
  }
}

async function within(milliseconds: number, work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error("the receiver is slow")), milliseconds)
  })
  try {
    await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
