import { Form } from "antd"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { readScan } from "../../parts/scan-image.ts"

const largestPdf = 650_000

/** Base64 of a picture made small, or of a PDF as it is. */
async function readPaper(file: File): Promise<string | undefined> {
  if (file.type !== "application/pdf") return readScan(file)
  if (file.size > largestPdf) return undefined
  const bytes = new Uint8Array(await file.arrayBuffer())
  return btoa(Array.from(bytes, (byte) => String.fromCodePoint(byte)).join(""))
}

export interface PaperInputProps {
  readonly id: string
  readonly label: string
  readonly extra?: string
  readonly onChange: (base64: string | undefined) => void
}

/** A photo or PDF of a paper. */
export function PaperInput({ id, label, extra, onChange }: PaperInputProps) {
  const { t } = useTranslation("parties")
  const [isWrong, setWrong] = useState(false)
  const take = async (file: File | undefined) => {
    const read = file === undefined ? undefined : await readPaper(file)
    setWrong(file !== undefined && read === undefined)
    onChange(read)
  }
  return (
    <Form.Item
      label={label}
      htmlFor={id}
      extra={extra}
      {...(isWrong ? { help: t("paper.wrong"), validateStatus: "error" } : {})}
    >
      <input
        id={id}
        type="file"
        accept="image/png,image/jpeg,application/pdf"
        onChange={(event) => void take(event.target.files?.[0])}
      />
    </Form.Item>
  )
}
