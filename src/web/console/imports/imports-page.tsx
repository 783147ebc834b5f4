import { Page } from "../../parts/page.tsx"

export function ImportsPage() {
  return <Page title="…" />
}
