/**
 * Every route that takes the id of a thing × every post × the thing's relation to whoever asks, held against the reviewed
 * table. A route without a line, or a line without a route, fails. Clauses 3.8, 4.1, 4.5, 6.3.
 */

import { afterAll, beforeAll, describe, expect, it } from "vitest"
import type { TestStaff } from "../house.ts"
import type { Thing } from "./relation-kind.ts"
import { viewers } from "./relation-place.ts"
import { standingAs, standings } from "./relation-standings.ts"
import { outsideCommunities, relationTable, standingTable, withoutThing } from "./relation-table.ts"
import { kinds } from "./relation-things.ts"
import {
  type Answer,
  askAbout,
  inventedLike,
  type Line,
  makeScene,
  type Relation,
  relations,
  type Scene,
  stands,
  thingIn,
} from "./relation-walk.ts"
import { required } from "./world.ts"

interface Due {
  readonly line: Line
  /** Of each relation, the letters of those who ask. */
  readonly words: readonly string[]
}

const linesOf = (table: string) => table.trim().split("\n")

const due: readonly Due[] = linesOf(relationTable).map((text) => {
  const [words = "", route = "", kindName = ""] = text.split(/ {2,}/)
  const kind = kinds[kindName]
  if (kind === undefined) throw new Error(`relation-things.ts has no kind "${kindName}": ${text}`)
  return { line: { name: `${route}  ${kindName}`, route, kind, kindName }, words: words.split(" ") }
})

const changes = ({ route }: Line) => !route.startsWith("GET ")
const wordIn = ({ words }: Due, relation: Relation) => words[relations.indexOf(relation)] ?? ""

/** One of each kind to be looked at, and one for each time that something is done to it. */
function stockOf(): Map<string, number> {
  const stock = new Map<string, number>()
  for (const one of due) {
    const { kind, kindName } = one.line
    if (!stands(kind, "expired")) continue
    const count = changes(one.line) ? wordIn(one, "expired").replaceAll(/[^o]/g, "").length : 0
    stock.set(kindName, (stock.get(kindName) ?? 1) + count)
  }
  return stock
}

/**
 * With RELATIONS=all everybody asks in every relation. Otherwise those whose post is turned away in `own` ask in one of the
 * others as well, each line and each post in another one: of a route's refusals to a post each relation is met by some.
 */
const isWhole = process.env["RELATIONS"] === "all"

function isSpared(one: Due, relation: Relation, index: number): boolean {
  if (
    isWhole ||
    relation === "own" ||
    wordIn(one, relation)[index] !== "x" ||
    wordIn(one, "own")[index] !== "x"
  )
    return false
  const others = relations.filter((other) => other !== "own" && stands(one.line.kind, other))
  return others[(index + due.indexOf(one)) % others.length] !== relation
}

let scene: Scene
beforeAll(async () => {
  scene = await makeScene(stockOf())
})
afterAll(async () => {
  await scene.admin.end()
  await scene.test.close()
})

const shared = new Map<string, Promise<Thing>>()

function sharedThing(line: Line, relation: Relation): Promise<Thing> {
  const key = `${line.kindName} ${relation}`
  const made = shared.get(key) ?? thingIn(scene, line, relation)
  shared.set(key, made)
  return made
}

interface Cell {
  readonly line: Line
  readonly relation: Relation
  readonly as: TestStaff | undefined
  readonly letter: string
}

/** What is done to a thing changes it: whoever may do it has one of their own. */
async function answered({ line, relation, as, letter }: Cell): Promise<Answer> {
  const isOwn = changes(line) && letter === "o"
  for (let tries = 0; ; tries += 1) {
    const thing = await (isOwn ? thingIn(scene, line, relation) : sharedThing(line, relation))
    const answer = await askAbout(scene, line, { thing, as })
    // The server walks a short list within a second and ends the use: another one is begun then.
    if (!isOwn || answer.code !== "consent.run_ended" || tries === 5) return answer
  }
}

/** The letters of the table; a fault of the server is none of them. */
function letterOf(answer: Answer, absent: Answer): string {
  if (answer.status >= 500) return "!"
  if (answer.whole === absent.whole) return answer.code === "post.not_allowed" ? "x" : "a"
  return answer.status < 300 ? "o" : "r"
}

