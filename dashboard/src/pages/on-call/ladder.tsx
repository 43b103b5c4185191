import { useQuery } from '@tanstack/react-query'
import { Clock, GitFork, Repeat2 } from 'lucide-react'
import { policiesQuery } from '../../queries.ts'
import { ButtonLink } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Panel } from '../../ui/panel.tsx'
import { Load, Skeleton } from '../../ui/state.tsx'
import type { Policy } from '../../wire.ts'
import { duration } from '../../words.ts'
import { channelName } from '../incidents/channel.ts'
import { useUrgencies } from '../settings/contact-queries.ts'
import { conditionWords } from '../settings/rung-words.ts'
import { useTargetName } from '../settings/target-name.ts'
import type { Schedule } from './queries.ts'

type Step = Policy['steps'][number]

/** The policy that pages this schedule: the first that names it, else the team's default. */
export function policyOf(schedule: Schedule, policies: readonly Policy[]): Policy | undefined {
  return policies.find((p) => names(p, schedule)) ?? policies.find((p) => p.is_default) ?? policies[0]
}
const names = (p: Policy, schedule: Schedule): boolean =>
  p.steps.some((s) => s.targets.some((t) => t.type === 'schedule' && t.id === schedule.id))

/** Whom the policy pages, step by step: how loud, under which condition, and what comes when nobody answers. */
export function Ladder({ schedule, mayWrite }: { schedule: Schedule; mayWrite: boolean }) {
  const policies = useQuery(policiesQuery)
  return (
    <Load query={policies} skeleton={<Panel title="Policy"><Skeleton rows={3} /></Panel>}>
      {(all) => {
        const policy = policyOf(schedule, all)
        if (!policy) return null
        return (
          <Panel
            title={`${policy.name} policy`}
            sub={names(policy, schedule) ? 'pages this schedule' : 'the default'}
            actions={<ButtonLink kind="ghost" href={`/settings/policies?open=${policy.id}`}>{mayWrite ? 'Edit' : 'Open'}</ButtonLink>}
          >
            {!names(policy, schedule) && <p className="border-b border-line-soft px-3.5 py-2 text-12 text-warn">No policy pages this schedule. Add it to a step, or nobody is paged by it.</p>}
            <ol className="px-3.5 pt-3.5 pb-1.5">
              {policy.steps.map((s, i) => (
                <Rung key={i} step={s} n={i + 1} next={policy.steps[i + 1]} />
              ))}
              <End policy={policy} />
            </ol>
          </Panel>
        )
      }}
    </Load>
  ) // biome-ignore format: a panel
}

function Rung({ step, n, next }: { step: Step; n: number; next: Step | undefined }) {
  const name = useTargetName()
  const who = step.targets.map((t) => (t.type === 'schedule' ? `Whoever is on ${name(t)}` : name(t)))
  return (
    <li className="relative grid grid-cols-[24px_minmax(0,1fr)] gap-x-3 pb-3.5 not-last:before:absolute not-last:before:top-6.5 not-last:before:bottom-0.5 not-last:before:left-[11.5px] not-last:before:border-l not-last:before:border-dashed not-last:before:border-line-strong">
      <span className="grid size-6 place-items-center rounded-full border border-line-strong bg-surface text-12 font-semibold">
        {step.when ? <Icon of={GitFork} size={12} /> : n}
        {step.when && <span className="sr-only">step {n}, only sometimes</span>}
      </span>
      <div className="min-w-0">
        {step.when && <p className="text-13 leading-6 font-550">{capital(conditionWords(step.when))}</p>}
        <h3 className={step.when ? 'text-text-2 [overflow-wrap:anywhere]' : 'text-13 leading-6 font-550 [overflow-wrap:anywhere]'}>{who.join(', ')}</h3>
        <Loudness step={step} />
        {next && (
          <p className="mt-1.5 flex items-center gap-1.5 text-12 text-text-3">
            <Icon of={Clock} size={12} />
            {next.wait_before ? `no answer in ${duration(next.wait_before * 1000)}` : 'and at once'}
          </p>
        )}
      </div>
    </li>
  ) // biome-ignore format: a rung
}

const chip =
  'inline-flex items-center gap-1 rounded-1 border border-line bg-surface px-1.5 py-0.5 text-12 text-text-2 [&_b]:font-550 [&_b]:text-text'

/** Which channels ring, one after another or again. */
function Loudness({ step }: { step: Step }) {
  const urgencies = useUrgencies().data ?? []
  const named = step.urgency === 'low' ? 'sev4' : step.urgency
  const urgency = urgencies.find((u) => u.id === named || u.severity?.toLowerCase() === named)
  if (step.targets.every((t) => t.type === 'webhook')) return null
  return (
    <p className="mt-1 flex flex-wrap gap-1.5">
      {urgency ? urgency.channels.map((c) => <span key={c} className={chip}>{channelName(c)}</span>) : <span className={chip}>as loud as its severity</span>}
      {step.assign === 'round_robin' && <span className={chip}><Icon of={Repeat2} size={12} />one after another</span>}
      {step.repeat_count > 0 && <span className={chip}>again <b>{step.repeat_count === 1 ? 'once' : `${step.repeat_count} times`}</b> every {duration(step.repeat_every * 1000)}</span>}
    </p>
  ) // biome-ignore format: chips
}

/** What comes after the last step. */
function End({ policy: p }: { policy: Policy }) {
  const words = [
    p.repeat_count > 0 && `then again from the top, ${p.repeat_count === 1 ? 'once' : `${p.repeat_count} times`}`,
    p.final_team_after !== null && `at the end the whole team, after ${duration(p.final_team_after * 1000)}`,
    p.acknowledgement_timeout !== null &&
      `again if it is not resolved ${duration(p.acknowledgement_timeout * 1000)} after an acknowledgement`,
  ].filter((w) => w !== false)
  if (!words.length) return null
  return <li className="pb-2 pl-9 text-12 text-text-3">{capital(words.join('; '))}</li>
}

const capital = (s: string): string => s.charAt(0).toUpperCase() + s.slice(1)
