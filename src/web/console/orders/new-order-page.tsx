import { useQuery } from "@tanstack/react-query"
import { useNavigate } from "@tanstack/react-router"
import { App, Button, Skeleton } from "antd"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { readPerson } from "../../../lifecycle/store/contract.ts"
import { ask } from "../../client.ts"
import { MaskedText } from "../../parts/masked-text.tsx"
import { Page } from "../../parts/page.tsx"
import { PathLink } from "../../parts/path-link.tsx"
import { useSentences } from "../../parts/refusal-alert.tsx"
import { useFilters } from "../../parts/use-address.ts"
import { useCommunity } from "../../parts/use-community.ts"
import { paths } from "../../paths.ts"
import { type Caller, callerOfPerson } from "./caller.ts"
import { CallerFinder } from "./caller-finder.tsx"
import { MatterForm } from "./matter-form.tsx"
import type { TakenIn } from "./use-intake.ts"
import "./orders.css"

/** From the call to the dispatched order: find the household, write what it is about, submit. Clauses 2.3, 4.3. */
export function NewOrderPage() {
  const { t } = useTranslation("orders")
  const { communityId } = useCommunity()
  const named = useNamedCaller(communityId)
  const [chosen, setChosen] = useState<Caller | "nobody" | null>(null)
  const onTakenIn = useAfterIntake(communityId)
  const caller = chosen === "nobody" ? null : (chosen ?? named.caller)
  return (
    <Page
      title={t("intake.title")}
      hint={t("intake.hint")}
      back={<PathLink to={paths.orders(communityId)}>‹ {t("intake.back")}</PathLink>}
      personal
    >
      {caller === null && named.loading && <Skeleton active />}
      {caller === null && !named.loading && <CallerFinder onFound={setChosen} />}
      {caller !== null && (
        <>
          <Chosen caller={caller} onChange={() => setChosen("nobody")} />
          <MatterForm
            key={`${caller.homeId} ${caller.person?.personId ?? ""}`}
            communityId={communityId}
            caller={caller}
            onTakenIn={onTakenIn}
          />
        </>
      )}
    </Page>
  )
}

/** The caller that the address names by ids, as when one comes from the owners' list. */
function useNamedCaller(communityId: string): { caller: Caller | null; loading: boolean } {
  const { home, person } = useFilters().values
  const isNamed = home !== undefined && person !== undefined
  const query = useQuery({
    ...ask(readPerson, { params: { communityId, personId: person ?? "" } }),
    enabled: isNamed,
  })
  if (!isNamed || query.data === undefined) return { caller: null, loading: isNamed && query.isPending }
  return { caller: callerOfPerson(query.data, home), loading: false }
}

function useAfterIntake(communityId: string): (taken: TakenIn) => void {
  const { t } = useTranslation("orders")
  const { message } = App.useApp()
  const { ofError } = useSentences()
  const navigate = useNavigate()
  return ({ order, trouble }) => {
    const { number, assignee, orderId } = order
    if (trouble !== null) message.warning(t("intake.notDispatched", { why: ofError(trouble) }), 8)
    else if (assignee === null || order.state !== "dispatched") message.success(t("intake.done", { number }))
    else message.success(t("intake.doneDispatched", { number, name: assignee.name }))
    void navigate({ to: paths.order(communityId, orderId) })
  }
}

function Chosen({ caller, onChange }: { readonly caller: Caller; readonly onChange: () => void }) {
  const { t } = useTranslation("orders")
  return (
    <section className="hd-chosen hd-intake" aria-label={t("intake.chosen")}>
      <strong>{caller.home}</strong>
      {caller.person === null ? (
        <span className="hd-faint">{t("intake.homeOnly")}</span>
      ) : (
        <>
          <MaskedText mask={caller.person.name} />
          <MaskedText mask={caller.person.phone} />
        </>
      )}
      <Button size="small" onClick={onChange}>
        {t("intake.change")}
      </Button>
    </section>
  )
}
