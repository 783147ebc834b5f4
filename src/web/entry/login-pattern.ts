/** What a log-in may look like, as the contract of staff says it; only spares a round trip. */
export const loginPattern = /^[a-z0-9][a-z0-9._-]{2,39}$/
