import { useQuery } from "@tanstack/react-query"
import { App, Button, Input } from "antd"
import { toDataURL } from "qrcode"
import { useTranslation } from "react-i18next"

export interface LinkOnceProps {
  readonly name: string
  /** The whole link; its secret stands behind the #. */
  readonly address: string
}

/** The link as a code to scan and a text to copy; gone when the page is left. */
export function LinkOnce({ name, address }: LinkOnceProps) {
  const { t } = useTranslation("visit")
  const { message } = App.useApp()
  const drawn = useQuery({
    queryKey: ["visit-code", address],
    queryFn: () => toDataURL(address, { margin: 1 }),
    gcTime: 0,
  })
  const copy = () =>
    navigator.clipboard.writeText(address).then(
      () => void message.success(t("link.copied")),
      // Not allowed by the browser: the text below can be marked and copied by hand.
      () => undefined,
    )
  return (
    <div className="hd-link-once">
      {drawn.data !== undefined && <img alt={t("link.code")} src={drawn.data} />}
      <div>
        <p role="status">{t("link.once", { name })}</p>
        <Input.TextArea
          aria-label={t("link.title")}
          readOnly
          autoSize
          value={address}
          onFocus={(event) => event.target.select()}
        />
        <Button onClick={() => void copy()}>{t("link.copy")}</Button>
      </div>
    </div>
  )
}
