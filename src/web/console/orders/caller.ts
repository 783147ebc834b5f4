import type { Card, Person } from "../../../lifecycle/store/contract.ts"

/** For whom an order is taken in: a home and, when the caller is on file, a person with masks. */
export interface Caller {
  readonly homeId: string
  readonly home: string
  readonly person: { readonly personId: string; readonly name: string; readonly phone: string | null } | null
  /** A number that was searched and found nobody: proposed as the contact phone. */
  readonly typedPhone: string
}

export function callerOfCard({ homeId, home, personId, name, phone }: Card): Caller {
  return { homeId, home, person: { personId, name, phone }, typedPhone: "" }
}

/** `null` when the person does not live in that home (any more). */
export function callerOfPerson({ personId, residences, classes }: Person, homeId: string): Caller | null {
  const residence = residences.find((one) => one.homeId === homeId)
  if (residence === undefined) return null
  const facts = classes.flatMap((one) => one.facts)
  const maskOf = (field: string) => facts.find((fact) => fact.field === field)?.masks[0]
  const person = { personId, name: maskOf("name") ?? "", phone: maskOf("phone") ?? null }
  return { homeId, home: residence.home, person, typedPhone: "" }
}
