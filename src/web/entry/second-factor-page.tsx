export function SecondFactorPage() {
  return <p>…</p>
}
