/** A file or text of the log is not in its format. What it claims is not looked at further. */
export class Malformed extends Error {
  constructor(what: string) {
    super(what)
    this.name = "Malformed"
  }
}
