import { useQuery } from "@tanstack/react-query"
import { toString as drawCode } from "qrcode"
import { useTranslation } from "react-i18next"
import { parseCheckpoint } from "../../ledger/checkpoint.ts"
import { parseNote } from "../../ledger/note.ts"
import { showInstant } from "../parts/when.tsx"
import { paths } from "../paths.ts"
import { Fingerprint } from "./fingerprint.tsx"
import { linkHash } from "./verify-link.ts"
import { weekOf } from "./week.ts"

export interface RootSheetProps {
  readonly community: string
  readonly origin: string
  /** The signed checkpoint. */
  readonly note: string
  /** Milliseconds. */
  readonly printedAt: number
}

/** One A4 page. */
export function RootSheet({ community, origin, note, printedAt }: RootSheetProps) {
  const { t } = useTranslation("verify")
  const { size, root } = parseCheckpoint(parseNote(note).text)
  const link = `${window.location.origin}${paths.verify()}#${linkHash({ kind: "sheet", text: note })}`
  return (
    <article className="hd-sheet" aria-label={t("root.heading")}>
      <header>
        <p>{community}</p>
        <h2>{t("root.heading")}</h2>
        <p>{t("root.week", weekOf(printedAt))}</p>
      </header>
      <dl>
        <dt>{t("root.date")}</dt>
        <dd>{showInstant(new Date(printedAt).toISOString())}</dd>
        <dt>{t("root.log")}</dt>
        <dd>
          <code>{origin}</code>
        </dd>
        <dt>{t("root.size")}</dt>
        <dd>{size}</dd>
        <dt>{t("root.root")}</dt>
        <dd>
          <Fingerprint root={root} />
        </dd>
        <dt>{t("root.note")}</dt>
        <dd>
          <pre>{note}</pre>
        </dd>
      </dl>
      <div className="hd-sheet-scan">
        <Code link={link} />
        <div>
          <p>{t("root.explain.what")}</p>
          <p>{t("root.explain.how")}</p>
          <p>{t("root.explain.privacy")}</p>
          <p className="hd-sheet-hand">{t("root.signature")}</p>
        </div>
      </div>
    </article>
  )
}

/** The code is a link too: what a phone reads can be followed on a screen. */
function Code({ link }: { readonly link: string }) {
  const { t } = useTranslation("verify")
  const drawn = useQuery({
    queryKey: ["code", link],
    queryFn: () => drawCode(link, { type: "svg", errorCorrectionLevel: "M", margin: 2 }),
    staleTime: Number.POSITIVE_INFINITY,
  })
  if (drawn.data === undefined) return null
  return (
    <a href={link}>
      <img alt={t("root.scan")} src={`data:image/svg+xml;base64,${btoa(drawn.data)}`} />
      <span>{t("root.scan")}</span>
    </a>
  )
}
