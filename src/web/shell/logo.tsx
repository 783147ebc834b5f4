/** A shield with a door in it. */
export function Logo({ size = 26 }: { readonly size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <path d="M16 2 4 6.500v9C4 23 9 28 16 30c7-2 12-7 12-14.500v-9z" fill="var(--hd-primary)" />
      <path d="M11.500 24V11.500a4.500 4.500 0 0 1 9 0V24z" fill="#fff" />
      <circle cx="18.200" cy="17.500" r="1.150" fill="var(--hd-primary)" />
    </svg>
  )
}
