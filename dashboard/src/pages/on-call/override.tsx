import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { api, fieldError, sentence } from '../../api.ts'
import { membersQuery } from '../../queries.ts'
import { Button } from '../../ui/button.tsx'
import { Field, Select, TextInput, Two } from '../../ui/field.tsx'
import { Dialog } from '../../ui/sheet.tsx'
import { toast } from '../../ui/toast.tsx'
import { duration } from '../../words.ts'
import { useWrite } from '../../write.ts'
import { fromLocal, toLocal } from './days.ts'
import { type Schedule, useOverrides } from './queries.ts'
import { span } from './say.ts'

type Props = {
  schedule: Schedule
  from: number
  to: number
  now: number
  me: string
  nameOf: (user: string) => string
  onClose: () => void
}

/** Somebody else for a time: over the whole schedule or instead of one person. What stands can be taken back here. */
export function OverrideForm({ schedule, from, to, now, me, nameOf, onClose }: Props) {
  const zone = schedule.timezone
  const members = useQuery(membersQuery)
  const [user, setUser] = useState(me)
  const [instead, setInstead] = useState('')
  const [start, setStart] = useState(toLocal(from, zone))
  const [end, setEnd] = useState(toLocal(to, zone))
  const [reason, setReason] = useState('')
  const [a, b] = [fromLocal(start, zone), fromLocal(end, zone)]
  const [key] = useState(() => crypto.randomUUID())
  const save = useWrite({
    send: () =>
      api.post(
        `/api/oncall/schedules/${schedule.id}/overrides`,
        {
          user_id: user,
          // what is dragged may begin a little before now
          start_time: new Date(Math.max(a!, now)).toISOString(),
          end_time: new Date(b!).toISOString(),
          ...(instead ? { replaces: instead } : {}),
          ...(reason.trim() ? { override_reason: reason.trim() } : {}),
        },
        { key },
      ),
    done: () => {
      toast(`${nameOf(user)} is on call ${span(Math.max(a!, now), b!, zone, now)}`)
      onClose()
    },
    refresh: [['oncall']],
  })
  const fits = a !== null && b !== null && b > Math.max(a, now)
  const submit = (e: FormEvent) => {
    e.preventDefault()
    if (fits && !save.isPending) save.mutate(undefined)
  }
  const people = members.data ?? []
  return (
    <Dialog
      title={`Override ${schedule.name}`}
      onClose={onClose}
      dirty={Boolean(reason)}
      consequence={
        save.error ? (
          <span role="alert" className="text-down">
            {sentence(save.error)}
          </span>
        ) : fits ? (
          `${nameOf(user)} for ${duration(b - Math.max(a, now))}`
        ) : (
          'The end lies after the beginning, and after now'
        )
      }
      buttons={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" type="submit" form="override" disabled={!fits} busy={save.isPending}>
            Override
          </Button>
        </>
      }
    >
      <form id="override" onSubmit={submit} noValidate className="grid grid-cols-[minmax(0,1fr)] gap-3.5">
        <Two>
          <Field label="On call" error={fieldError(save.error, 'user_id')}>
            {(aria) => (
              <Select {...aria} value={user} onChange={(e) => setUser(e.target.value)}>
                {people.map((m) => (
                  <option key={m.user_id} value={m.user_id}>
                    {m.name}
                  </option>
                ))}
              </Select>
            )}
          </Field>
          <Field label="Instead of" error={fieldError(save.error, 'replaces')}>
            {(aria) => (
              <Select {...aria} value={instead} onChange={(e) => setInstead(e.target.value)}>
                <option value="">Everybody, gaps too</option>
                {people.map((m) => (
                  <option key={m.user_id} value={m.user_id}>
                    {m.name}
                  </option>
                ))}
              </Select>
            )}
          </Field>
        </Two>
        <Two>
          <Field label={`From, ${zone}`} error={fieldError(save.error, 'start_time')}>
            {(aria) => <TextInput {...aria} type="datetime-local" value={start} onChange={(e) => setStart(e.target.value)} />}
          </Field>
          <Field label="Until" error={fieldError(save.error, 'end_time')}>
            {(aria) => <TextInput {...aria} type="datetime-local" value={end} onChange={(e) => setEnd(e.target.value)} />}
          </Field>
        </Two>
        <Field label="Why" aside="optional">
          {(aria) => <TextInput {...aria} maxLength={1000} autoComplete="off" value={reason} onChange={(e) => setReason(e.target.value)} />}
        </Field>
      </form>
      <Standing schedule={schedule} now={now} nameOf={nameOf} />
    </Dialog>
  )
}

function Standing({ schedule, now, nameOf }: Pick<Props, 'schedule' | 'now' | 'nameOf'>) {
  const hour = Math.floor(now / 3_600_000) * 3_600_000
  const found = useOverrides(schedule.id, hour, hour + 90 * 86_400_000)
  const remove = useWrite({
    send: (id: string) => api.delete(`/api/oncall/overrides/${id}`),
    done: () => toast('The override is taken back'),
    refresh: [['oncall']],
  })
  const own = (found.data ?? []).filter((o) => o.cover_request_id === null)
  if (!own.length) return null
  return (
    <section aria-label="Overrides that stand" className="mt-4 border-t border-line-soft pt-3">
      <h3 className="mb-1 text-12 text-text-2">Overrides that stand</h3>
      <ul>
        {own.map((o) => (
          <li key={o.id} className="flex items-center gap-2 py-0.5 text-12">
            <span className="min-w-0 flex-1">
              <b className="font-550">{nameOf(o.user_id)}</b>{' '}
              {span(Date.parse(o.start_time), Date.parse(o.end_time), schedule.timezone, now)}
            </span>
            <Button kind="ghost" busy={remove.isPending && remove.variables === o.id} onClick={() => remove.mutate(o.id)}>
              Take back
            </Button>
          </li>
        ))}
      </ul>
      {remove.error != null && (
        <p role="alert" className="text-12 text-down">
          {sentence(remove.error)}
        </p>
      )}
    </section>
  )
}
