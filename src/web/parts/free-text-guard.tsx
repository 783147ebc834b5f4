import { Alert, Button, Dropdown } from "antd"
import { useTranslation } from "react-i18next"
import type { Finding } from "../../lifecycle/text/finding.ts"
import { keepReasons } from "../../lifecycle/text/kept.ts"
import { maskFinding } from "../../lifecycle/text/mask-text.ts"
import { judge, type KeptWords, replaced, wordsOf } from "./free-text.ts"
import "./free-text.css"

export type Target = "phone" | "plate"

export interface FreeTextGuardProps {
  readonly text: string
  readonly decided: readonly KeptWords[]
  /** Fields of the form that a finding can be moved to. */
  readonly targets: readonly Target[]
  readonly onText: (text: string) => void
  readonly onMove: (target: Target, value: string, text: string) => void
  readonly onKeep: (kept: KeptWords) => void
}

/** Shows what was found in a text while it is typed, and what may be done with each. Clause 2.9. */
export function FreeTextGuard(props: FreeTextGuardProps) {
  const { t } = useTranslation("text")
  // Not deferred: 2,000 characters take a millisecond, and an act must hit the text as it stands.
  const { open } = judge(props.text, props.decided)
  return (
    <div role="status" aria-live="polite" className="hd-free-text">
      {open.length > 0 && (
        <Alert
          type="warning"
          showIcon
          title={t("found")}
          description={
            <>
              <p className="hd-faint">{t("foundHint")}</p>
              <ul>
                {open.map((finding) => (
                  <Found key={`${finding.kind} ${finding.start}`} {...props} finding={finding} />
                ))}
              </ul>
            </>
          }
        />
      )}
    </div>
  )
}

/** A landline is a phone to call back on. */
const targetOf: Readonly<Partial<Record<Finding["kind"], Target>>> = {
  phone: "phone",
  landline: "phone",
  plate: "plate",
}

function Found({
  text,
  finding,
  targets,
  onText,
  onMove,
  onKeep,
}: FreeTextGuardProps & { readonly finding: Finding }) {
  const { t } = useTranslation("text")
  const { kind, value } = finding
  const words = wordsOf(text, finding)
  const target = targets.find((one) => one === targetOf[kind])
  const keep = {
    items: keepReasons.map((reason) => ({ key: reason, label: t(`reasons.${reason}`) })),
    onClick: ({ key }: { readonly key: string }) => {
      const reason = keepReasons.find((one) => one === key)
      if (reason !== undefined) onKeep({ kind, words, reason })
    },
  }
  return (
    <li aria-label={t(`kinds.${kind}`)}>
      <span>
        {t(`kinds.${kind}`)} <mark>{words}</mark>
      </span>
      <span className="hd-free-text-acts">
        {target !== undefined && value !== null && (
          <Button
            size="small"
            type="primary"
            onClick={() => onMove(target, value, replaced(text, finding, t(`seen.${target}`)))}
          >
            {t(`move.${target}`)}
          </Button>
        )}
        <Button size="small" onClick={() => onText(replaced(text, finding, maskFinding(finding)))}>
          {t("mask")}
        </Button>
        <Dropdown menu={keep} trigger={["click"]}>
          <Button size="small" aria-label={`${t("keep")}：${t(`kinds.${kind}`)}`}>
            {t("keep")} ▾
          </Button>
        </Dropdown>
      </span>
    </li>
  )
}
