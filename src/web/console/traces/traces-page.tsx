import { Page } from "../../parts/page.tsx"

export function TracesPage() {
  return <Page title="…" />
}
