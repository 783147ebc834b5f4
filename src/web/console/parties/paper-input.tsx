import { Button, Form, Upload } from "antd"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { Icon } from "../../parts/icon.tsx"
import { readScan } from "../../parts/scan-image.ts"

const largestPdf = 5_000_000

/** Base64 of a picture made small, or of a PDF as it is. */
async function readPaper(file: File): Promise<string | undefined> {
  if (file.type !== "application/pdf") return readScan(file)
  if (file.size > largestPdf) return undefined
  return base64Of(file)
}

/** Undefined when it cannot be read: it has been moved since it was chosen. */
function base64Of(file: File): Promise<string | undefined> {
  return new Promise((resolve) => {
    const reader = new FileReader()
    reader.onload = () => resolve(typeof reader.result === "string" ? reader.result.split(",")[1] : undefined)
    reader.onerror = () => resolve(undefined)
    reader.readAsDataURL(file)
  })
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
  const [name, setName] = useState<string>()
  const take = async (file: File) => {
    const read = await readPaper(file)
    setWrong(read === undefined)
    setName(read === undefined ? undefined : file.name)
    onChange(read)
  }
  return (
    <Form.Item
      label={label}
      htmlFor={id}
      extra={extra}
      {...(isWrong ? { help: t("paper.wrong"), validateStatus: "error" } : {})}
    >
      <Upload
        id={id}
        accept="image/png,image/jpeg,application/pdf"
        multiple={false}
        showUploadList={false}
        // The form sends the paper itself; `false` keeps the component from doing so.
        beforeUpload={(file) => {
          void take(file)
          return false
        }}
      >
        <Button icon={<Icon name="upload" />}>
          {t(name === undefined ? "paper.choose" : "paper.change")}
        </Button>
      </Upload>
      <span className="hd-paper-name" role="status">
        {name}
      </span>
    </Form.Item>
  )
}
