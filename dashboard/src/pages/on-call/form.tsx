import { useQuery } from '@tanstack/react-query'
import { ArrowDown, ArrowUp, Plus, X } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { api, fieldError, sentence } from '../../api.ts'
import { membersQuery } from '../../queries.ts'
import { Button } from '../../ui/button.tsx'
import { DeleteDialog } from '../../ui/delete-dialog.tsx'
import { Field, Options, Pick, Select, TextInput, Two } from '../../ui/field.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { toast } from '../../ui/toast.tsx'
import { useWrite } from '../../write.ts'
import { zones } from '../settings/zones.ts'
import { fromLocal } from './days.ts'
import { type Draft, draftOf, fresh, layerInput, WEEK } from './draft.ts'
import { Preview } from './preview.tsx'
import { type Schedule, useCalendars } from './queries.ts'
import { colours } from './say.ts'

/** New schedule, or how one goes on: each layer covers those before it, from now or from a later time. */
export function ScheduleForm({
  schedule,
  now,
  own,
  onClose,
  onDone,
}: {
  schedule: Schedule | null
  now: number
  own: string
  onClose: () => void
  onDone: (s: Schedule) => void
}) {
  const [name, setName] = useState(schedule?.name ?? '')
  const [zone, setZone] = useState(schedule?.timezone ?? own)
  const [layers, setLayers] = useState<Draft[]>(
    () => schedule?.layers.map((l) => draftOf(l, schedule.timezone)) ?? [fresh('Primary', now, own)],
  )
  const [later, setLater] = useState('')
  const members = useQuery(membersQuery).data ?? []
  const nameOf = (id: string) => members.find((m) => m.user_id === id)?.name ?? 'Somebody who left'
  const [touched, setTouched] = useState(false)
  const [key] = useState(() => crypto.randomUUID())
  const at = later ? fromLocal(later, zone) : null
  const body = { name: name.trim(), timezone: zone, layers: layers.map((l) => layerInput(l, zone)) }
  const changed = { ...body, ...(at === null ? {} : { effective_at: new Date(at).toISOString() }) }
  const save = useWrite({
    send: () =>
      schedule
        ? api.patch<Schedule>(`/api/oncall/schedules/${schedule.id}`, changed)
        : api.post<Schedule>('/api/oncall/schedules', body, { key }),
    done: (made) => {
      toast(schedule ? 'Saved. What has passed stays as it was.' : `${made.name} is there`)
      onDone(made)
    },
    refresh: [['schedules'], ['oncall']],
  })
  const [deleting, setDeleting] = useState(false)
  const change = (i: number, patch: Partial<Draft>) => {
    setTouched(true)
    setLayers(layers.map((l, n) => (n === i ? { ...l, ...patch } : l)))
  }
  const move = (i: number, by: number) => {
    const next = [...layers]
    const [taken] = next.splice(i, 1)
    next.splice(i + by, 0, taken!)
    setLayers(next)
    setTouched(true)
  }
  const submit = (e: FormEvent) => {
    e.preventDefault()
    if (!save.isPending) save.mutate(undefined)
  }
  return (
    <Sheet
      title={schedule ? `Edit ${schedule.name}` : 'New schedule'}
      onClose={onClose}
      dirty={touched}
      consequence={save.error ? <span role="alert" className="text-down">{sentence(save.error)}</span> : schedule ? 'A running turn is not cut' : 'A layer covers those above it'}
      buttons={
        <>
          {schedule && <Button kind="danger" onClick={() => setDeleting(true)}>Delete</Button>}
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" type="submit" form="schedule" keys="mod+enter" busy={save.isPending}>{schedule ? 'Save' : 'Create schedule'}</Button>
        </>
      }
    >
      <form id="schedule" onSubmit={submit} noValidate className="grid grid-cols-[minmax(0,1fr)] gap-3.5 pb-4">
        <Two>
          <Field label="Name" error={fieldError(save.error, 'name')}>
            {(aria) => <TextInput {...aria} maxLength={200} autoComplete="off" value={name} onChange={(e) => { setName(e.target.value); setTouched(true) }} />}
          </Field>
          <Field label="Time zone of its handoffs" error={fieldError(save.error, 'timezone')}>
            {(aria) => (
              <Select {...aria} value={zone} onChange={(e) => { setZone(e.target.value); setTouched(true) }}>
                {zones(zone).map((z) => <option key={z}>{z}</option>)}
              </Select>
            )}
          </Field>
        </Two>
        {layers.map((l, i) => (
          <LayerFields key={l.id ?? i} draft={l} i={i} zone={zone} last={layers.length - 1} error={save.error} change={(patch) => change(i, patch)} move={(by) => move(i, by)} remove={() => { setLayers(layers.filter((_, n) => n !== i)); setTouched(true) }} />
        ))}
        <Button icon={Plus} className="justify-self-start" onClick={() => { setLayers([...layers, fresh(`Layer ${layers.length + 1}`, now, zone)]); setTouched(true) }}>Add a layer that covers these</Button>
        {schedule && (
          <Field label={`From, ${zone}`} aside="optional" help="Empty: from now on. What was saved for the same time or later gives way." error={fieldError(save.error, 'effective_at')}>
            {(aria) => <TextInput {...aria} type="datetime-local" value={later} onChange={(e) => { setLater(e.target.value); setTouched(true) }} />}
          </Field>
        )}
        {schedule && touched && <Preview schedule={schedule} change={changed} zone={zone} now={now} nameOf={nameOf} colourOf={colours(members)} />}
      </form>
      {deleting && schedule && (
        <DeleteDialog what="schedule" name={schedule.name} path={`/api/oncall/schedules/${schedule.id}`} refresh={[['schedules'], ['oncall']]} onClose={() => setDeleting(false)} onDone={onClose}>
          Its layers, overrides and covers go with it, and its hours leave the reports. A schedule that a policy still pages is not deleted; take it out of the policy first.
        </DeleteDialog>
      )}
    </Sheet>
  ) // biome-ignore format: a form
}

