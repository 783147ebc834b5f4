import { useMutation } from "@tanstack/react-query"
import { App, Button, Modal, Segmented } from "antd"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import type { Language } from "../../../lifecycle/consent/consent-text.ts"
import type { ConsentText } from "../../../lifecycle/consent/contract.ts"
import { newId } from "../../new-id.ts"
import { Guard } from "../../parts/guard.tsx"
import { ReadText } from "../../parts/read-text.tsx"
import { RefusalAlert } from "../../parts/refusal-alert.tsx"
import { SignaturePad } from "../../parts/signature-pad.tsx"
import { Guardian, type GuardianSaid, noGuardian, PaperFields, type PaperSaid } from "./evidence-fields.tsx"
import { type Said, useRecord } from "./use-record.ts"

/** `asked`: at the desk, now; `paper`: signed before; `own`: the person came by themselves. */
export type Way = "asked" | "paper" | "own"

export interface AnswerDialogProps {
  readonly way: Way
  readonly personId: string
  readonly isMinor: boolean
  readonly text: ConsentText
  readonly onClose: () => void
}

/** The text as it is read, and the answer: yes with what shows it, or no, which needs nothing. Clauses 2.5, 2.6. */
export function AnswerDialog({ way, personId, isMinor, text, onClose }: AnswerDialogProps) {
  const { t, i18n } = useTranslation("consent")
  const [language, setLanguage] = useState<Language>(i18n.language === "en" ? "en" : "zh-CN")
  const [evidence, setEvidence] = useState<Shown | null>(null)
  const [guardian, setGuardian] = useState<GuardianSaid>(noGuardian)
  const answer = useAnswer(personId, text, onClose)
  const isPaper = way === "paper"
  const say = (kind: "given" | "refused") =>
    answer.mutate({
      kind,
      channel: isPaper ? "paper" : "desk",
      language,
      ownWish: way === "own",
      ...(evidence === null ? {} : { evidence }),
      ...(isMinor && isNamed(guardian) ? { guardian: { ...guardian, name: guardian.name.trim() } } : {}),
    })
  return (
    <Modal
      open
      title={t(`answer.titles.${way}`)}
      onCancel={onClose}
      footer={
        <Answers
          missing={missingOf({ isPaper, evidence, isGuarded: !isMinor || isNamed(guardian) })}
          isBusy={answer.isPending}
          onSay={say}
        />
      }
    >
      <p className="hd-faint">{t(`answer.hints.${way}`)}</p>
      <Segmented<Language>
        aria-label={t("answer.language")}
        value={language}
        onChange={setLanguage}
        options={[
          { value: "zh-CN", label: "中文" },
          { value: "en", label: "English" },
        ]}
      />
      <ReadText lang={language} text={text.words[language].rendered} />
      <p className="hd-faint">{t("answer.version", { version: text.version })}</p>
      {isMinor && <Guardian said={guardian} onChange={setGuardian} />}
      {isPaper ? (
        <PaperFields onChange={setEvidence} />
      ) : (
        <SignaturePad
          onChange={(signature) => setEvidence(signature === null ? null : { kind: "signature", signature })}
        />
      )}
      <RefusalAlert error={answer.error} />
    </Modal>
  )
}

/** What shows that the answer was given. */
type Shown = PaperSaid | { readonly kind: "signature"; readonly signature: string }

function isNamed({ name }: GuardianSaid): boolean {
  return name.trim() !== ""
}

/** What a yes still lacks. */
function missingOf({
  isPaper,
  evidence,
  isGuarded,
}: {
  isPaper: boolean
  evidence: Shown | null
  isGuarded: boolean
}): "needPaper" | "needSignature" | "needGuardian" | null {
  if (evidence === null) return isPaper ? "needPaper" : "needSignature"
  return isGuarded ? null : "needGuardian"
}

interface AnswersProps {
  readonly missing: ReturnType<typeof missingOf>
  readonly isBusy: boolean
  readonly onSay: (kind: "given" | "refused") => void
}

/** Side by side and of one size: a no is as easy as a yes. */
function Answers({ missing, isBusy, onSay }: AnswersProps) {
  const { t } = useTranslation("consent")
  return (
    <div className="hd-consent-answer">
      <Button loading={isBusy} onClick={() => onSay("refused")}>
        {t("answer.no")}
      </Button>
      <Guard reason={missing === null ? null : t(`answer.${missing}`)}>
        {(disabled) => (
          <Button type="primary" disabled={disabled} loading={isBusy} onClick={() => onSay("given")}>
            {t("answer.yes")}
          </Button>
        )}
      </Guard>
    </div>
  )
}

function useAnswer(personId: string, text: ConsentText, onClose: () => void) {
  const { t } = useTranslation("consent")
  const { message } = App.useApp()
  const record = useRecord(personId, text)
  // Made once: an answer that is sent again after a lost reply is the same one.
  const [ids] = useState(() => ({ given: newId(), refused: newId() }))
  return useMutation({
    mutationFn: (said: Said & { kind: "given" | "refused" }) => record({ ...said, eventId: ids[said.kind] }),
    onSuccess: (_, { kind }) => {
      message.success(t(`answer.done.${kind}`))
      onClose()
    },
    gcTime: 0,
  })
}
