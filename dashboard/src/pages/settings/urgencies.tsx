import { Plus } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import type { UrgencyBody, UrgencyInput } from '../../../../shared/notify/schema.ts'
import { api, fieldError, sentence } from '../../api.ts'
import { useMe } from '../../session.ts'
import { Button } from '../../ui/button.tsx'
import { Field, Options, Pick, TextInput } from '../../ui/field.tsx'
import { Menu } from '../../ui/menu.tsx'
import { Panel } from '../../ui/panel.tsx'
import { Dialog } from '../../ui/sheet.tsx'
import { Load } from '../../ui/state.tsx'
import { SubmitKey } from '../../ui/submit-key.tsx'
import { toast } from '../../ui/toast.tsx'
import { useKeys } from '../../ui/use-keys.ts'
import { text } from '../../url.ts'
import { useUrlState } from '../../use-url-state.ts'
import { and } from '../../words.ts'
import { useWrite } from '../../write.ts'
import { useUrgencies } from './contact-queries.ts'
import { channelLooks } from './contacts.tsx'

type Channel = UrgencyBody['channels'][number]
const view = { open: text() }
const REFRESH = [['urgencies'], ['notification-rules'], ['oncall', 'simulate']]

/** `/settings/urgencies`: how loud a page is. SEV1 to SEV4 are every team's; steps of policies may name more. `?open=<id>` or `new`. */
export function Urgencies() {
  const urgencies = useUrgencies()
  const [{ open }, setView] = useUrlState(view)
  const mayWrite = useMe().may('oncall:write')
  const close = () => setView({ open: '' }, { replace: true })
  const make = () => mayWrite && setView({ open: 'new' })
  useKeys([{ keys: 'c', label: 'New urgency', group: 'This page', run: make }])
  return (
    <div className="max-w-[820px]">
      <Panel
        title="Urgencies"
        sub="which channels ring, if a person has no wishes of their own"
        actions={mayWrite && <Button kind="primary" icon={Plus} keys="c" onClick={make}>New</Button>}
      >
        <Load query={urgencies}>
          {(list) => {
            const chosen = list.find((u) => u.id === open)
            return (
              <>
                <ul>
                  {list.map((u) => (
                    <Row key={u.id} urgency={u} edit={mayWrite ? () => setView({ open: u.id }) : null} />
                  ))}
                </ul>
                {mayWrite && (open === 'new' || chosen) && <UrgencyForm key={open} urgency={chosen ?? null} onClose={close} />}
              </>
            )
          }}
        </Load>
      </Panel>
    </div>
  ) // biome-ignore format: a panel
}

function Row({ urgency: u, edit }: { urgency: UrgencyBody; edit: (() => void) | null }) {
  const remove = useWrite({
    send: () => api.delete(`/api/oncall/urgencies/${u.id}`),
    done: () => toast(`Urgency ${u.name} deleted`),
    refresh: REFRESH,
  })
  return (
    <li className="border-b border-line-soft px-3.5 py-[9px] last:border-b-0">
      <div className="grid grid-cols-[140px_minmax(0,1fr)_auto] items-center gap-x-3 gap-y-1 phone:grid-cols-[minmax(0,1fr)_auto]">
        <span className="min-w-0">
          <b className="block truncate font-550">{u.name}</b>
          <small className="block text-12 text-text-3">{u.severity ? 'a severity' : 'named by steps'}</small>
        </span>
        <span className="text-text-2 phone:col-span-2 phone:row-start-2">
          {and(u.channels.map((c) => channelLooks[c].name))}
          <small className="block text-12 text-text-3">{u.critical ? 'rings in quiet hours, too' : 'heeds quiet hours'}</small>
        </span>
        {edit && (
          <span className="flex items-center gap-1">
            <Button aria-label={`Edit ${u.name}`} onClick={edit}>Edit</Button>
            {!u.severity && <Menu quiet label={`More about ${u.name}`} items={[{ label: 'Delete', danger: true, run: () => remove.mutate(undefined) }]} />}
          </span>
        )}
      </div>
      {remove.error != null && <p role="alert" className="mt-1 text-12 text-down">{sentence(remove.error)}</p>}
    </li>
  ) // biome-ignore format: a row
}

function UrgencyForm({ urgency, onClose }: { urgency: UrgencyBody | null; onClose: () => void }) {
  const [name, setName] = useState(urgency?.name ?? '')
  const [channels, setChannels] = useState<readonly string[]>(urgency?.channels ?? ['push', 'email'])
  const [critical, setCritical] = useState(urgency?.critical ?? false)
  // in the order they are tried when one fails, whatever order they were ticked in
  const chosen = (Object.keys(order) as Channel[]).filter((c) => channels.includes(c)).sort((a, b) => order[a] - order[b])
  const body: UrgencyInput = { name: name.trim(), channels: chosen, critical }
  const save = useWrite({
    send: () => (urgency ? api.patch<UrgencyBody>(`/api/oncall/urgencies/${urgency.id}`, body) : api.post<UrgencyBody>('/api/oncall/urgencies', body)),
    done: (saved) => {
      toast(`Urgency ${saved.name} saved: the next page follows it`)
      onClose()
    },
    refresh: REFRESH,
  }) // biome-ignore format: a write
  const [tried, setTried] = useState(false)
  const fits = body.name !== '' && chosen.length > 0
  const submit = (e?: FormEvent) => {
    e?.preventDefault()
    setTried(true)
    if (fits && !save.isPending) save.mutate(undefined)
  }
  return (
    <Dialog
      title={urgency ? `Edit ${urgency.name}` : 'New urgency'}
      onClose={onClose}
      dirty={tried || name !== (urgency?.name ?? '')}
      consequence={save.error != null ? <span role="alert" className="text-down">{sentence(save.error)}</span> : 'People’s own wishes go before it'}
      buttons={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" type="submit" form="urgency" keys="mod+enter" busy={save.isPending}>{urgency ? 'Save' : 'Create urgency'}</Button>
        </>
      }
    >
      <SubmitKey label="Save the urgency" run={submit} />
      <form id="urgency" onSubmit={submit} noValidate className="grid grid-cols-[minmax(0,1fr)] gap-3.5">
        <Field label="Name" error={fieldError(save.error, 'name') ?? (tried && !body.name ? 'An urgency needs a name, for example Loud' : undefined)}>
          {(aria) => <TextInput {...aria} maxLength={100} autoComplete="off" value={name} onChange={(e) => setName(e.target.value)} />}
        </Field>
        <Options
          legend="Channels that ring"
          type="checkbox"
          options={(Object.keys(order) as Channel[]).map((c) => ({ value: c, label: channelLooks[c].name }))}
          chosen={channels}
          onChange={setChannels}
          error={fieldError(save.error, 'channels') ?? (tried && !chosen.length ? 'Choose at least one' : undefined)}
        />
        <Pick label="Critical" help="Rings in quiet hours, and may use the reserve of the limits." checked={critical} onChange={(e) => setCritical(e.target.checked)} />
      </form>
    </Dialog>
  ) // biome-ignore format: a form
}

/** As the API lists them. */
const order: Record<Channel, number> = { push: 0, sms: 1, voice: 2, telegram: 3, email: 4 }
