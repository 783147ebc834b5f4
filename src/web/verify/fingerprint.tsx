import { fingerprint } from "./verify-link.ts"
import "./verify.css"

/** A root in groups that a person can compare with paper, two lines of eight. */
export function Fingerprint({ root }: { readonly root: Uint8Array }) {
  const groups = fingerprint(root)
  return (
    <code className="hd-fingerprint">
      {groups.map((group, at) => (
        // oxlint-disable-next-line react/no-array-index-key -- groups repeat, their places do not
        <span key={at}>{group}</span>
      ))}
    </code>
  )
}
