import { Button, Modal, Typography } from "antd"
import { useTranslation } from "react-i18next"

export interface FirstPassword {
  readonly name: string
  readonly login: string
  readonly password: string
}

export interface FirstPasswordDialogProps {
  readonly first: FirstPassword
  readonly onClose: () => void
}

/** Shown once: the server keeps only a hash. A click beside the dialog does not close it. */
export function FirstPasswordDialog({ first, onClose }: FirstPasswordDialogProps) {
  const { t } = useTranslation("people")
  return (
    <Modal
      open
      title={t("firstPassword.title")}
      closable={false}
      mask={{ closable: false }}
      keyboard={false}
      width={420}
      footer={
        <Button type="primary" onClick={onClose}>
          {t("firstPassword.close")}
        </Button>
      }
    >
      <p>{t("firstPassword.text", { name: first.name })}</p>
      <dl className="hd-facts">
        <div>
          <dt>{t("firstPassword.login")}</dt>
          <dd>
            <code>{first.login}</code>
          </dd>
        </div>
        <div>
          <dt>{t("firstPassword.password")}</dt>
          <dd>
            <Typography.Text code copyable className="hd-secret">
              {first.password}
            </Typography.Text>
          </dd>
        </div>
      </dl>
    </Modal>
  )
}
