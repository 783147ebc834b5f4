/** How far each log was delivered, kept beside the logs. Another receiver begins at the beginning. */

import { z } from "zod"
import type { Disk } from "./disk.ts"

const kept = z.object({
  target: z.string(),
  /** By origin: the number of the next leaf to deliver. */
  next: z.record(z.string(), z.number().int().nonnegative()),
})

const path = "siem-cursor"

export class SiemCursor {
  readonly #disk: Disk
  readonly #target: string
  #next: Map<string, number> | undefined

  constructor(disk: Disk, target: string) {
    this.#disk = disk
    this.#target = target
  }

  /** Before the first use. What cannot be read counts as nothing delivered: twice is better than not at all. */
  async open(): Promise<void> {
    if (this.#next !== undefined) return
    const bytes = await this.#disk.read(path)
    const found = bytes === undefined ? undefined : parsed(new TextDecoder().decode(bytes))
    this.#next = new Map(found?.target === this.#target ? Object.entries(found.next) : [])
  }

  next(log: string): number {
    return this.#next?.get(log) ?? 0
  }

  /** Durable when it resolves. When it rejects, what was told before holds. */
  async advance(places: ReadonlyMap<string, number>): Promise<void> {
    const next = new Map([...(this.#next ?? []), ...places])
    const text = JSON.stringify({ target: this.#target, next: Object.fromEntries(next) })
    await this.#disk.replace({ path, bytes: new TextEncoder().encode(`${text}\n`) })
    this.#next = next
  }
}

function parsed(text: string): z.output<typeof kept> | undefined {
  try {
    return kept.parse(JSON.parse(text))
  } catch {
    return undefined
  }
}
