import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { api, fieldError, sentence } from '../../api.ts'
import { membersQuery } from '../../queries.ts'
import { Button } from '../../ui/button.tsx'
import { Field, Select, TextInput, Two } from '../../ui/field.tsx'
import { Dialog } from '../../ui/sheet.tsx'
import { toast } from '../../ui/toast.tsx'
import { plural } from '../../words.ts'
import { useWrite } from '../../write.ts'
import { fromLocal, toLocal } from './days.ts'
import type { Cover, Schedule, Shift } from './queries.ts'
import { span } from './say.ts'

type Props = {
  shifts: readonly Shift[]
  schedules: readonly Schedule[]
  chosen: string
  now: number
  me: string
  nameOf: (user: string) => string
  onClose: () => void
}

/** Asks to be covered: a whole shift or a part of it, one's own or on somebody's behalf. */
export function AskCover({ shifts, schedules, chosen, now, me, nameOf, onClose }: Props) {
  const [picked, setId] = useState(chosen)
  // shifts may still be on their way when this opens
  const shift = shifts.find((s) => s.id === picked) ?? shifts.find((s) => s.user_id === me) ?? shifts[0]
  const id = shift?.id ?? ''
  const schedule = schedules.find((s) => s.id === shift?.schedule_id)
  const zone = schedule?.timezone ?? 'UTC'
  const begins = shift ? Math.max(Date.parse(shift.start_time), now) : now
  const ends = shift ? Date.parse(shift.end_time) : now
  const [part, setPart] = useState<{ from: string; to: string } | null>(null)
  const [only, setOnly] = useState('')
  const [reason, setReason] = useState('')
  const others = (useQuery(membersQuery).data ?? []).filter((m) => m.user_id !== shift?.user_id)
  const [key] = useState(() => crypto.randomUUID())
  const [a, b] = [part ? fromLocal(part.from, zone) : begins, part ? fromLocal(part.to, zone) : ends]
  const ask = useWrite({
    send: () =>
      api.post<Cover>(
        '/api/oncall/cover-requests',
        {
          shift_id: id,
          ...(part ? { from: new Date(Math.max(a!, begins)).toISOString(), to: new Date(Math.min(b!, ends)).toISOString() } : {}),
          ...(only ? { proposed_to: [only] } : {}),
          ...(reason.trim() ? { reason: reason.trim() } : {}),
          ...(shift && shift.user_id !== me ? { on_behalf_of: shift.user_id } : {}),
        },
        { key },
      ),
    done: (made) => {
      const asked = Math.min(5, made.potential_covers.length)
      toast(
        only ? `Asked ${nameOf(only)}` : asked ? `Asked ${plural(asked, 'person', 'people')}, the fairest first` : 'Asked; nobody is free',
      )
      onClose()
    },
    refresh: [['oncall']],
  })
  const fits = shift !== undefined && a !== null && b !== null && b > a
  const submit = (e: FormEvent) => {
    e.preventDefault()
    if (fits && !ask.isPending) ask.mutate(undefined)
  }
  return (
    <Dialog
      title="Ask for cover"
      onClose={onClose}
      dirty={Boolean(reason)}
      consequence={
        ask.error ? (
          <span role="alert" className="text-down">
            {sentence(ask.error)}
          </span>
        ) : shift ? (
          only ? `${nameOf(only)} is asked by e-mail, nobody else` : 'Whoever is free is asked by e-mail; the first who accepts has it'
        ) : (
          'There is no shift to cover'
        )
      }
      buttons={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" type="submit" form="ask-cover" disabled={!fits} busy={ask.isPending}>
            Ask
          </Button>
        </>
      }
    >
      <form id="ask-cover" onSubmit={submit} noValidate className="grid grid-cols-[minmax(0,1fr)] gap-3.5">
        <Field label="Shift" error={fieldError(ask.error, 'shift_id')}>
          {(aria) => (
            <Select
              {...aria}
              value={id}
              onChange={(e) => {
                setId(e.target.value)
                setPart(null)
                setOnly('')
              }}
            >
              {shifts.map((s) => {
                const of = schedules.find((x) => x.id === s.schedule_id)
                return (
                  <option key={s.id} value={s.id}>
                    {s.user_id === me ? '' : `${nameOf(s.user_id)}: `}
                    {of?.name}, {span(Date.parse(s.start_time), Date.parse(s.end_time), of?.timezone ?? 'UTC', now)}
                  </option>
                )
              })}
            </Select>
          )}
        </Field>
        <Two>
          <Field label={`From, ${zone}`} error={fieldError(ask.error, 'from')}>
            {(aria) => (
              <TextInput {...aria} type="datetime-local" value={part?.from ?? toLocal(begins, zone)} onChange={(e) => setPart({ from: e.target.value, to: part?.to ?? toLocal(ends, zone) })} />
            )}
          </Field>
          <Field label="Until" error={fieldError(ask.error, 'to')}>
            {(aria) => (
              <TextInput {...aria} type="datetime-local" value={part?.to ?? toLocal(ends, zone)} onChange={(e) => setPart({ from: part?.from ?? toLocal(begins, zone), to: e.target.value })} />
            )}
          </Field>
        </Two>
        <Field label="Ask" error={fieldError(ask.error, 'proposed_to')}>
          {(aria) => (
            <Select {...aria} value={only} onChange={(e) => setOnly(e.target.value)}>
              <option value="">Whoever is free, the fairest first</option>
              {others.map((m) => (
                <option key={m.user_id} value={m.user_id}>
                  Only {m.name}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field label="Why" aside="optional">
          {(aria) => <TextInput {...aria} maxLength={1000} autoComplete="off" value={reason} onChange={(e) => setReason(e.target.value)} />}
        </Field>
      </form>
    </Dialog>
  ) // biome-ignore format: a form
}
