export const regime = { title: "regime" }
