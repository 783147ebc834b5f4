import { useMutation } from "@tanstack/react-query"
import { Button, Input } from "antd"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { callOnVisit, lookOnVisit, type VisitPage } from "../../lifecycle/visit/contract.ts"
import { call } from "../client.ts"
import { RefusalAlert } from "../parts/refusal-alert.tsx"
import { RevealButton } from "../parts/reveal-button.tsx"
import { showInstant } from "../parts/when.tsx"

const lookSeconds = 30

export interface VisitPartProps {
  readonly visit: VisitPage
}

/** A call through a number in between where there is a bridge, else the number for some seconds. Clause 4.6. */
export function VisitContact({ visit }: VisitPartProps) {
  const { t } = useTranslation("visit")
  return (
    <section aria-label={t("contact")}>
      <h2>{t("contact")}</h2>
      {visit.contact === "none" && <p>{t("noPhone")}</p>}
      {visit.contact === "look" && <LookAtPhone visit={visit} />}
      {visit.contact === "bridge" && <CallThroughBridge visit={visit} />}
    </section>
  )
}

function LookAtPhone({ visit }: VisitPartProps) {
  const { t } = useTranslation("visit")
  const { communityId, linkId } = visit
  return (
    <>
      <RevealButton
        household={linkId}
        label={t("look")}
        look={() => call(lookOnVisit, { params: { communityId, linkId }, body: {} })}
      />
      <p className="hd-faint">{t("lookHint", { seconds: lookSeconds })}</p>
    </>
  )
}

function CallThroughBridge({ visit }: VisitPartProps) {
  const { t } = useTranslation("visit")
  const { communityId, linkId } = visit
  const [from, setFrom] = useState("")
  const arranged = useMutation({
    mutationFn: () => call(callOnVisit, { params: { communityId, linkId }, body: { from } }),
    gcTime: 0,
  })
  if (arranged.data !== undefined) {
    return (
      <p role="status">
        {t("callNumber")}{" "}
        <a className="hd-visit-number" href={`tel:${arranged.data.number}`}>
          {arranged.data.number}
        </a>{" "}
        <span className="hd-faint">{t("callUntil", { at: showInstant(arranged.data.until).slice(-5) })}</span>
      </p>
    )
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        arranged.mutate()
      }}
    >
      <label className="hd-visit-from">
        {t("callFrom")}
        <Input
          inputMode="tel"
          autoComplete="off"
          value={from}
          onChange={(event) => setFrom(event.target.value)}
        />
      </label>
      <Button
        type="primary"
        htmlType="submit"
        size="large"
        disabled={from.trim() === ""}
        loading={arranged.isPending}
      >
        {t("call")}
      </Button>
      <p className="hd-faint">{t("callHint")}</p>
      <RefusalAlert error={arranged.error} />
    </form>
  )
}
