import { expect, test } from "vitest"
import type { Caller } from "./caller.ts"
import { orderOf } from "./use-intake.ts"

const known: Caller = {
  homeId: "h",
  home: "1-1-101",
  person: { personId: "p", name: "张**", phone: "139****1234" },
  typedPhone: "",
}

test("a repair sends home, person and text, and nothing for an empty box", () => {
  const matter = { kind: "repair", text: "水管漏水", phone: "  ", plate: "粤B12345" } as const
  expect(orderOf("o", known, matter)).toEqual({
    orderId: "o",
    kind: "repair",
    homeId: "h",
    personId: "p",
    text: "水管漏水",
  })
})

test("only a parking matter sends a plate", () => {
  const matter = { kind: "parking", text: "续期", phone: "13900001234", plate: "粤B12345" } as const
  expect(orderOf("o", { ...known, person: null }, matter)).toEqual({
    orderId: "o",
    kind: "parking",
    homeId: "h",
    text: "续期",
    phone: "13900001234",
    plate: "粤B12345",
  })
})
