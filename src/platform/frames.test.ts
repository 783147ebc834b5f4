import fc from "fast-check"
import { expect, it } from "vitest"
import { FrameReader } from "./frames.ts"

function frame(code: string, content: Uint8Array): Buffer {
  const bytes = Buffer.alloc(5 + content.length)
  bytes.write(code, 0, "latin1")
  bytes.writeInt32BE(4 + content.length, 1)
  bytes.set(content, 5)
  return bytes
}

interface Heard {
  readonly code: string
  readonly content: string
}

function heardIn(arrivals: readonly Buffer[]): Heard[] {
  const reader = new FrameReader()
  const heard: Heard[] = []
  // One buffer for all that arrives, as on the wire: what was there before is overwritten.
  const arrival = Buffer.alloc(Math.max(...arrivals.map(({ length }) => length)))
  for (const bytes of arrivals) {
    bytes.copy(arrival)
    reader.push(arrival.subarray(0, bytes.length), (code, all, at) => {
      const end = at - 4 + all.readInt32BE(at - 4)
      heard.push({ code, content: all.toString("hex", at, end) })
    })
  }
  return heard
}

function pieces(bytes: Buffer, sizes: readonly number[]): Buffer[] {
  const cut: Buffer[] = []
  let at = 0
  for (let turn = 0; at < bytes.length; turn += 1) {
    const end = at + (sizes[turn % sizes.length] ?? 1)
    cut.push(bytes.subarray(at, end))
    at = end
  }
  return cut
}

it("hears each frame once and whole, however the bytes arrive", () => {
  const frames = fc.array(
    fc.record({ code: fc.constantFrom("D", "C", "Z", "T"), content: fc.uint8Array({ maxLength: 300 }) }),
    { minLength: 1, maxLength: 12 },
  )
  const sizes = fc.array(fc.integer({ min: 1, max: 700 }), { minLength: 1, maxLength: 6 })
  fc.assert(
    fc.property(frames, sizes, (sent, cutAt) => {
      const bytes = Buffer.concat(sent.map(({ code, content }) => frame(code, content)))
      const expected = sent.map(({ code, content }) => ({
        code,
        content: Buffer.from(content).toString("hex"),
      }))
      expect(heardIn(pieces(bytes, cutAt))).toEqual(expected)
    }),
  )
})

it("hears a frame of megabytes that arrives in small pieces, and a short one behind it", () => {
  const content = Buffer.alloc(3_000_000, "a long row ")
  const bytes = Buffer.concat([frame("D", content), frame("Z", Buffer.from("I"))])
  const heard = heardIn(pieces(bytes, [65_536]))
  expect(heard.map(({ code, content: { length } }) => [code, length])).toEqual([
    ["D", 6_000_000],
    ["Z", 2],
  ])
})
