import { Page } from "../../parts/page.tsx"

export function OwnersPage() {
  return <Page title="…" />
}
