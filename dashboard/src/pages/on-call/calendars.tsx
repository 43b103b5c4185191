import { Copy } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { api, fieldError, sentence } from '../../api.ts'
import { Button } from '../../ui/button.tsx'
import { Field, Select, TextInput } from '../../ui/field.tsx'
import { Panel } from '../../ui/panel.tsx'
import { Ago } from '../../ui/time.tsx'
import { toast } from '../../ui/toast.tsx'
import { plural } from '../../words.ts'
import { useWrite } from '../../write.ts'
import { type Calendar, type Feed, type Schedule, useCalendars, useFeeds } from './queries.ts'

type Props = { schedule: Schedule; me: string; mayWrite: boolean; nameOf: (user: string) => string }

/** Our shifts in others' calendars, and others' calendars here. */
export const Calendars = (props: Props) => (
  <>
    <Feeds {...props} />
    <Imported {...props} />
  </>
)

function Feeds({ schedule, nameOf, me }: Props) {
  const feeds = useFeeds()
  const [made, setMade] = useState<Feed | null>(null)
  const make = useWrite({
    send: (body: { of: Feed['of']; id?: string }) => api.post<Feed>('/api/oncall/feeds', body),
    done: setMade,
    refresh: [['oncall', 'feeds']],
  })
  const revoke = useWrite({
    send: (id: string) => api.delete(`/api/oncall/feeds/${id}`),
    done: () => toast('Revoked: its address is nobody’s now'),
    refresh: [['oncall', 'feeds']],
  })
  const copy = (url: string) => void navigator.clipboard.writeText(url).then(() => toast('Copied'))
  const name = (f: Feed) =>
    f.of === 'team'
      ? 'Whole team'
      : f.of === 'person'
        ? f.ref === me
          ? 'My shifts'
          : nameOf(f.ref)
        : f.ref === schedule.id
          ? schedule.name
          : 'Another schedule'
  return (
    <Panel title="Calendar feed">
      <div className="grid gap-2.5 px-3.5 py-3">
        <div className="flex flex-wrap gap-1.5">
          <Button onClick={() => make.mutate({ of: 'schedule', id: schedule.id })}>This schedule</Button>
          <Button onClick={() => make.mutate({ of: 'person' })}>My shifts only</Button>
          <Button onClick={() => make.mutate({ of: 'team' })}>Whole team</Button>
        </div>
        {made?.url && (
          <div className="flex items-center gap-2 rounded-2 border border-line-soft bg-sunken py-1 pr-1 pl-2.5">
            <code className="min-w-0 flex-1 truncate font-mono text-12">{made.url}</code>
            <Button kind="ghost" icon={Copy} aria-label="Copy the address" onClick={() => copy(made.url!)} />
          </div>
        )}
        <p className="text-12 text-text-3">
          {made?.url ? 'Shown once. Whoever has the address can read it.' : 'Makes an address to subscribe to in any calendar program.'}
        </p>
        {make.error != null && <p role="alert" className="text-12 text-down">{sentence(make.error)}</p>}
        {(feeds.data ?? []).length > 0 && (
          <ul className="border-t border-line-soft pt-1.5">
            {feeds.data!.map((f) => (
              <li key={f.id} className="flex items-center gap-2 text-12">
                <span className="min-w-0 flex-1 truncate">
                  {name(f)}, by {nameOf(f.created_by)} <Ago at={f.created_at} />
                </span>
                <Button kind="ghost" onClick={() => revoke.mutate(f.id)}>
                  Revoke
                </Button>
              </li>
            ))}
          </ul>
        )}
      </div>
    </Panel>
  ) // biome-ignore format: a panel
}

