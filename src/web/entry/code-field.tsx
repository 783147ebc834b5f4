import { Form, Input } from "antd"

export interface CodeFieldProps {
  readonly label: string
  readonly hint?: string
}

/** The six digits of an authenticator app, as form field `code`. */
export function CodeField({ label, hint }: CodeFieldProps) {
  return (
    <Form.Item
      name="code"
      label={label}
      rules={[{ required: true, pattern: /^\d{6}$/, message: hint ?? label }]}
      {...(hint === undefined ? {} : { extra: hint })}
    >
      <Input
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- the field appears because it is what is asked next
        autoFocus
        className="hd-code"
        maxLength={6}
        inputMode="numeric"
        autoComplete="one-time-code"
        pattern="\d{6}"
      />
    </Form.Item>
  )
}