/** What is not let in, and is not told why either, must have got the answer about an invented id: that is what `a` says. */
async function wordsOf(one: Due): Promise<string> {
  const { line } = one
  const asking = line.kind.astray === undefined ? viewers.map((name) => scene.town.cast[name]) : [undefined]
  const standing = relations.filter((relation) => stands(line.kind, relation))
  // All at once: made one after the other, they take twice the time.
  const [own] = await Promise.all(standing.map((relation) => sharedThing(line, relation)))
  const thing = inventedLike(required(own))
  const absentTo = (as: TestStaff | undefined) => askAbout(scene, line, { thing, as })
  const absent = await Promise.all(asking.map(absentTo))
  const words: string[] = []
  // One's own last: what is done to it may change what the rest is told.
  for (const relation of relations.toReversed()) {
    const letters = Array.from(wordIn(one, relation))
    const ask = async (as: TestStaff | undefined, index: number) => {
      if (isSpared(one, relation, index)) return "x"
      const answer = await answered({ line, relation, as, letter: letters[index] ?? "" })
      // A list counts more than what is asked for: what the walk itself has made meanwhile is no difference.
      const due = answer.status === 200 && !changes(line) ? await absentTo(as) : absent[index]
      return letterOf(answer, due ?? answer)
    }
    words.unshift(standing.includes(relation) ? (await Promise.all(asking.map(ask))).join("") : "-")
  }
  return words.join(" ")
}

const prefix = "/api/communities/:communityId"

function mounted(): string[] {
  return Object.entries(scene.test.app.swagger().paths ?? {}).flatMap(([path, methods]) =>
    Object.keys(methods ?? {}).map((method) => {
      const route = path.replaceAll(/\{([^}]+)\}/g, ":$1")
      return `${method.toUpperCase()} ${route.startsWith(`${prefix}/`) ? route.replace(prefix, "") : route}`
    }),
  )
}

const sentence = (route: string) =>
  `${route} has no line in relation-table.ts. Takes it the id of a thing (in path, query or body)? Then add to relationTable ` +
  `"<own> <building> <community> <gone> <expired> <revoked> <suspended>  ${route}  <kind>", for each id it takes; ` +
  "a new kind of thing has its maker in relation-things.ts, what else is sent its body in relation-requests.ts. " +
  "Takes it none? Then add it to withoutThing."

describe("every route", () => {
  it("has its line, or takes the id of no thing", () => {
    const listed = [
      ...due.map(({ line }) => line.route.replace(/\?.*/, "")),
      ...linesOf(withoutThing),
      ...linesOf(outsideCommunities),
    ]
    const routes = mounted()
    expect(routes.filter((route) => !listed.includes(route)).map(sentence)).toEqual([])
    expect(listed.filter((route) => !routes.includes(route))).toEqual([])
  })

  it("that takes no thing has no id in its path but that of the whole installation", () => {
    const withId = linesOf(withoutThing).filter((route) => route.includes(":"))
    const ofAll = / \/(regime\/(drafts|versions)|assessments)\//
    expect(withId.filter((route) => !ofAll.test(route))).toEqual([])
  })
})

describe("every route that takes the id of a thing", () => {
  it.each(due.map((one) => [one.line.name, one] as const))("%s", async (name, one) => {
    expect(`${await wordsOf(one)}  ${name}`).toBe(`${one.words.join(" ")}  ${name}`)
  })
})

/** Of those who are let in or told why not in `own`: the rest are turned away before that. */
const inside = (one: Due) => viewers.filter((_name, index) => "or".includes(wordIn(one, "own")[index] ?? "a"))

describe("somebody who stands outside, whatever they were", () => {
  it.each(linesOf(standingTable).map((text) => text.split(/ {2,}/)))("%s: %s", async (code, standing) => {
    for (const one of due) {
      const { line } = one
      if (line.kind.astray !== undefined) continue
      const thing = await sharedThing(line, "own")
      const asked = inside(one).map(async (name) => {
        const { as, communityId } = await standingAs(scene, name, standing)
        return [line.name, name, (await askAbout(scene, line, { thing, as, communityId })).code]
      })
      const due = inside(one).map((name) => [line.name, name, code])
      expect(await Promise.all(asked)).toEqual(due)
    }
  })

  it("has a line for each way to stand so", () => {
    expect(linesOf(standingTable).map((text) => text.split(/ {2,}/)[1])).toEqual(Object.keys(standings))
  })
})
