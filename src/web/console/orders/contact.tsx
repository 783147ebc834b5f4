import { useQueryClient } from "@tanstack/react-query"
import { useTranslation } from "react-i18next"
import { lookAtContact, type OrderDetail, readUse } from "../../../lifecycle/use/contract.ts"
import { call } from "../../client.ts"
import { useSentences } from "../../parts/refusal-alert.tsx"
import { RevealButton } from "../../parts/reveal-button.tsx"
import { useWords } from "../../parts/use-words.ts"

export interface ContactProps {
  readonly communityId: string
  readonly order: OrderDetail
}

/** A button for each field the viewer may look at now; where there is none, why. Clause 4.2. */
export function Contact({ communityId, order }: ContactProps) {
  const { t } = useTranslation("orders")
  const { ofCode } = useSentences()
  const why = order.lookRefusal === null ? t("order.lookNone") : ofCode(order.lookRefusal)
  return (
    <section className="hd-section" aria-label={t("order.contact")}>
      <h2>{t("order.contact")}</h2>
      <div className="hd-contact">
        {order.lookable.map((field) => (
          <LookButton key={field} communityId={communityId} order={order} field={field} />
        ))}
        {order.lookable.length === 0 && (
          <RevealButton
            household={order.orderId}
            label={t("order.contact")}
            reason={why}
            look={() => Promise.reject(new Error("no look is possible"))}
          />
        )}
      </div>
      <p className="hd-faint">
        {order.lookable.length === 0
          ? t("order.lookImpossible", { why })
          : t("order.contactHint", { seconds: order.lookSeconds })}
      </p>
    </section>
  )
}

interface LookButtonProps extends ContactProps {
  readonly field: string
}

function LookButton({ communityId, order, field }: LookButtonProps) {
  const { t } = useTranslation("orders")
  const word = useWords()
  const client = useQueryClient()
  const look = async () => {
    const shown = await call(lookAtContact, {
      params: { communityId, useId: order.useId },
      body: { field },
    })
    void client.invalidateQueries({ queryKey: [readUse.path] })
    return shown
  }
  const label = field === "phone" ? t("order.contact") : t("order.look", { field: word("fields", field) })
  return <RevealButton household={order.orderId} label={label} look={look} />
}
