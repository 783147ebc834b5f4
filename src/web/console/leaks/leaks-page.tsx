import { useMutation } from "@tanstack/react-query"
import { Button, Form, Input, Upload } from "antd"
import { useTranslation } from "react-i18next"
import { traceLeakFile, traceLeakText } from "../../../lifecycle/export/leak-contract.ts"
import { call, upload } from "../../client.ts"
import { Icon } from "../../parts/icon.tsx"
import { Page } from "../../parts/page.tsx"
import { RefusalAlert } from "../../parts/refusal-alert.tsx"
import { useCommunity } from "../../parts/use-community.ts"
import { Decoys } from "./decoys.tsx"
import { LeakResult } from "./leak-result.tsx"
import "../exports/exports.css"

/** From a list that turned up to copies and accounts; below, the decoys. Clauses 4.7, 8.4. */
export function LeaksPage() {
  const { t } = useTranslation("leaks")
  const { communityId } = useCommunity()
  const trace = useMutation({
    mutationFn: (sample: string | File) =>
      typeof sample === "string"
        ? call(traceLeakText, { params: { communityId }, body: { text: sample } })
        : upload(traceLeakFile, { params: { communityId } }, { file: sample }),
  })
  return (
    <Page title={t("title")} hint={t("hint")} personal>
      <Form<{ text: string }>
        className="hd-leak-form"
        layout="vertical"
        requiredMark={false}
        disabled={trace.isPending}
        onFinish={({ text }) => trace.mutate(text)}
      >
        <Form.Item
          name="text"
          label={t("sample")}
          extra={t("sampleHint")}
          rules={[{ required: true, message: t("decoys.missing") }]}
        >
          <Input.TextArea rows={8} maxLength={400_000} placeholder={t("placeholder")} spellCheck={false} />
        </Form.Item>
        <div className="hd-export-acts">
          <Button type="primary" htmlType="submit" loading={trace.isPending}>
            {t("trace")}
          </Button>
          <Upload
            accept=".xlsx,.xls,.csv"
            multiple={false}
            showUploadList={false}
            // The console sends the file itself; `false` keeps the component from doing so.
            beforeUpload={(file) => {
              trace.mutate(file)
              return false
            }}
          >
            <Button icon={<Icon name="upload" />}>{t("upload")}</Button>
          </Upload>
        </div>
      </Form>
      <div aria-live="polite">
        <RefusalAlert error={trace.error} />
        {trace.data && <LeakResult traced={trace.data} />}
      </div>
      <Decoys />
    </Page>
  )
}
