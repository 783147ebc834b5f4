import { useCommunity } from "../../parts/use-community.ts"

/** What the viewer may do about the regime; the server decides. */
export function useRegimeAccess() {
  const { posts } = useCommunity()
  const isOfficer = posts.includes("privacy_officer")
  const isSigner = isOfficer || posts.includes("manager")
  return { isOfficer, isSigner, isReader: isSigner || posts.includes("auditor") }
}
