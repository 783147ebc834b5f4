import { Form, type FormInstance } from "antd"
import { useState } from "react"
import { judge, type KeptWords } from "../../parts/free-text.ts"
import type { Matter } from "./use-intake.ts"

/** What was decided about the text of an intake; it is not sent while something found is left undecided. Clause 2.9. */
export function useTextGuard(form: FormInstance<Matter>) {
  const text = Form.useWatch("text", form) ?? ""
  const [decided, setDecided] = useState<readonly KeptWords[]>([])
  const [isAsked, setAsked] = useState(false)
  return {
    text,
    decided,
    keep: (kept: KeptWords) => setDecided((before) => [...before, kept]),
    /** How many are left, once somebody tried to submit. */
    left: isAsked ? judge(text, decided).open.length : 0,
    submit: (matter: Matter, send: (whole: Matter) => void) => {
      // The server cuts blanks off: places are counted without them.
      const whole = matter.text.trim()
      const { open, kept } = judge(whole, decided)
      setAsked(open.length > 0)
      if (open.length === 0) send({ ...matter, text: whole, kept })
    },
  }
}