type LayerProps = {
  draft: Draft
  i: number
  zone: string
  last: number
  error: unknown
  change: (patch: Partial<Draft>) => void
  move: (by: number) => void
  remove: () => void
}

function LayerFields({ draft: d, i, zone, last, error, change, move, remove }: LayerProps) {
  const calendars = (useCalendars().data ?? []).filter((c) => c.use === 'layer')
  const wrong = (attribute: string) => fieldError(error, `layers.${i}.${attribute}`)
  return (
    <fieldset className="grid min-w-0 gap-3 rounded-3 border border-line p-3.5">
      <legend className="px-1 text-12 text-text-2">{i === 0 ? 'First layer' : `Layer ${i + 1}, covers those above`}</legend>
      <div className="flex items-end gap-1.5">
        <Field label="Name" className="flex-1" error={wrong('name')}>
          {(aria) => <TextInput {...aria} maxLength={200} value={d.name} onChange={(e) => change({ name: e.target.value })} />}
        </Field>
        <Button icon={ArrowDown} aria-label={`Move ${d.name} down`} disabled={i === last} onClick={() => move(1)} />
        <Button icon={ArrowUp} aria-label={`Move ${d.name} up`} disabled={i === 0} onClick={() => move(-1)} />
        <Button icon={X} aria-label={`Remove ${d.name}`} onClick={remove} />
      </div>
      {calendars.length > 0 && (
        <Field label="Who has it" error={wrong('calendar_id')}>
          {(aria) => (
            <Select {...aria} value={d.calendar} onChange={(e) => change({ calendar: e.target.value })}>
              <option value="">People in turn</option>
              {calendars.map((c) => <option key={c.id} value={c.id}>As the calendar {c.name} says</option>)}
            </Select>
          )}
        </Field>
      )}
      {!d.calendar && (
        <>
          <div className="grid grid-cols-[minmax(0,1fr)_72px_200px] items-start gap-3 phone:grid-cols-[minmax(0,1fr)]">
            <Field label="Hands off" error={wrong('rotation_type')}>
              {(aria) => (
                <Select {...aria} value={d.type} onChange={(e) => change({ type: e.target.value as Draft['type'] })}>
                  <option value="DAILY">daily</option>
                  <option value="WEEKLY">weekly</option>
                  <option value="MONTHLY">monthly</option>
                  <option value="CUSTOM">every so many hours</option>
                </Select>
              )}
            </Field>
            {d.type === 'CUSTOM' ? (
              <Field label="Hours" error={wrong('rotation_interval_hours')}>
                {(aria) => <TextInput {...aria} inputMode="numeric" value={d.hours} onChange={(e) => change({ hours: e.target.value })} />}
              </Field>
            ) : (
              <Field label="Every" error={wrong('rotation_interval')}>
                {(aria) => <TextInput {...aria} inputMode="numeric" value={d.interval} onChange={(e) => change({ interval: e.target.value })} />}
              </Field>
            )}
            <Field label={`First, ${zone}`} error={wrong('rotation_start')}>
              {(aria) => <TextInput {...aria} type="datetime-local" value={d.start} onChange={(e) => change({ start: e.target.value })} />}
            </Field>
          </div>
          {d.type === 'WEEKLY' && <Pick label="Split the week" help={wrong('rotation_split') ?? 'Four days, then the rest.'} checked={d.split} onChange={(e) => change({ split: e.target.checked })} />}
          <InTurn people={d.people} change={(people) => change({ people })} error={wrong('participants')} />
        </>
      )}
      <Pick label="Only at some hours" checked={d.limited} onChange={(e) => change({ limited: e.target.checked })} />
      {d.limited && (
        <>
          <Options legend="Days" type="checkbox" options={WEEK.map((w) => ({ value: w, label: w[0]!.toUpperCase() + w.slice(1) }))} chosen={d.days} onChange={(days) => change({ days })} error={wrong('restrictions')} />
          <Two>
            <Field label="From">{(aria) => <TextInput {...aria} type="time" value={d.from} onChange={(e) => change({ from: e.target.value })} />}</Field>
            <Field label="To" help="Earlier than from: over midnight.">{(aria) => <TextInput {...aria} type="time" value={d.to} onChange={(e) => change({ to: e.target.value })} />}</Field>
          </Two>
        </>
      )}
    </fieldset>
  ) // biome-ignore format: a form
}

