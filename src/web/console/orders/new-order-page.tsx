import { Page } from "../../parts/page.tsx"

export function NewOrderPage() {
  return <Page title="…" />
}
