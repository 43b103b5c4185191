import { Check } from 'lucide-react'
import { useState } from 'react'
import { api, sentence } from '../../api.ts'
import { Button } from '../../ui/button.tsx'
import { Field, FieldError, TextInput, Two } from '../../ui/field.tsx'
import { Panel } from '../../ui/panel.tsx'
import { Avatar } from '../../ui/timeline.tsx'
import { toast } from '../../ui/toast.tsx'
import { duration } from '../../words.ts'
import { useWrite } from '../../write.ts'
import { fromLocal, toLocal } from './days.ts'
import { type Cover, type Schedule, useCovers } from './queries.ts'
import { hours, span } from './say.ts'

type Props = { schedule: Schedule; now: number; me: string; mayWrite: boolean; nameOf: (user: string) => string }

/** Who asks to be covered, and who would be the fairest to do it. The first who takes it has it. */
export function Covers(props: Props) {
  const covers = useCovers(props.schedule.id)
  const list = covers.data ?? []
  if (!list.length) return null
  return (
    <Panel title="Cover asked" sub={`${list.length} open`}>
      {list.map((c) => (
        <Request key={c.id} cover={c} {...props} />
      ))}
      <p className="border-t border-line-soft px-3.5 py-2 text-12 text-text-3">
        Free people first, then by night and weekend hours carried in the last 90 days, least first.
      </p>
    </Panel>
  )
}

type Answer = { verb: 'accept' | 'decline' | 'cancel'; part?: { from: string; to: string } }

function Request({ cover, schedule, now, me, mayWrite, nameOf }: Props & { cover: Cover }) {
  const zone = schedule.timezone
  const [parting, setParting] = useState(false)
  const answer = useWrite({
    send: ({ verb, part }: Answer) => api.post<Cover>(`/api/oncall/cover-requests/${cover.id}/${verb}`, part ?? {}),
    done: (_, { verb }) => toast(verb === 'accept' ? `You cover ${nameOf(cover.user_id)}` : verb === 'decline' ? 'You said no' : 'The request is taken back'),
    refresh: [['oncall']],
  }) // biome-ignore format: a write
  const busy = (verb: Answer['verb']) => answer.isPending && answer.variables.verb === verb
  const [from, to] = [Date.parse(cover.from), Date.parse(cover.to)]
  const layer = schedule.layers.find((l) => l.id === cover.layer)?.name
  const own = cover.user_id === me || cover.requester_id === me
  const mine = cover.proposals.find((p) => p.user_id === me)
  const asked = cover.potential_covers.includes(me)
  return (
    <div className="border-b border-line-soft last:border-b-0">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2.5 px-3.5 py-3">
        <p className="min-w-60 flex-1">
          <b className="font-550">
            {nameOf(cover.user_id)}
            {layer && `, ${layer}`}
          </b>{' '}
          <span className="text-text-2">
            {span(from, to, zone, now)}, {duration(to - from)}
          </span>
          {cover.reason && <span className="block text-text-2">“{cover.reason}”</span>}
        </p>
        {mayWrite && !parting && (
          <div className="flex flex-wrap gap-2 phone:w-full phone:[&>button]:h-12 phone:[&>button]:min-w-[calc(50%-4px)] phone:[&>button]:flex-1">
            {cover.user_id !== me && (
              <>
                <Button kind="primary" icon={Check} busy={busy('accept')} onClick={() => answer.mutate({ verb: 'accept' })}>
                  I take it
                </Button>
                <Button onClick={() => setParting(true)}>Part of it</Button>
              </>
            )}
            {mine && !mine.declined && asked && <Button busy={busy('decline')} onClick={() => answer.mutate({ verb: 'decline' })}>I cannot</Button>}
            {own && <Button busy={busy('cancel')} onClick={() => answer.mutate({ verb: 'cancel' })}>Take it back</Button>}
          </div>
        )}
      </div>
      {!mayWrite && asked && <p className="px-3.5 pb-2.5 text-12 text-text-3">You are asked, and your role only reads. A team lead can make you a responder.</p>}
      {parting && <Part from={Math.max(from, now)} to={to} zone={zone} busy={busy('accept')} cancel={() => setParting(false)} take={(part) => answer.mutate({ verb: 'accept', part })} />}
      {answer.error != null && (
        <div role="alert" className="px-3.5 pb-2.5">
          <FieldError>{sentence(answer.error)}</FieldError>
        </div>
      )}
      <ul aria-label="Who could">
        {cover.proposals.slice(0, 6).map((p) => (
          <li key={p.user_id} className="grid min-h-10 grid-cols-[22px_150px_minmax(0,1fr)_60px_78px] items-center gap-x-2.5 border-t border-line-soft px-3.5 phone:grid-cols-[22px_minmax(0,1fr)_auto]">
            <Avatar name={nameOf(p.user_id)} />
            <span className="min-w-0">
              <span className="block truncate">{p.user_id === me ? 'You' : nameOf(p.user_id)}</span>
              <span className="hidden truncate text-12 text-text-2 phone:block">{why(p)}</span>
            </span>
            <span className="truncate text-12 text-text-2 phone:hidden">{why(p)}</span>
            <span className="text-right text-12 text-text-2" title="Night and weekend hours carried in the last 90 days">
              {hours(p.carried_night_seconds + p.carried_weekend_seconds)}
            </span>
            <span className="text-right text-12 text-text-3 phone:hidden">
              {p.declined ? 'said no' : cover.potential_covers.includes(p.user_id) ? 'asked' : 'not asked'}
            </span>
          </li>
        ))}
      </ul>
    </div>
  ) // biome-ignore format: a list
}

