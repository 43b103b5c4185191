import { useQuery } from '@tanstack/react-query'
import { Clock } from 'lucide-react'
import { teamSpokenOf } from '../../api.ts'
import { policiesQuery } from '../../queries.ts'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Panel } from '../../ui/panel.tsx'
import { ScrollBox } from '../../ui/scroll-box.tsx'
import { Load } from '../../ui/state.tsx'
import { toast } from '../../ui/toast.tsx'
import type { Policy } from '../../wire.ts'
import { duration } from '../../words.ts'
import { useTargetName } from '../settings/target-name.ts'
import { type Schedule, type Shift, useMyShifts, useReport } from './queries.ts'
import { hours, span } from './say.ts'

/** The policy that pages this schedule: the first that names it, else the team's default. */
export function policyOf(schedule: Schedule, policies: readonly Policy[]): Policy | undefined {
  const names = (p: Policy) => p.steps.some((s) => s.targets.some((t) => t.type === 'schedule' && t.id === schedule.id))
  return policies.find(names) ?? policies.find((p) => p.is_default) ?? policies[0]
}

/** Whom the policy pages, step by step. */
export function Ladder({ schedule }: { schedule: Schedule }) {
  const policies = useQuery(policiesQuery)
  const name = useTargetName()
  return (
    <Load query={policies}>
      {(all) => {
        const policy = policyOf(schedule, all)
        if (!policy) return null
        const names = policy.steps.some((s) => s.targets.some((t) => t.id === schedule.id))
        return (
          <Panel
            title={`${policy.name} policy`}
            sub={names ? 'pages this schedule' : 'does not page this schedule'}
            actions={
              <ButtonLink kind="ghost" href="/settings/policies">
                Edit
              </ButtonLink>
            }
          >
            <ol className="px-3.5 pt-3.5 pb-1.5">
              {policy.steps.map((s, i) => (
                <li key={i} className="relative grid grid-cols-[24px_minmax(0,1fr)] gap-x-3 pb-3.5 not-last:before:absolute not-last:before:top-6.5 not-last:before:bottom-0.5 not-last:before:left-[11.5px] not-last:before:border-l not-last:before:border-dashed not-last:before:border-line-strong">
                  <span className="grid size-6 place-items-center rounded-full border border-line-strong bg-surface text-12 font-semibold">{i + 1}</span>
                  <div>
                    <h3 className="text-13 leading-6 font-550">{s.targets.map((t) => (t.type === 'schedule' ? `Whoever is on ${name(t)}` : name(t))).join(', ')}</h3>
                    {policy.steps[i + 1] && (
                      <p className="mt-1 flex items-center gap-1.5 text-12 text-text-3">
                        <Icon of={Clock} />
                        no answer in {duration(policy.steps[i + 1]!.wait_before * 1000)}
                      </p>
                    )}
                    {!policy.steps[i + 1] && policy.repeat_count > 0 && <p className="mt-1 text-12 text-text-3">repeated {policy.repeat_count} times</p>}
                  </div>
                </li>
              ))}
            </ol>
          </Panel>
        )
      }}
    </Load>
  ) // biome-ignore format: a ladder
}

type Mine = { me: string; schedules: readonly Schedule[]; now: number; ask: ((shift: Shift) => void) | null }

/** My own shifts of the next 30 days on all schedules. */
export function MyShifts({ me, schedules, now, ask }: Mine) {
  const shifts = useMyShifts(me)
  return (
    <Panel title="My shifts" sub="next 30 d">
      <Load query={shifts}>
        {(list) =>
          list.length ? (
            <ul>
              {list.slice(0, 6).map((s) => {
                const of = schedules.find((x) => x.id === s.schedule_id)
                return (
                  <li
                    key={s.id + s.schedule_id}
                    className="flex items-center gap-2 border-b border-line-soft py-1.5 pr-2 pl-3.5 last:border-b-0"
                  >
                    <span className="min-w-0 flex-1 text-12">
                      <b className="block text-13 font-550">
                        {of?.name}
                        {s.cover_request_id ? ', cover' : s.is_override ? ', override' : ''}
                      </b>
                      <span className="text-text-2">
                        {span(Date.parse(s.start_time), Date.parse(s.end_time), of?.timezone ?? 'UTC', now)}
                      </span>
                    </span>
                    {ask && (
                      <Button kind="ghost" onClick={() => ask(s)}>
                        Ask for cover
                      </Button>
                    )}
                  </li>
                )
              })}
            </ul>
          ) : (
            <p className="px-3.5 py-3 text-text-3">You are not on call in the next 30 days.</p>
          )
        }
      </Load>
    </Panel>
  )
}

/** What everybody carried in the last 90 days, and the same as CSV. */
export function Carried({ schedule }: { schedule: Schedule }) {
  const report = useReport(schedule.id)
  return (
    <Panel
      title="Load, last 90 days"
      actions={
        <Button kind="ghost" onClick={() => void exportCsv(schedule)}>
          Export for pay
        </Button>
      }
    >
      <Load query={report}>
        {({ people }) =>
          people.length ? (
            <ScrollBox label="Load table">
              <table className="w-full text-13 [&_td]:px-3.5 [&_td]:py-1.5 [&_th]:px-3.5 [&_th]:py-1.5">
                <thead>
                  <tr className="border-b border-line-soft text-12 text-text-3">
                    <th className="text-left font-medium">Person</th>
                    <th className="text-right font-medium">On call</th>
                    <th className="text-right font-medium">Nights</th>
                    <th className="text-right font-medium">Weekends</th>
                    <th className="text-right font-medium">Shifts</th>
                    <th className="text-right font-medium">Days in a row</th>
                  </tr>
                </thead>
                <tbody className="tabular-nums">
                  {people.map((p) => (
                    <tr key={p.user_id} className="border-b border-line-soft last:border-b-0">
                      <td>{p.name}</td>
                      <td className="text-right">{hours(p.seconds)}</td>
                      <td className="text-right">{hours(p.night_seconds)}</td>
                      <td className="text-right">{hours(p.weekend_seconds)}</td>
                      <td className="text-right">{p.shifts}</td>
                      <td className="text-right">{p.days_in_a_row}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </ScrollBox>
          ) : (
            <p className="px-3.5 py-3 text-text-3">Nobody was on call in the last 90 days.</p>
          )
        }
      </Load>
    </Panel>
  )
}

async function exportCsv(schedule: Schedule): Promise<void> {
  const team = teamSpokenOf()
  const r = await fetch(`/api/oncall/reports?format=csv&schedule_id=${schedule.id}`, { headers: team ? { 'x-team': team } : {} })
  if (!r.ok) return toast(`The report did not load: ${r.status}`)
  const link = document.createElement('a')
  link.href = URL.createObjectURL(await r.blob())
  link.download = /filename="([^"]+)"/.exec(r.headers.get('content-disposition') ?? '')?.[1] ?? 'on-call.csv'
  link.click()
  URL.revokeObjectURL(link.href)
}
