import { ChevronLeft } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { api, fieldError, sentence } from '../../api.ts'
import { Button } from '../../ui/button.tsx'
import { Field, FieldError, Options, TextArea, TextInput } from '../../ui/field.tsx'
import { Menu } from '../../ui/menu.tsx'
import { useNow } from '../../ui/time.tsx'
import { toast } from '../../ui/toast.tsx'
import { useKeys } from '../../ui/use-keys.ts'
import { dayAndClock } from '../../words.ts'
import { useWrite } from '../../write.ts'
import { Links } from '../incidents/links.tsx'
import { type Affected, AffectedList } from './affected.tsx'
import { ConfirmPublish } from './confirm-publish.tsx'
import { Correct, DeleteReport } from './correct.tsx'
import type { Component } from './draft.ts'
import { fromLocal } from './local-time.ts'
import type { Report, StatusPage, Update } from './queries.ts'
import { affectedWords, nextStep, statusWord, steps } from './report-words.ts'
import { ReportPill } from './reports.tsx'

type Props = { page: StatusPage; report: Report; components: readonly Component[]; mayWrite: boolean; onClose: () => void }

/** A report with everything said so far, newest first, and the place to say the next thing. */
export function OneReport({ page, report, components, mayWrite, onClose }: Props) {
  const zone = page.timezone
  const now = useNow(60_000)
  const [asking, setAsking] = useState<'delete' | Update | null>(null)
  return (
    <>
      <div className="flex flex-wrap items-center gap-2 border-b border-line-soft px-2 py-1.5">
        <Button kind="ghost" icon={ChevronLeft} aria-label="All reports" onClick={onClose} />
        <h2 className="min-w-0 flex-1 font-semibold [overflow-wrap:anywhere]">{report.title}</h2>
        <ReportPill report={report} />
        {mayWrite && <Menu quiet items={[{ label: 'Delete report', danger: true, run: () => setAsking('delete') }]} />}
      </div>
      {mayWrite && report.phase !== 'over' && <NextUpdate page={page} report={report} components={components} />}
      <p className="px-3.5 pt-2.5 text-12 text-text-3">Said so far, {zone}</p>
      <ol aria-label="Updates, newest first">
        {report.updates.map((u) => (
          <li
            key={u.id}
            className="grid grid-cols-[112px_minmax(0,1fr)_auto] gap-x-3 border-b border-line-soft px-3.5 py-2.5 last:border-b-0 phone:grid-cols-[minmax(0,1fr)_auto]"
          >
            <time dateTime={u.published_at} className="text-12 leading-5 text-text-3 phone:col-start-1">
              {dayAndClock(Date.parse(u.published_at), zone, now)}
            </time>
            <div className="min-w-0 phone:col-start-1">
              <b className="font-550">{statusWord(u.status)}</b>
              <p className="whitespace-pre-wrap text-text-2 [overflow-wrap:anywhere]">
                <Links text={u.message} />
              </p>
            </div>
            {mayWrite && (
              <Button kind="ghost" className="phone:col-start-2 phone:row-start-1" onClick={() => setAsking(u)}>
                Correct
              </Button>
            )}
          </li>
        ))}
        {!report.updates.length && <li className="px-3.5 py-3 text-text-3">Nothing was said in words yet.</li>}
      </ol>
      {asking === 'delete' && <DeleteReport page={page} report={report} onClose={() => setAsking(null)} onDone={onClose} />}
      {asking && asking !== 'delete' && <Correct page={page} report={report} update={asking} onClose={() => setAsking(null)} />}
    </>
  )
}

function NextUpdate({ page, report, components }: Pick<Props, 'page' | 'report' | 'components'>) {
  const [status, setStatus] = useState<Report['status']>(() => nextStep(report.type, report.status))
  const [message, setMessage] = useState('')
  const [affected, setAffected] = useState<Affected>(report.affected)
  const [nextBy, setNextBy] = useState('')
  const [tried, setTried] = useState(false)
  const [confirming, setConfirming] = useState(false)
  const at = nextBy ? fromLocal(nextBy, page.timezone) : null
  const publish = useWrite({
    send: () =>
      api.post(`/api/status-pages/${page.id}/reports/${report.id}/updates`, {
        message: message.trim(),
        status,
        affected,
        next_update_at: at === null ? null : new Date(at).toISOString(),
      }),
    done: () => {
      toast('Update published', { view: page.url })
      setMessage('')
      setTried(false)
      setStatus(nextStep(report.type, status))
    },
    refresh: [['status-page', page.id], ['status-pages']],
  })
  const ask = (e?: FormEvent) => {
    e?.preventDefault()
    setTried(true)
    if (message.trim()) setConfirming(true)
  }
  useKeys([{ keys: 'mod+enter', label: 'Publish the update', group: 'This page', run: () => ask() }])
  const named = affected.map((a) => ({ ...a, name: components.find((c) => c.id === a.resource_id)?.name ?? '' }))
  return (
    <>
      <form id="update" onSubmit={ask} noValidate className="grid grid-cols-[minmax(0,1fr)] gap-3.5 p-3.5">
        <Options
          legend="What we do now"
          type="radio"
          options={steps[report.type].map(([value, label]) => ({ value, label }))}
          chosen={[status]}
          onChange={([next]) => setStatus(next as Report['status'])}
          error={fieldError(publish.error, 'status')}
        />
        <Field
          label="What you tell them"
          aside="plain text, links become links"
          error={tried && !message.trim() ? 'What people should know, in a sentence or two' : fieldError(publish.error, 'message')}
        >
          {(aria) => <TextArea {...aria} rows={3} maxLength={5000} value={message} onChange={(e) => setMessage(e.target.value)} />}
        </Field>
        <AffectedList
          type={report.type}
          components={components}
          affected={affected}
          onChange={setAffected}
          error={fieldError(publish.error, 'affected')}
        />
        <Field
          label={`Next update by, ${page.timezone}`}
          aside="optional"
          error={fieldError(publish.error, 'next_update_at')}
          className="max-w-80"
        >
          {(aria) => <TextInput {...aria} type="datetime-local" value={nextBy} onChange={(e) => setNextBy(e.target.value)} />}
        </Field>
        {publish.error != null && <FieldError>{sentence(publish.error)}</FieldError>}
      </form>
      <div className="flex items-center justify-end gap-2 border-y border-line-soft px-3.5 py-2.5">
        <Button kind="primary" type="submit" form="update" keys="mod+enter">
          Publish update
        </Button>
      </div>
      {confirming && (
        <ConfirmPublish
          page={page}
          title="Publish this update?"
          verb="Publish update"
          text={`“${statusWord(status)}”${named.length ? `, ${affectedWords(named)},` : ''}`}
          busy={publish.isPending}
          onClose={() => setConfirming(false)}
          onPublish={() => publish.mutate(undefined, { onSettled: () => setConfirming(false) })}
        />
      )}
    </>
  )
}