type PartProps = {
  from: number
  to: number
  zone: string
  busy: boolean
  cancel: () => void
  take: (part: { from: string; to: string }) => void
}

/** A piece of what is asked: the rest goes on being asked for. */
function Part({ from, to, zone, busy, cancel, take }: PartProps) {
  const [start, setStart] = useState(toLocal(from, zone))
  const [end, setEnd] = useState(toLocal(from + Math.ceil((to - from) / 2 / 3_600_000) * 3_600_000, zone))
  const [a, b] = [fromLocal(start, zone), fromLocal(end, zone)]
  const fits = a !== null && b !== null && b > a
  // the field knows minutes, what is asked may begin at a second
  const send = () => fits && take({ from: new Date(Math.max(a, from)).toISOString(), to: new Date(Math.min(b, to)).toISOString() })
  return (
    <form
      className="grid gap-3 border-t border-line-soft bg-sunken px-3.5 py-3"
      onSubmit={(e) => {
        e.preventDefault()
        if (!busy) send()
      }}
    >
      <Two>
        <Field label={`I take it from, ${zone}`}>{(aria) => <TextInput {...aria} type="datetime-local" value={start} onChange={(e) => setStart(e.target.value)} />}</Field>
        <Field label="Until" error={fits ? undefined : 'The end lies after the beginning'}>{(aria) => <TextInput {...aria} type="datetime-local" value={end} onChange={(e) => setEnd(e.target.value)} />}</Field>
      </Two>
      <div className="flex flex-wrap items-center gap-2 phone:[&>button]:h-12 phone:[&>button]:flex-1">
        <span className="mr-auto text-12 text-text-3 phone:w-full">{fits ? `You have ${duration(Math.min(b, to) - Math.max(a, from))} of it; the rest stays asked` : ''}</span>
        <Button onClick={cancel}>Cancel</Button>
        <Button kind="primary" type="submit" busy={busy} disabled={!fits}>Take this part</Button>
      </div>
    </form>
  ) // biome-ignore format: a form
}

function why(p: Cover['proposals'][number]): string {
  if (p.conflict === 'on-call') return 'is on call then'
  if (p.conflict === 'unavailable') return 'away, says their calendar'
  const night = p.night_seconds >= 1800 ? `, ${hours(p.night_seconds)} of it at night` : ''
  return `${p.conflict === 'same-day' ? 'has a shift that day' : 'free'}${night}`
}
