import { Page } from "../../parts/page.tsx"

export function RegimePage() {
  return <Page title="…" />
}
