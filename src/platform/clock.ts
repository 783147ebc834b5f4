/** Time as an effect, so that rules can be tested at any hour. Milliseconds since the epoch. */
export type Clock = () => number

export const systemClock: Clock = () => Date.now()
