import type { House } from "../../house.ts"
import type { Regime } from "../catalogue/regime-shape.ts"
import { regimeV1 } from "../catalogue/regime-v1.ts"
export function regimeOf(_house: House): Regime {
  return regimeV1
}
