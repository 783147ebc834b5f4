/** From a leaked sample to the copy it came from, with the evidence, or to nobody. Clauses 4.7, 8.4. */

import type { CopyRecord, MarkedRow } from "./fingerprint.ts"
import {
  type Background,
  backgroundOf,
  decoyNats,
  emptyKinds,
  foreignDecoyNats,
  type Ordered,
  orderEvidence,
  type Pair,
  type Spelled,
  spellingEvidence,
} from "./likelihood.ts"
import type { SampleCell, SampleRow } from "./sample.ts"
import { type CellKind, cellKinds } from "./spelling.ts"

/** A record made ready for tracing. */
export interface Suspect {
  readonly copyId: string
  readonly styles: Readonly<Record<CellKind, ReadonlyMap<string, number>>>
  /** Where a value stands first. */
  readonly positions: Readonly<Record<CellKind, ReadonlyMap<string, number>>>
  /** Homes and phones of its decoys. */
  readonly decoys: ReadonlySet<string>
  readonly rows: number
}

export interface Finding {
  readonly copyId: string
  /** How much likelier the list is as this copy than by chance: 10 to this power. */
  readonly strength: number
  readonly rowsKnown: number
  readonly decoysSeen: number
  /** Decoys of the sample that this copy does not hold. */
  readonly decoysForeign: number
  readonly spelling: Spelled
  readonly order: Ordered
}

export interface Traced {
  readonly rows: number
  /** The best first. */
  readonly ranked: readonly Finding[]
  /** The copy, when the evidence leaves no doubt; undefined: nobody is named. */
  readonly named: string | undefined
}

/** One in a million, for each copy there is. */
const doubt = Math.log(1_000_000)
/** A thousand times likelier than the next. */
const lead = Math.log(1_000)

export function traceLeak(sample: readonly SampleRow[], suspects: readonly Suspect[]): Traced {
  const distinct = distinctCells(sample)
  const backgrounds = emptyKinds(() => backgroundOf([]))
  for (const kind of cellKinds) backgrounds[kind] = backgroundOf(distinct[kind].map(({ styles }) => styles))
  const decoys = decoysSeen(sample, suspects)
  const asked: Asked = { sample, distinct, backgrounds, decoys }
  const ranked = suspects
    .map((suspect) => weigh(suspect, asked))
    .filter(({ finding }) => finding.rowsKnown > 0)
    .toSorted((a, b) => b.nats - a.nats)
  const [first, second] = ranked
  const isNamed =
    first !== undefined &&
    first.nats >= doubt + Math.log(Math.max(1, suspects.length)) &&
    first.nats - (second?.nats ?? 0) >= lead
  return {
    rows: sample.length,
    ranked: ranked.map(({ finding }) => finding),
    named: isNamed ? first.finding.copyId : undefined,
  }
}

export function suspectOf(copyId: string, { rows }: CopyRecord): Suspect {
  const styles = emptyKinds(() => new Map<string, number>())
  const positions = emptyKinds(() => new Map<string, number>())
  for (const [at, row] of rows.entries())
    for (const { kind, token, style } of row.cells) {
      styles[kind].set(token, style)
      if (!positions[kind].has(token)) positions[kind].set(token, at)
    }
  return { copyId, styles, positions, decoys: new Set(rows.flatMap(decoyTokens)), rows: rows.length }
}

/** A decoy's name may be anybody's; its home and phone are nobody's. */
function decoyTokens({ cells, isDecoy }: MarkedRow): string[] {
  return isDecoy
    ? cells.filter(({ kind }) => kind === "home" || kind === "phone").map(({ token }) => token)
    : []
}

interface Asked {
  readonly sample: readonly SampleRow[]
  readonly distinct: Readonly<Record<CellKind, readonly SampleCell[]>>
  readonly backgrounds: Readonly<Record<CellKind, Background>>
  readonly decoys: readonly (readonly string[])[]
}

/** Each value once: a home with three persons is spelled three times and is one piece of evidence. */
function distinctCells(sample: readonly SampleRow[]): Record<CellKind, SampleCell[]> {
  const seen = emptyKinds(() => new Map<string, SampleCell>())
  for (const cell of sample.flat())
    if (!seen[cell.kind].has(cell.token)) seen[cell.kind].set(cell.token, cell)
  const distinct = emptyKinds((): SampleCell[] => [])
  for (const kind of cellKinds) distinct[kind] = [...seen[kind].values()]
  return distinct
}

/** Rows of the sample that are somebody's decoy, each with its tokens. */
function decoysSeen(sample: readonly SampleRow[], suspects: readonly Suspect[]): string[][] {
  const all = new Set(suspects.flatMap(({ decoys }) => [...decoys]))
  const found = sample.map((row) => row.map(({ token }) => token).filter((token) => all.has(token)))
  return [
    ...new Map(
      found.filter((tokens) => tokens.length > 0).map((tokens) => [tokens.join(" "), tokens]),
    ).values(),
  ]
}

function weigh(suspect: Suspect, asked: Asked): { finding: Finding; nats: number } {
  const spelled = cellKinds.map((kind) =>
    spellingEvidence(pairsOf(suspect, kind, asked), asked.backgrounds[kind]),
  )
  const positions = asked.sample.flatMap((row) => positionOf(suspect, row) ?? [])
  const order = orderEvidence(positions)
  const held = asked.decoys.filter((tokens) => tokens.some((token) => suspect.decoys.has(token))).length
  const foreign = asked.decoys.length - held
  const spelling = {
    nats: spelled.reduce((sum, one) => sum + one.nats, 0),
    cells: spelled.reduce((sum, one) => sum + one.cells, 0),
    matching: spelled.reduce((sum, one) => sum + one.matching, 0),
  }
  const nats = spelling.nats + order.nats + held * decoyNats + foreign * foreignDecoyNats
  return {
    nats,
    finding: {
      copyId: suspect.copyId,
      strength: Math.max(0, nats / Math.LN10),
      rowsKnown: positions.length,
      decoysSeen: held,
      decoysForeign: foreign,
      spelling,
      order,
    },
  }
}

function pairsOf(suspect: Suspect, kind: CellKind, { distinct }: Asked): Pair[] {
  const known = suspect.styles[kind]
  return distinct[kind].flatMap(({ token, styles: seen }) => {
    const style = known.get(token)
    return style === undefined ? [] : [{ style, seen }]
  })
}

/** By phone, else by home, plate, name: the first that the copy knows. */
const surest: readonly CellKind[] = ["phone", "plate", "other", "home", "name"]

function positionOf({ positions }: Suspect, row: SampleRow): number | undefined {
  for (const kind of surest) {
    const cell = row.find((one) => one.kind === kind)
    const at = cell === undefined ? undefined : positions[kind].get(cell.token)
    if (at !== undefined) return at
  }
  return undefined
}
