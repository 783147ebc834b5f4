/** The address bar holds filters, tab and page, so that a link shows what its sender saw. Never a value of an owner. */

import { useNavigate, useParams, useSearch } from "@tanstack/react-router"
import { z } from "zod"

const texts = z.record(z.string(), z.string())

/** What the path names, such as `communityId`. */
export function usePathParams(): Readonly<Record<string, string>> {
  return texts.parse(useParams({ strict: false }))
}

/** A parameter that the page's route has, such as `personId`. */
export function usePathParam(name: string): string {
  const value = usePathParams()[name]
  if (value === undefined) throw new Error(`the route has no parameter ${name}`)
  return value
}

export interface Filters {
  readonly values: Readonly<Record<string, string>>
  /** `undefined` removes a filter. Any change goes back to the first page. */
  readonly set: (changes: Readonly<Record<string, string | undefined>>) => void
}

/** The filters of the address: `?building=3&state=open`. */
export function useFilters(): Filters {
  const { after: _after, page: _page, ...values } = useSearchTexts()
  const go = useSearchChange()
  return { values, set: (changes) => go({ ...values, ...changes }, true) }
}

export interface Paging {
  /** The cursor of the page shown; `undefined`: the first page. */
  readonly after: string | undefined
  readonly page: number
  readonly first: () => void
  readonly next: (cursor: string) => void
  /** `null`: not known, as after a reload in the middle of a list. */
  readonly previous: (() => void) | null
}

// Cursors only point forward; where one came from is remembered for this visit. `""` stands for the first page.
const cameFrom = new Map<string, string>()

/** The page of the address: `?after=<cursor>&page=2`. */
export function usePaging(): Paging {
  const { after, page, ...filters } = useSearchTexts()
  const go = useSearchChange()
  const number = Math.max(1, Math.trunc(Number(page ?? "1")) || 1)
  const back = after === undefined ? undefined : cameFrom.get(after)
  const show = (cursor: string | undefined, to: number) =>
    go({ ...filters, ...(cursor ? { after: cursor, page: String(to) } : {}) }, false)
  return {
    after,
    page: after === undefined ? 1 : number,
    first: () => show(undefined, 1),
    next: (cursor) => {
      cameFrom.set(cursor, after ?? "")
      show(cursor, number + 1)
    },
    previous: back === undefined ? null : () => show(back, number - 1),
  }
}

/** What stands after `?`, as plain texts. */
export function useSearchTexts(): Readonly<Record<string, string>> {
  return texts.catch({}).parse(useSearch({ strict: false }))
}

function useSearchChange(): (search: Readonly<Record<string, string | undefined>>, replace: boolean) => void {
  const navigate = useNavigate()
  return (search, replace) => {
    const named = Object.entries(search).filter((pair) => pair[1] !== undefined && pair[1] !== "")
    void navigate({ to: ".", search: Object.fromEntries(named), replace })
  }
}
