import { Page } from "../../parts/page.tsx"

export function UsePage() {
  return <Page title="…" />
}
