import { Page } from "../../parts/page.tsx"

export function NotCollectedPage() {
  return <Page title="…" />
}
