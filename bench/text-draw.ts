/** Drawing from lists, for invented sentences. */

export type Draw = () => number

export function pick<Item>(draw: Draw, from: readonly Item[]): Item {
  const found = from[Math.floor(draw() * from.length)]
  if (found === undefined) throw new Error("nothing to pick from")
  return found
}

export const number = (draw: Draw, length: number) =>
  Array.from({ length }, () => String(Math.floor(draw() * 10))).join("")