function Imported({ me, mayWrite, nameOf }: Props) {
  const calendars = useCalendars()
  const [adding, setAdding] = useState(false)
  const remove = useWrite({ send: (id: string) => api.delete(`/api/oncall/calendars/${id}`), refresh: [['oncall']] })
  const poll = useWrite({ send: (id: string) => api.post<Calendar>(`/api/oncall/calendars/${id}/poll`), refresh: [['oncall']] })
  const list = calendars.data ?? []
  return (
    <Panel title="Imported calendars" actions={mayWrite && !adding && <Button kind="ghost" onClick={() => setAdding(true)}>Import</Button>}>
      {adding && <Import me={me} nameOf={nameOf} done={() => setAdding(false)} />}
      {!list.length && !adding && <p className="px-3.5 py-3 text-12 text-text-3">None. An .ics address of Google or Outlook can be a layer, or say when somebody is away.</p>}
      <ul>
        {list.map((c) => (
          <li key={c.id} className="border-b border-line-soft px-3.5 py-2 text-12 last:border-b-0">
            <div className="flex items-center gap-1">
              <span className="min-w-0 flex-1">
                <b className="block truncate text-13 font-550">{c.name}</b>
                <span className="text-text-2">
                  {c.use === 'layer' ? 'a layer' : `when ${nameOf(c.user_id ?? '')} is away`}, {plural(c.events, 'event')}
                  {c.last_polled_at ? <>, read <Ago at={c.last_polled_at} /></> : ', not read yet'}
                </span>
              </span>
              {mayWrite && <Button kind="ghost" busy={poll.isPending && poll.variables === c.id} onClick={() => poll.mutate(c.id)}>Read now</Button>}
              {mayWrite && <Button kind="ghost" onClick={() => remove.mutate(c.id)}>Forget</Button>}
            </div>
            {c.error && <p className="text-down">{c.error}</p>}
            {c.skipped.slice(0, 3).map((s, i) => (
              <p key={i} className="text-warn">{s.what}: {s.why}</p>
            ))}
          </li>
        ))}
      </ul>
      {remove.error != null && <p role="alert" className="px-3.5 pb-2 text-12 text-down">{sentence(remove.error)}</p>}
    </Panel>
  ) // biome-ignore format: a panel
}

function Import({ me, nameOf, done }: { me: string; nameOf: (user: string) => string; done: () => void }) {
  const [url, setUrl] = useState('')
  const [name, setName] = useState('')
  const [use, setUse] = useState<Calendar['use']>('layer')
  const add = useWrite({
    send: () =>
      api.post<Calendar>('/api/oncall/calendars', {
        name: name.trim() || 'Calendar',
        url: url.trim(),
        use,
        ...(use === 'unavailable' ? { user_id: me } : {}),
      }),
    done,
    refresh: [['oncall', 'calendars']],
  })
  const submit = (e: FormEvent) => {
    e.preventDefault()
    if (url.trim() && !add.isPending) add.mutate(undefined)
  }
  return (
    <form onSubmit={submit} noValidate className="grid gap-2.5 border-b border-line-soft px-3.5 py-3">
      <Field label="Address" error={fieldError(add.error, 'url')}>
        {(aria) => <TextInput {...aria} type="url" autoFocus placeholder="https://….ics" value={url} onChange={(e) => setUrl(e.target.value)} />}
      </Field>
      <Field label="Name" error={fieldError(add.error, 'name')}>
        {(aria) => <TextInput {...aria} maxLength={200} value={name} onChange={(e) => setName(e.target.value)} />}
      </Field>
      <Field label="It says">
        {(aria) => (
          <Select {...aria} value={use} onChange={(e) => setUse(e.target.value as Calendar['use'])}>
            <option value="layer">who is on call</option>
            <option value="unavailable">when {nameOf(me)} is away</option>
          </Select>
        )}
      </Field>
      <div className="flex justify-end gap-2">
        <Button onClick={done}>Cancel</Button>
        <Button kind="primary" type="submit" busy={add.isPending}>Import</Button>
      </div>
      {add.error != null && !fieldError(add.error, 'url') && <p role="alert" className="text-12 text-down">{sentence(add.error)}</p>}
    </form>
  ) // biome-ignore format: a form
}
