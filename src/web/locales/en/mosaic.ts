import type { mosaic as zh } from "../zh-CN/mosaic.ts"

export const mosaic: typeof zh = {
  title: "Mosaic of a household",
  hint: "What one person saw of one household in the last {{days}} days, weighed and summed. At {{applyAt}} one has to apply first; at {{refuseAt}} nothing new is shown.",
  back: "Meter",
  open: "Mosaic of households",
  all: "All homes",
  ofHome: "This home only",
  columns: { name: "Person", place: "Home", exposure: "Sum", pieces: "What was seen", lastAt: "Last" },
  gone: "A home that is gone",
  subjects: "{{field}} ×{{count}}",
  state: { free: "free", apply: "has to apply", reached: "at the line" },
  of: "{{count}} / {{limit}}",
  empty: "Nobody has seen plain text yet",
  emptyHint: "Once somebody looks under an order or an application, the sums are listed here, highest first.",
  own: "The household I saw most of",
  ownNone: "No plain text seen in the last {{days}} days.",
  ownBeyond: "Of {{count}} households nothing new without an application.",
}
