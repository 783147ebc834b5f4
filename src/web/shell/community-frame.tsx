import { Outlet } from "@tanstack/react-router"
import { EmergencyBar } from "../console/emergencies/emergency-bar.tsx"
import { useMaybeCommunity } from "../parts/use-community.ts"
import { AbsentPage } from "./absent-page.tsx"
import { DemonstrationBar } from "./demonstration-bar.tsx"

/** Pages of one community; outside one's reach it does not exist. Clause 3.8. */
export function CommunityFrame() {
  const reach = useMaybeCommunity()
  if (reach === null) return <AbsentPage />
  return (
    <>
      {reach.demonstration && <DemonstrationBar reach={reach} />}
      <EmergencyBar reach={reach} />
      <Outlet key={reach.communityId} />
    </>
  )
}
