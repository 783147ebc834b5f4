export function FirstPasswordPage() {
  return <p>…</p>
}
