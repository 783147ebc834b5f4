import { useQuery } from "@tanstack/react-query"
import { listConsentTexts } from "../../../lifecycle/consent/contract.ts"
import { ask } from "../../client.ts"
import { useCommunity } from "../../parts/use-community.ts"
import { useSay } from "../../parts/use-say.ts"

/** The name of a feature as its text in force has it; its code while that is not known. */
export function useFeatureName(): (feature: string) => string {
  const say = useSay()
  const { communityId } = useCommunity()
  const { data } = useQuery(ask(listConsentTexts, { params: { communityId } }))
  return (feature) => {
    const found = data?.texts.find((one) => one.feature === feature)?.words
    return found === undefined ? feature : say({ "zh-CN": found["zh-CN"].name, en: found.en.name })
  }
}
