/** A bar on standard error, for whoever watches; nothing when nobody does. */

const width = 30
const pause = 100

export class Progress {
  readonly #label: string
  #shownAt = 0

  constructor(label: string) {
    this.#label = label
  }

  show(done: number, size: number): void {
    const now = performance.now()
    if (!process.stderr.isTTY || (now - this.#shownAt < pause && done < size)) return
    this.#shownAt = now
    const full = Math.round((width * done) / Math.max(size, 1))
    process.stderr.write(`\r${"█".repeat(full)}${"░".repeat(width - full)} ${done}/${size} ${this.#label}`)
  }

  end(): void {
    if (this.#shownAt > 0) process.stderr.write("\r\u001b[K")
  }
}