/** People in the order they take turns. */
function InTurn({ people, change, error }: { people: readonly string[]; change: (people: string[]) => void; error: string | undefined }) {
  const members = useQuery(membersQuery).data ?? []
  const name = (id: string) => members.find((m) => m.user_id === id)?.name ?? 'Somebody who left'
  const swap = (i: number, by: number) => {
    const next = [...people]
    ;[next[i], next[i + by]] = [next[i + by]!, next[i]!]
    change(next)
  }
  const left = members.filter((m) => !people.includes(m.user_id))
  return (
    <div className="grid gap-1.5">
      <span className="text-12 text-text-2">In turn</span>
      <ol className="grid gap-1">
        {people.map((id, i) => (
          <li key={`${id}${i}`} className="flex items-center gap-1.5 rounded-2 border border-line-soft py-0.5 pr-0.5 pl-2.5">
            <span className="min-w-0 flex-1 truncate">{i + 1}. {name(id)}</span>
            <Button kind="ghost" icon={ArrowUp} aria-label={`${name(id)} earlier`} disabled={i === 0} onClick={() => swap(i, -1)} />
            <Button kind="ghost" icon={ArrowDown} aria-label={`${name(id)} later`} disabled={i === people.length - 1} onClick={() => swap(i, 1)} />
            <Button kind="ghost" icon={X} aria-label={`Take ${name(id)} out`} onClick={() => change(people.filter((_, n) => n !== i))} />
          </li>
        ))}
      </ol>
      {left.length > 0 && (
        <Select aria-label="Add a person" value="" onChange={(e) => e.target.value && change([...people, e.target.value])}>
          <option value="">Add a person…</option>
          {left.map((m) => <option key={m.user_id} value={m.user_id}>{m.name}</option>)}
        </Select>
      )}
      {error && <p className="text-12 text-down">{error}</p>}
    </div>
  ) // biome-ignore format: a list
}
