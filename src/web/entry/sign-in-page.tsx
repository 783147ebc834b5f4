export function SignInPage() {
  return <p>…</p>
}
