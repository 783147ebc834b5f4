import { randomFillSync } from "node:crypto"
import { expect, test } from "vitest"
import { nonceSource } from "./nonce.ts"

test("every nonce is 12 bytes of its own, over many pools", () => {
  const draw = nonceSource(randomFillSync)
  const drawn = Array.from({ length: 5000 }, draw)
  expect(drawn.every((nonce) => nonce.length === 12)).toBe(true)
  expect(new Set(drawn.map((nonce) => Buffer.from(nonce).toString("hex"))).size).toBe(5000)
})

test("bytes are handed out once and in the order in which they were drawn", () => {
  let next = 0
  const counting = (bytes: Uint8Array) => {
    for (let at = 0; at < bytes.length; at++) bytes[at] = next++ & 0xff
  }
  const draw = nonceSource(counting)
  const drawn = Buffer.concat(Array.from({ length: 600 }, draw))
  expect(drawn.every((byte, at) => byte === (at & 0xff))).toBe(true)
})
