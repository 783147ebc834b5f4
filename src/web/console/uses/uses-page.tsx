import { Page } from "../../parts/page.tsx"

export function UsesPage() {
  return <Page title="…" />
}
