import { useTranslation } from "react-i18next"
import type { ApplicationDetail } from "../../../lifecycle/apply/contract.ts"
import { Signature, Step } from "../../parts/four-steps.tsx"
import { useWords } from "../../parts/use-words.ts"
import { When } from "../../parts/when.tsx"

/** The four records: applied, each signature in its order, looks, the end. Clause 4.2. */
export function ApplicationSteps({ application }: { readonly application: ApplicationDetail }) {
  const parts = useTranslation("parts").t
  const { t } = useTranslation("applications")
  const { applied, signed, posts, registered, ended } = application
  const isDecided = signed.length > 0 && (signed.length === posts.length || application.nextPost === null)
  return (
    <ol className="hd-steps">
      <Step title={parts("steps.applied")} done>
        <Signature sign={applied} />
      </Step>
      <Step title={parts("steps.decided")} done={isDecided} begun>
        <Signatures application={application} />
      </Step>
      <Step title={parts("steps.registered")} done={registered.length > 0}>
        <p className="hd-step-word">{parts("steps.looks", { count: registered.length })}</p>
      </Step>
      <Step title={parts("steps.archived")} done={ended !== null}>
        {ended && (
          <>
            <p className="hd-step-word">{t(`ends.${ended.reason}`)}</p>
            <Signature sign={ended} />
          </>
        )}
      </Step>
    </ol>
  )
}

function Signatures({ application }: { readonly application: ApplicationDetail }) {
  const { t } = useTranslation("applications")
  const word = useWords()
  const { signed, nextPost } = application
  return (
    <>
      {signed.map((one) => (
        <p key={one.step}>
          <span className="hd-step-word">
            {word("posts", one.post)} · {t(`sign.${one.verdict}`)}
          </span>{" "}
          {one.by.name}
          {one.insteadOf !== null && `（${t("sign.insteadOf", { name: one.insteadOf })}）`}
          {one.reason !== null && `：${t(`reasons.${one.reason}`)}`}
          <br />
          <When at={one.at} seconds />
        </p>
      ))}
      {nextPost !== null && (
        <p className="hd-faint">{t("sign.waiting", { post: word("posts", nextPost) })}</p>
      )}
    </>
  )
}
