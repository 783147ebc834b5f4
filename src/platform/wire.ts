/**
 * A connection that pg opens and signs in on, whose bytes are ours from then on. They arrive in one buffer that is used again
 * and again: a new one for each arrival makes V8 collect the whole heap every few hundred answers. Under TLS they come as they
 * come.
 */

import { Socket } from "node:net"
import type { Duplex } from "node:stream"
import pg from "pg"

const arrivalBytes = 65_536

export interface Wire {
  readonly client: pg.Client
  readonly stream: Duplex
}

/** `hear` gets bytes that are valid only until it returns. Rejects when the server cannot be reached or refuses. */
export async function openWire(config: pg.ClientConfig, hear: (bytes: Buffer) => void): Promise<Wire> {
  const arrival = Buffer.allocUnsafe(arrivalBytes)
  let heard = (bytes: Buffer): unknown => socket.emit("data", Buffer.from(bytes))
  const socket = new Socket({
    onread: {
      buffer: arrival,
      callback: (length) => {
        heard(arrival.subarray(0, length))
        return true
      },
    },
  })
  const plain = new pg.Client({ ...config, stream: () => socket })
  const client = plain.connection.ssl ? new pg.Client(config) : plain
  // Before it is connected, connect itself rejects.
  client.on("error", () => undefined)
  await client.connect()
  const { stream } = client.connection
  stream.removeAllListeners("data")
  if (stream === socket) heard = hear
  else stream.on("data", hear)
  return { client, stream }
}
