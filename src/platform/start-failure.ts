/**
 * The product cannot start and a person at this machine can do something about it. `message` is what they read,
 * in Chinese and English, without a stack: `main.ts` prints it and ends with status 1.
 */
export class StartFailure extends Error {
  constructor(zh: string, en: string) {
    super(`${zh}\n${en}`)
    this.name = "StartFailure"
  }
}
