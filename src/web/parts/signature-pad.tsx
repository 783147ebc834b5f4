import { type PointerEvent, useRef, useState } from "react"
import { useTranslation } from "react-i18next"
import "./signature-pad.css"

export interface SignaturePadProps {
  /** Base64 of a PNG once something is drawn; `null` while it is empty. */
  readonly onChange: (png: string | null) => void
}

const size = { width: 600, height: 200 }

/** A name drawn with finger, pen or mouse. It stays in this page until it is sent. */
export function SignaturePad({ onChange }: SignaturePadProps) {
  const { t } = useTranslation("consent")
  const canvas = useRef<HTMLCanvasElement>(null)
  const isDown = useRef(false)
  const [isEmpty, setEmpty] = useState(true)
  const draw = (event: PointerEvent<HTMLCanvasElement>, isStart: boolean) => {
    const pen = canvas.current?.getContext("2d")
    if (!pen || !isDown.current) return
    const box = event.currentTarget.getBoundingClientRect()
    const x = ((event.clientX - box.left) * size.width) / box.width
    const y = ((event.clientY - box.top) * size.height) / box.height
    if (isStart) pen.beginPath()
    Object.assign(pen, { lineWidth: 3, lineCap: "round", lineJoin: "round", strokeStyle: "#1d2b33" })
    if (isStart) pen.moveTo(x, y)
    pen.lineTo(x, y)
    pen.stroke()
  }
  const lift = () => {
    if (!isDown.current) return
    isDown.current = false
    setEmpty(false)
    onChange(base64Of(canvas.current))
  }
  const clear = () => {
    canvas.current?.getContext("2d")?.clearRect(0, 0, size.width, size.height)
    setEmpty(true)
    onChange(null)
  }
  return (
    <div className="hd-signature">
      <canvas
        ref={canvas}
        {...size}
        role="img"
        aria-label={t("sign.label")}
        onPointerDown={(event) => {
          isDown.current = true
          event.currentTarget.setPointerCapture(event.pointerId)
          draw(event, true)
        }}
        onPointerMove={(event) => draw(event, false)}
        onPointerUp={lift}
        onPointerCancel={lift}
      />
      <div className="hd-signature-bar">
        <span>{isEmpty ? t("sign.here") : t("sign.done")}</span>
        <button type="button" disabled={isEmpty} onClick={clear}>
          {t("sign.again")}
        </button>
      </div>
    </div>
  )
}

function base64Of(canvas: HTMLCanvasElement | null): string | null {
  return canvas?.toDataURL("image/png").split(",")[1] ?? null
}
