import { Alert, Button, DatePicker, Radio } from "antd"
import type { Dayjs } from "dayjs"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { type DraftDetail, signDraft } from "../../../lifecycle/catalogue/regime-desk-contract.ts"
import { call } from "../../client.ts"
import { Guard } from "../../parts/guard.tsx"
import { PathLink } from "../../parts/path-link.tsx"
import { RefusalAlert } from "../../parts/refusal-alert.tsx"
import { useCommunity } from "../../parts/use-community.ts"
import { When } from "../../parts/when.tsx"
import { paths } from "../../paths.ts"
import { useRegimeAccess } from "./regime-access.ts"
import { useRegimeWords } from "./regime-words.ts"
import { useDeskMove } from "./use-desk-move.ts"

interface DraftSignProps {
  readonly draft: DraftDetail
  readonly isDirty: boolean
}

/** The two signatures, and when it comes into force. Clause 2.3. */
export function DraftSign({ draft, isDirty }: DraftSignProps) {
  const { t } = useTranslation("regimeDesk")
  const { communityId } = useCommunity()
  const { isSigner } = useRegimeAccess()
  const words = useRegimeWords(draft.text)
  const [since, setSince] = useState<Dayjs | null>(null)
  const { draftId, change, signatures, state } = draft
  const sign = useDeskMove(() => {
    const activeSince = since === null ? null : since.toISOString()
    return call(signDraft, { params: { communityId, draftId }, body: { change, activeSince } })
  })
  const reason = isSigner ? null : t("onlySigner")
  const missing = draft.missing.map(({ purpose }) => words.purpose(purpose)).join("、")
  return (
    <>
      <p className="hd-faint">{t("signHint")}</p>
      {missing !== "" && (
        <Alert
          className="hd-refusal"
          type="warning"
          showIcon
          title={t("missing", { purposes: missing })}
          action={
            <PathLink to={paths.regime(communityId)} search={{ tab: "assessments" }}>
              {t("assess")}
            </PathLink>
          }
        />
      )}
      <Signatures of={signatures} />
      {state === "open" && signatures.length === 0 && <Hour since={since} onChange={setSince} />}
      {state === "open" && (
        <Guard reason={isDirty ? t("unsaved") : reason}>
          {(disabled) => (
            <Button type="primary" disabled={disabled} loading={sign.isPending} onClick={() => sign.mutate()}>
              {t("sign")}
            </Button>
          )}
        </Guard>
      )}
      <RefusalAlert error={sign.error} />
    </>
  )
}

/** Who signed, and for when. */
function Signatures({ of }: { readonly of: DraftDetail["signatures"] }) {
  const { t } = useTranslation("regimeDesk")
  const since = of[0]?.activeSince ?? null
  return (
    <>
      <dl className="hd-facts">
        {[1, 2].map((place) => {
          const found = of.find((one) => one.place === place)
          return (
            <div key={place}>
              <dt>{t(place === 1 ? "firstSignature" : "secondSignature")}</dt>
              <dd>
                {found === undefined ? (
                  <span className="hd-faint">{t("noSignature")}</span>
                ) : (
                  <>
                    {found.by.name} <When at={found.at} />
                  </>
                )}
              </dd>
            </div>
          )
        })}
      </dl>
      {of.length === 1 && (
        <p>
          {t("activeSince")}：{since === null ? t("atOnce") : <When at={since} />}
        </p>
      )}
    </>
  )
}

interface HourProps {
  readonly since: Dayjs | null
  readonly onChange: (since: Dayjs | null) => void
}

function Hour({ since, onChange }: HourProps) {
  const { t } = useTranslation("regimeDesk")
  const [isLater, setLater] = useState(false)
  const choose = (later: boolean) => {
    setLater(later)
    if (!later) onChange(null)
  }
  return (
    <p className="hd-legend">
      <Radio.Group
        value={isLater}
        onChange={({ target }) => choose(target.value === true)}
        options={[
          { value: false, label: t("atOnce") },
          { value: true, label: t("later") },
        ]}
      />
      {isLater && <DatePicker showTime aria-label={t("activeSince")} value={since} onChange={onChange} />}
    </p>
  )
}
