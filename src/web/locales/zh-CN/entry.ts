export const entry = { title: "entry" }
