import { useQuery } from "@tanstack/react-query"
import { toString as drawCode } from "qrcode"

export interface ScanCodeProps {
  readonly text: string
  readonly label: string
}

/** A QR code, drawn on this page. */
export function ScanCode({ text, label }: ScanCodeProps) {
  const drawn = useQuery({
    queryKey: ["code", text],
    queryFn: () => drawCode(text, { type: "svg", errorCorrectionLevel: "M", margin: 2 }),
    staleTime: Number.POSITIVE_INFINITY,
  })
  if (drawn.data === undefined) return null
  return <img className="hd-scan" alt={label} src={`data:image/svg+xml;base64,${btoa(drawn.data)}`} />
}
