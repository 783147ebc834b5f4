import { useNavigate } from "@tanstack/react-router"
import { Button, Modal } from "antd"
import { useEffect, useState } from "react"
import { useTranslation } from "react-i18next"
import { useMaybeCommunity } from "../parts/use-community.ts"
import { paths } from "../paths.ts"
import { type Chord, chordReader } from "./chord.ts"
import { closedTo } from "./menu-pages.ts"

const pages = { "g o": "owners", "g w": "orders", "g u": "uses", "g t": "traces" } as const
const shown = ["/", "?", "g o", "g w", "g u", "g t", "Esc"] as const
const texts = {
  "/": "search",
  "?": "help",
  "g o": "owners",
  "g w": "orders",
  "g u": "uses",
  "g t": "traces",
  Esc: "close",
} as const satisfies Record<(typeof shown)[number], string>

/** The keyboard: `/` search, `?` this list, `g` and a letter for a page. Silent while somebody types. */
export function Keys() {
  const { t } = useTranslation("shell")
  const [open, setOpen] = useState(false)
  useChords((chord) => chord === "?" && setOpen(true))
  return (
    <>
      <Button
        type="text"
        className="hd-keys"
        aria-label={t("user.keys")}
        title={t("user.keys")}
        onClick={() => setOpen(true)}
      >
        <kbd>?</kbd>
      </Button>
      <Modal open={open} title={t("keys.title")} footer={null} width={360} onCancel={() => setOpen(false)}>
        <dl className="hd-keys-list">
          {shown.map((chord) => (
            <div key={chord}>
              <dt>
                {chord.split(" ").map((key) => (
                  <kbd key={key}>{key}</kbd>
                ))}
              </dt>
              <dd>{t(`keys.${texts[chord]}`)}</dd>
            </div>
          ))}
        </dl>
      </Modal>
    </>
  )
}

function useChords(onChord: (chord: Chord) => void): void {
  const navigate = useNavigate()
  const reach = useMaybeCommunity()
  const [read] = useState(chordReader)
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return
      const chord = read(event.key, event.timeStamp)
      if (chord === null) return
      event.preventDefault()
      if (chord === "/") focusSearch()
      else if (chord !== "?" && reach !== null && closedTo(pages[chord], reach) === null) {
        void navigate({ to: paths[pages[chord]](reach.communityId) })
      }
      onChord(chord)
    }
    window.addEventListener("keydown", onKey)
    return () => window.removeEventListener("keydown", onKey)
  })
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && (target.isContentEditable || target.matches("input, textarea, select"))
  )
}

/** A page marks its search box with `data-search`, on the input or around it. */
function focusSearch(): void {
  const marked = document.querySelector<HTMLElement>("[data-search]")
  const input = marked?.matches("input") === true ? marked : marked?.querySelector<HTMLElement>("input")
  input?.focus()
}
