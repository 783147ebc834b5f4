import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query"
import { App, Button, Form, Input, Modal, Tag } from "antd"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { listTraining, recordTraining, type Trained } from "../../../duty/stop/proposal-contract.ts"
import { ask, call } from "../../client.ts"
import { newId } from "../../new-id.ts"
import { Guard } from "../../parts/guard.tsx"
import { type ListColumn, ListPage } from "../../parts/list-page.tsx"
import { RefusalAlert } from "../../parts/refusal-alert.tsx"
import { useCommunity } from "../../parts/use-community.ts"
import { useSession } from "../../parts/use-session.ts"
import { useWords } from "../../parts/use-words.ts"
import { showInstant } from "../../parts/when.tsx"

/** Who is trained, until when; and recording that somebody passed. Clause 6.2. */
export function TrainingPage() {
  const { t } = useTranslation("stop")
  const { communityId } = useCommunity()
  const query = useQuery(ask(listTraining, { params: { communityId } }))
  const [chosen, setChosen] = useState<Trained>()
  return (
    <>
      <ListPage
        title={t("training.title")}
        hint={t("training.hint")}
        query={query}
        rows={(reply): readonly Trained[] => reply.staff}
        rowKey={(row) => row.staff.staffId}
        columns={useColumns(setChosen)}
        empty={{ title: t("training.none") }}
      />
      {chosen && <RecordDialog trained={chosen} onClose={() => setChosen(undefined)} />}
    </>
  )
}

function useColumns(onRecord: (row: Trained) => void): readonly ListColumn<Trained>[] {
  const { t } = useTranslation("stop")
  const word = useWords()
  const { staffId } = useSession()
  return [
    { key: "name", title: t("training.columns.name"), card: "title", render: (row) => row.staff.name },
    { key: "post", title: t("training.columns.post"), render: (row) => word("posts", row.staff.post) },
    { key: "since", title: t("training.columns.since"), render: (row) => row.since },
    { key: "course", title: t("training.columns.course"), render: (row) => row.course ?? "—" },
    {
      key: "until",
      title: t("training.columns.until"),
      card: "extra",
      render: (row) =>
        row.validUntil === null ? (
          <Tag>{t("training.missing")}</Tag>
        ) : (
          <>
            {row.validUntil}{" "}
            <Tag color={row.isValid ? "success" : "error"}>
              {t(row.isValid ? "training.valid" : "training.over")}
            </Tag>
          </>
        ),
    },
    {
      key: "act",
      title: t("training.columns.act"),
      render: (row) => (
        <Guard reason={row.staff.staffId === staffId ? t("training.own") : null}>
          {(disabled) => (
            <Button size="small" disabled={disabled} onClick={() => onRecord(row)}>
              {t("training.record")}
            </Button>
          )}
        </Guard>
      ),
    },
  ]
}

interface Pass {
  readonly course: string
  readonly passedOn: string
  readonly validUntil: string
}

interface RecordDialogProps {
  readonly trained: Trained
  readonly onClose: () => void
}

function RecordDialog({ trained: { staff }, onClose }: RecordDialogProps) {
  const { t } = useTranslation("stop")
  const [form] = Form.useForm<Pass>()
  const record = useRecord(staff.staffId, onClose)
  const required = { required: true, message: t("proposals.required") }
  const [{ today, nextYear }] = useState(usualDays)
  return (
    <Modal
      open
      title={t("training.dialog", { name: staff.name })}
      okText={t("training.save")}
      cancelText={t("training.cancel")}
      confirmLoading={record.isPending}
      onOk={form.submit}
      onCancel={onClose}
      width={420}
    >
      <Form<Pass>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ course: t("training.usual"), passedOn: today, validUntil: nextYear }}
        onFinish={(pass) => record.mutate(pass)}
      >
        <Form.Item name="course" label={t("training.course")} rules={[required]}>
          <Input maxLength={60} />
        </Form.Item>
        <Form.Item name="passedOn" label={t("training.passedOn")} rules={[required]}>
          <Input type="date" max={today} />
        </Form.Item>
        <Form.Item name="validUntil" label={t("training.validUntil")} rules={[required]}>
          <Input type="date" />
        </Form.Item>
      </Form>
      <RefusalAlert error={record.error} />
    </Modal>
  )
}

/** Today, and the same day a year on. */
function usualDays() {
  const today = showInstant(new Date().toISOString()).slice(0, 10)
  const nextYear = `${String(Number(today.slice(0, 4)) + 1)}${today.slice(4).replace("-02-29", "-02-28")}`
  return { today, nextYear }
}

function useRecord(staffId: string, onDone: () => void) {
  const { t } = useTranslation("stop")
  const { communityId } = useCommunity()
  const { message } = App.useApp()
  const client = useQueryClient()
  const [trainingId] = useState(newId)
  return useMutation({
    mutationFn: (pass: Pass) =>
      call(recordTraining, { params: { communityId }, body: { trainingId, staffId, ...pass } }),
    onSuccess: async () => {
      void message.success(t("training.saved"))
      onDone()
      await client.invalidateQueries({ queryKey: [listTraining.path] })
    },
  })
}
