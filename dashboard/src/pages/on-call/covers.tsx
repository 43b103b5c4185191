import { Check } from 'lucide-react'
import { api, sentence } from '../../api.ts'
import { Button } from '../../ui/button.tsx'
import { Panel } from '../../ui/panel.tsx'
import { Avatar } from '../../ui/timeline.tsx'
import { toast } from '../../ui/toast.tsx'
import { duration } from '../../words.ts'
import { useWrite } from '../../write.ts'
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
        Ordered by who is free, and by night and weekend hours carried in the last 90 days, least first.
      </p>
    </Panel>
  )
}

function Request({ cover, schedule, now, me, mayWrite, nameOf }: Props & { cover: Cover }) {
  const answer = useWrite({
    send: (verb: 'accept' | 'decline' | 'cancel') => api.post<Cover>(`/api/oncall/cover-requests/${cover.id}/${verb}`, {}),
    done: (_, verb) =>
      toast(verb === 'accept' ? `You cover ${nameOf(cover.user_id)}` : verb === 'decline' ? 'You said no' : 'The request is taken back'),
    refresh: [['oncall']],
  })
  const [from, to] = [Date.parse(cover.from), Date.parse(cover.to)]
  const layer = schedule.layers.find((l) => l.id === cover.layer)?.name
  const own = cover.user_id === me || cover.requester_id === me
  const mine = cover.proposals.find((p) => p.user_id === me)
  return (
    <div className="border-b border-line-soft last:border-b-0">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2 px-3.5 py-3">
        <p className="min-w-60 flex-1">
          <b className="font-550">
            {nameOf(cover.user_id)}
            {layer && `, ${layer}`}
          </b>{' '}
          <span className="text-text-2">
            {span(from, to, schedule.timezone, now)}, {duration(to - from)}
          </span>
          {cover.reason && <span className="block text-text-2">“{cover.reason}”</span>}
        </p>
        {mayWrite && (
          <div className="flex gap-2">
            {cover.user_id !== me && (
              <Button kind="primary" icon={Check} busy={answer.isPending && answer.variables === 'accept'} onClick={() => answer.mutate('accept')}>
                I take it
              </Button>
            )}
            {mine && !mine.declined && cover.potential_covers.includes(me) && <Button onClick={() => answer.mutate('decline')}>I cannot</Button>}
            {own && <Button onClick={() => answer.mutate('cancel')}>Take it back</Button>}
          </div>
        )}
      </div>
      {answer.error != null && (
        <p role="alert" className="px-3.5 pb-2 text-12 text-down">
          {sentence(answer.error)}
        </p>
      )}
      <ul>
        {cover.proposals.slice(0, 6).map((p) => (
          <li key={p.user_id} className="grid min-h-10 grid-cols-[22px_150px_minmax(0,1fr)_auto_84px] items-center gap-x-2.5 border-t border-line-soft px-3.5 phone:grid-cols-[22px_minmax(0,1fr)_auto]">
            <Avatar name={nameOf(p.user_id)} />
            <span className="truncate">{nameOf(p.user_id)}</span>
            <span className="truncate text-12 text-text-2 phone:hidden">{why(p)}</span>
            <span className="text-right text-12 text-text-2 tabular-nums" title="Night and weekend hours carried in the last 90 days">
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

function why(p: Cover['proposals'][number]): string {
  if (p.conflict === 'on-call') return 'is on call then'
  if (p.conflict === 'unavailable') return 'away, says their calendar'
  const night = p.night_seconds >= 1800 ? `, ${hours(p.night_seconds)} of it at night` : ''
  return `${p.conflict === 'same-day' ? 'has a shift that day' : 'free'}${night}`
}
