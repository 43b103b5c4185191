import { type FormEvent, useState } from 'react'
import { api, fieldError, sentence } from '../../api.ts'
import { Button, Segmented } from '../../ui/button.tsx'
import { Field, FieldError, Options, TextArea, TextInput, Two } from '../../ui/field.tsx'
import { toast } from '../../ui/toast.tsx'
import { useKeys } from '../../ui/use-keys.ts'
import { useWrite } from '../../write.ts'
import { type Affected, AffectedList } from './affected.tsx'
import { ConfirmPublish } from './confirm-publish.tsx'
import type { Component } from './draft.ts'
import { fromLocal, toLocal } from './local-time.ts'
import type { Report, StatusPage } from './queries.ts'
import { affectedWords, saidFirst, steps } from './report-words.ts'

type Props = {
  page: StatusPage
  components: readonly Component[]
  prefilled: { title: string; monitor: string; since: string }
  onClose: () => void
  onDone: (report: Report) => void
}
const kinds = [
  ['incident', 'Incident'],
  ['maintenance', 'Maintenance'],
] as const

/** What happens, to what, what you do about it. Publishing asks once more: everybody can read it from then on. */
export function ReportForm({ page, components, prefilled, onClose, onDone }: Props) {
  const zone = page.timezone
  const [type, setType] = useState<Report['type']>('incident')
  const [title, setTitle] = useState(prefilled.title)
  const [status, setStatus] = useState<Report['status']>('investigating')
  const [message, setMessage] = useState('')
  const [starts, setStarts] = useState(() => toLocal(Date.parse(prefilled.since) || Date.now(), zone))
  const [endsAt, setEndsAt] = useState('')
  const [nextBy, setNextBy] = useState('')
  // what is down by measurement, or belongs to the incident one came from, is offered as affected
  const [affected, setAffected] = useState<Affected>(() =>
    components
      .filter((c) => c.monitor === prefilled.monitor || c.saved?.measured_status === 'downtime')
      .map((c) => ({ resource_id: c.id, status: saidFirst('incident', c.saved?.measured_status ?? 'unknown') })),
  )
  const [tried, setTried] = useState(false)
  const [confirming, setConfirming] = useState(false)
  const [key] = useState(() => crypto.randomUUID())

  const instant = (text: string) => (text ? fromLocal(text, zone) : null)
  const begins = instant(starts)
  const finishes = instant(endsAt)
  const errors = {
    title: title.trim() ? undefined : 'One line, for example Some card payments fail at checkout',
    message: message.trim() ? undefined : 'What people should know, in a sentence or two',
    starts: begins === null ? 'A date and a time' : undefined,
    ends: endsAt && (finishes === null || (begins !== null && finishes <= begins)) ? 'Later than it begins' : undefined,
  }
  const wrong = Object.values(errors).some(Boolean)
  const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString())
  const publish = useWrite({
    send: () =>
      api.post<Report>(
        `/api/status-pages/${page.id}/reports`,
        {
          title: title.trim(),
          type,
          status,
          message: message.trim(),
          starts_at: iso(begins),
          ends_at: type === 'maintenance' ? iso(finishes) : null,
          next_update_at: iso(instant(nextBy)),
          affected,
        },
        { key },
      ),
    done: (made) => {
      toast('Report published', { view: page.url })
      onDone(made)
    },
    refresh: [['status-page', page.id], ['status-pages']],
  })
  const kind = (next: Report['type']) => {
    setType(next)
    setStatus(steps[next][0][0])
    setAffected(
      affected.map((a) => ({
        ...a,
        status: saidFirst(next, components.find((c) => c.id === a.resource_id)?.saved?.measured_status ?? 'unknown'),
      })),
    )
  }
  const ask = (e?: FormEvent) => {
    e?.preventDefault()
    setTried(true)
    if (!wrong) setConfirming(true)
  }
  useKeys([{ keys: 'mod+enter', label: 'Publish the report', group: 'This page', run: () => ask() }])
  const shown = (name: keyof typeof errors, path: string) => (tried ? errors[name] : undefined) ?? fieldError(publish.error, path)
  const named = affected.map((a) => ({ ...a, name: components.find((c) => c.id === a.resource_id)?.name ?? '' }))

  return (
    <>
      <form id="report" onSubmit={ask} noValidate className="grid grid-cols-[minmax(0,1fr)] gap-3.5 p-3.5">
        <Segmented label="Kind" value={type} options={kinds} onChange={kind} className="justify-self-start" />
        <Field label="Title" error={shown('title', 'title')}>
          {(aria) => (
            <TextInput
              {...aria}
              big
              autoFocus
              maxLength={255}
              autoComplete="off"
              value={title}
              onChange={(e) => setTitle(e.target.value)}
            />
          )}
        </Field>
        <AffectedList
          type={type}
          components={components}
          affected={affected}
          onChange={setAffected}
          error={fieldError(publish.error, 'affected')}
        />
        <Options
          legend="What we do now"
          type="radio"
          options={steps[type].map(([value, label]) => ({ value, label }))}
          chosen={[status]}
          onChange={([next]) => setStatus(next as Report['status'])}
          error={fieldError(publish.error, 'status')}
        />
        <Field label="What you tell them" aside="plain text, links become links" error={shown('message', 'message')}>
          {(aria) => <TextArea {...aria} rows={4} maxLength={5000} value={message} onChange={(e) => setMessage(e.target.value)} />}
        </Field>
        <Two>
          <Field label={`${type === 'maintenance' ? 'Begins' : 'Began'}, ${zone}`} error={shown('starts', 'starts_at')}>
            {(aria) => <TextInput {...aria} type="datetime-local" value={starts} onChange={(e) => setStarts(e.target.value)} />}
          </Field>
          {type === 'maintenance' ? (
            <Field label={`Ends, ${zone}`} aside="optional" error={shown('ends', 'ends_at')}>
              {(aria) => <TextInput {...aria} type="datetime-local" value={endsAt} onChange={(e) => setEndsAt(e.target.value)} />}
            </Field>
          ) : (
            <Field label="Next update by" aside="optional" error={fieldError(publish.error, 'next_update_at')}>
              {(aria) => <TextInput {...aria} type="datetime-local" value={nextBy} onChange={(e) => setNextBy(e.target.value)} />}
            </Field>
          )}
        </Two>
        {publish.error != null && <FieldError>{sentence(publish.error)}</FieldError>}
      </form>
      <div className="flex flex-wrap items-center justify-end gap-2 border-t border-line-soft px-3.5 py-2.5">
        <span className="mr-auto text-12 text-text-3">
          {page.published ? 'Everybody can read it at once' : 'Nobody sees it until the page is published'}
        </span>
        <Button onClick={onClose}>Cancel</Button>
        <Button kind="primary" type="submit" form="report" keys="mod+enter">
          Publish report
        </Button>
      </div>
      {confirming && (
        <ConfirmPublish
          page={page}
          title="Publish this report?"
          verb="Publish report"
          text={`“${title.trim()}”${named.length ? `, ${affectedWords(named)},` : ''}`}
          busy={publish.isPending}
          onClose={() => setConfirming(false)}
          onPublish={() => publish.mutate(undefined, { onSettled: () => setConfirming(false) })}
        />
      )}
    </>
  )
}
