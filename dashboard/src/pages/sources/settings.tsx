import { Pause, Play, RefreshCw, Trash2 } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import type { Source } from '../../../../shared/logs/schema.ts'
import { api, fieldError, sentence } from '../../api.ts'
import { Button } from '../../ui/button.tsx'
import { Field, FieldError, TextInput, Unit } from '../../ui/field.tsx'
import { useGo } from '../../ui/link.tsx'
import { Panel } from '../../ui/panel.tsx'
import { Dialog } from '../../ui/sheet.tsx'
import { toast } from '../../ui/toast.tsx'
import { useWrite } from '../../write.ts'
import { methodNames } from './methods.ts'

type Change = Partial<Pick<Source, 'name' | 'retention_days' | 'metrics_retention_days' | 'ingesting_paused'>>

/** Name, how long it is kept, pause, token, delete. */
export function Keep({ source, writes }: { source: Source; writes: boolean }) {
  const [name, setName] = useState(source.name)
  const [days, setDays] = useState(String(source.retention_days))
  const [metricDays, setMetricDays] = useState(String(source.metrics_retention_days))
  const [asking, setAsking] = useState<'rotate' | 'delete' | null>(null)
  const go = useGo()
  const refresh = [['sources']]
  const change = useWrite({
    send: (patch: Change) => api.patch<Source>(`/api/logs/sources/${source.id}`, patch),
    atOnce: (patch, put) => put<Source>(['sources', 'one', source.id], (old) => ({ ...old, ...patch })),
    refresh,
  })
  const rotate = useWrite({
    send: () => api.post<Source>(`/api/logs/sources/${source.id}/rotate-token`),
    done: () => {
      setAsking(null)
      toast('The token is new. The old one stops within 60 s.')
    },
    refresh,
  })
  const remove = useWrite({
    send: () => api.delete(`/api/logs/sources/${source.id}`),
    done: () => {
      toast(`Deleted ${source.name}`)
      go('/sources')
    },
    refresh: [['sources']],
  })
  const save = (e: FormEvent) => {
    e.preventDefault()
    change.mutate(
      { name: name.trim(), retention_days: Number(days), metrics_retention_days: Number(metricDays) },
      { onSuccess: () => toast('Saved') },
    )
  }
  const pause = () => {
    const paused = !source.ingesting_paused
    change.mutate(
      { ingesting_paused: paused },
      {
        onSuccess: () =>
          toast(paused ? 'Paused: what it sends is refused' : 'It is heard again', {
            undo: () => change.mutate({ ingesting_paused: !paused }),
          }),
      },
    )
  }
  const same = name.trim() === source.name && days === String(source.retention_days) && metricDays === String(source.metrics_retention_days)
  const unnamed =
    change.error !== null && !['name', 'retention_days', 'metrics_retention_days'].some((path) => fieldError(change.error, path))
  if (!writes)
    return (
      <Panel title="Source">
        <p className="px-3.5 py-2.5 text-12 text-text-2">
          {methodNames[source.ingestion_method]}, logs are kept for {source.retention_days} days. Your role does not change sources.
        </p>
      </Panel>
    )
  return (
    <Panel title="Source" sub={methodNames[source.ingestion_method]}>
      <form onSubmit={save} noValidate className="grid gap-3 px-3.5 pt-3 pb-3.5">
        <Field label="Name" error={fieldError(change.error, 'name')}>
          {(aria) => <TextInput {...aria} value={name} maxLength={100} onChange={(e) => setName(e.target.value)} />}
        </Field>
        <Field label="Logs and traces are kept for" error={fieldError(change.error, 'retention_days')}>
          {(aria) => <Unit {...aria} unit="days" value={days} onChange={(e) => setDays(e.target.value.replace(/\D/g, ''))} />}
        </Field>
        <Field label="Metrics are kept for" error={fieldError(change.error, 'metrics_retention_days')}>
          {(aria) => <Unit {...aria} unit="days" value={metricDays} onChange={(e) => setMetricDays(e.target.value.replace(/\D/g, ''))} />}
        </Field>
        {unnamed && (
          <div role="alert">
            <FieldError>{sentence(change.error)}</FieldError>
          </div>
        )}
        <div>
          <Button type="submit" disabled={same || !name.trim() || !days || !metricDays} busy={change.isPending}>
            Save
          </Button>
        </div>
      </form>
      <div className="flex flex-wrap gap-2 border-t border-line-soft px-3.5 py-3">
        <Button icon={source.ingesting_paused ? Play : Pause} onClick={pause}>
          {source.ingesting_paused ? 'Go on' : 'Pause'}
        </Button>
        <Button icon={RefreshCw} onClick={() => setAsking('rotate')}>
          New token
        </Button>
        <Button kind="danger" icon={Trash2} onClick={() => setAsking('delete')}>
          Delete source
        </Button>
      </div>
      {asking === 'rotate' && (
        <Dialog
          title={`Replace the token of ${source.name}?`}
          onClose={() => setAsking(null)}
          consequence={rotate.error ? <span role="alert">{sentence(rotate.error)}</span> : undefined}
          buttons={
            <>
              <Button onClick={() => setAsking(null)}>Cancel</Button>
              <Button kind="primary" busy={rotate.isPending} onClick={() => rotate.mutate(undefined)}>
                Replace token
              </Button>
            </>
          }
        >
          <p className="text-text-2">Whatever sends with the old token is refused within 60 s, until it has the new one.</p>
        </Dialog>
      )}
      {asking === 'delete' && (
        <Dialog
          title={`Delete ${source.name} and everything it sent?`}
          onClose={() => setAsking(null)}
          consequence={remove.error ? <span role="alert">{sentence(remove.error)}</span> : undefined}
          buttons={
            <>
              <Button onClick={() => setAsking(null)}>Cancel</Button>
              <Button kind="danger" busy={remove.isPending} onClick={() => remove.mutate(undefined)}>
                Delete source
              </Button>
            </>
          }
        >
          <p className="text-text-2">Its logs, traces and metrics are deleted, its token stops. This cannot be undone.</p>
        </Dialog>
      )}
    </Panel>
  )
}
