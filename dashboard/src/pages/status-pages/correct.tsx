import { type FormEvent, useState } from 'react'
import { api, fieldError, sentence } from '../../api.ts'
import { Button } from '../../ui/button.tsx'
import { Field, Select, TextArea } from '../../ui/field.tsx'
import { Dialog } from '../../ui/sheet.tsx'
import { SubmitKey } from '../../ui/submit-key.tsx'
import { toast } from '../../ui/toast.tsx'
import { useWrite } from '../../write.ts'
import { addressOf, type Report, type StatusPage, type Update } from './queries.ts'
import { steps } from './report-words.ts'

/** Puts an update's words right, or takes it away. Its time stays. */
export function Correct({ page, report, update, onClose }: { page: StatusPage; report: Report; update: Update; onClose: () => void }) {
  const path = `/api/status-pages/${page.id}/reports/${report.id}/updates/${update.id}`
  const refresh = [['status-page', page.id], ['status-pages']]
  const [message, setMessage] = useState(update.message)
  const [status, setStatus] = useState(update.status)
  const save = useWrite({
    send: () => api.patch(path, { message: message.trim(), status }),
    done: () => {
      toast('Corrected')
      onClose()
    },
    refresh,
  })
  const remove = useWrite({
    send: () => api.delete(path),
    done: () => {
      toast('Update taken away')
      onClose()
    },
    refresh,
  })
  const submit = (e?: FormEvent) => {
    e?.preventDefault()
    if (message.trim() && !save.isPending) save.mutate(undefined)
  }
  const error = save.error ?? remove.error
  return (
    <Dialog
      title="Correct this update"
      onClose={onClose}
      dirty={message !== update.message}
      consequence={
        error != null ? (
          <span role="alert" className="text-down">
            {sentence(error)}
          </span>
        ) : (
          'It keeps its time'
        )
      }
      buttons={
        <>
          <Button kind="danger" busy={remove.isPending} onClick={() => remove.mutate(undefined)}>
            Take away
          </Button>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" type="submit" form="correct" keys="mod+enter" busy={save.isPending}>
            Correct
          </Button>
        </>
      }
    >
      <SubmitKey label="Correct" run={submit} />
      <form id="correct" onSubmit={submit} noValidate className="grid grid-cols-[minmax(0,1fr)] gap-3.5">
        <Field label="What we did then" error={fieldError(save.error, 'status')}>
          {(aria) => (
            <Select {...aria} value={status} onChange={(e) => setStatus(e.target.value as Update['status'])}>
              {steps[report.type].map(([value, words]) => (
                <option key={value} value={value}>
                  {words}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field label="What you told them" error={message.trim() ? fieldError(save.error, 'message') : 'What people should know'}>
          {(aria) => <TextArea {...aria} rows={5} maxLength={5000} value={message} onChange={(e) => setMessage(e.target.value)} />}
        </Field>
      </form>
    </Dialog>
  )
}

export function DeleteReport({
  page,
  report,
  onClose,
  onDone,
}: {
  page: StatusPage
  report: Report
  onClose: () => void
  onDone: () => void
}) {
  const remove = useWrite({
    send: () => api.delete(`/api/status-pages/${page.id}/reports/${report.id}`),
    done: () => {
      toast('Report deleted')
      onDone()
    },
    refresh: [['status-page', page.id], ['status-pages']],
  })
  return (
    <Dialog
      title={`Delete “${report.title}”?`}
      onClose={onClose}
      consequence={remove.error != null && <span role="alert">{sentence(remove.error)}</span>}
      buttons={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="danger" busy={remove.isPending} onClick={() => remove.mutate(undefined)}>
            Delete report
          </Button>
        </>
      }
    >
      <p className="text-text-2">
        It disappears from {addressOf(page)} and its feeds, with{' '}
        {report.updates.length === 1 ? 'its update' : `its ${report.updates.length} updates`}. Components say again what is measured.
      </p>
    </Dialog>
  )
}
