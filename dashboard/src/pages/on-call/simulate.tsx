import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { policiesQuery } from '../../queries.ts'
import { Field, Select, TextInput } from '../../ui/field.tsx'
import { Panel } from '../../ui/panel.tsx'
import { Load, Skeleton } from '../../ui/state.tsx'
import { clock } from '../../words.ts'
import { channelName } from '../incidents/channel.ts'
import { fromLocal, toLocal } from './days.ts'
import { type Simulation, useSimulation } from './queries.ts'

type Step = Simulation['steps'][number]

type Props = {
  /** Of the clock that is asked about. */
  zone: string
  now: number
  nameOf: (user: string) => string
  /** The policy that is asked first; another can be chosen unless it is `fixed`. */
  first: string | undefined
  fixed?: boolean
}

/** Who would be paged at any past or future time, by the code that pages. */
export function Simulator({ zone, now, nameOf, first, fixed }: Props) {
  const policies = useQuery(policiesQuery)
  const [local, setLocal] = useState(() => toLocal(now, zone))
  const [severity, setSeverity] = useState('SEV2')
  const [chosen, setChosen] = useState('')
  const policy = policies.data?.find((p) => p.id === (chosen || first))
  const at = fromLocal(local, zone)
  const found = useSimulation(
    { policy_id: policy?.id, severity, at: at === null ? null : new Date(at).toISOString() },
    policy !== undefined && at !== null,
  )
  return (
    <Panel title="Who would be paged?">
      <div className="grid grid-cols-[96px_minmax(0,1fr)] gap-2 px-3.5 py-3">
        <Field label={`When, ${zone}`} className="col-span-2">{(aria) => <TextInput {...aria} type="datetime-local" value={local} onChange={(e) => setLocal(e.target.value)} />}</Field>
        <Field label="Severity">
          {(aria) => (
            <Select {...aria} value={severity} onChange={(e) => setSeverity(e.target.value)}>
              {['SEV1', 'SEV2', 'SEV3', 'SEV4'].map((s) => (
                <option key={s}>{s}</option>
              ))}
            </Select>
          )}
        </Field>
        {!fixed && <Field label="Policy">
          {(aria) => (
            <Select {...aria} value={policy?.id ?? ''} onChange={(e) => setChosen(e.target.value)}>
              {(policies.data ?? []).map((p) => (
                <option key={p.id} value={p.id}>
                  {p.name}
                </option>
              ))}
            </Select>
          )}
        </Field>}
      </div>
      <div className="border-t border-line-soft px-3.5 pt-2.5 pb-3" aria-live="polite">
        {at === null ? <p className="text-text-3">Choose a time.</p> : <Load query={found} skeleton={<Skeleton rows={2} />}>{(s) => <Answer found={s} zone={zone} nameOf={nameOf} />}</Load>}
      </div>
    </Panel>
  ) // biome-ignore format: a form
}

function Answer({ found, zone, nameOf }: { found: Simulation; zone: string; nameOf: (user: string) => string }) {
  return (
    <>
      <ol>
        {found.steps.slice(0, 8).map((s, i) => (
          <li key={i} className="grid grid-cols-[48px_minmax(0,1fr)] gap-2 py-0.5">
            <time dateTime={s.at} className="font-mono text-12 leading-5 text-text-3">
              {clock(Date.parse(s.at), zone, false)}
            </time>
            <span>{s.pages.length ? <Paged step={s} zone={zone} /> : <span className="text-warn">nobody: {unreached(s, nameOf)}; goes on at once</span>}</span>
          </li>
        ))}
      </ol>
      {found.nobody && <p className="mt-1 text-down">Nobody in the team can be reached. It would ask again every minute.</p>}
      {found.steps.length > 8 && <p className="mt-1 text-12 text-text-3">and {found.steps.length - 8} steps more</p>}
    </>
  ) // biome-ignore format: a list
}

function Paged({ step, zone }: { step: Step; zone: string }) {
  const people = [...Map.groupBy(step.pages, (p) => p.name)]
  if (people.length > 3) return <><b className="font-550">{people.length} people</b> <span className="text-text-2">{people.map(([name]) => name).join(', ')}</span></> // biome-ignore format: a line
  return people.map(([name, pages]) => (
    <span key={name} className="block">
      <b className="font-550">{name}</b>{' '}
      <span className="text-text-2">
        {pages.map((p) => channelName(p.channel) + (p.at === step.at ? '' : ` at ${clock(Date.parse(p.at), zone, false)}`)).join(', ')}
        {because(pages[0]!)}
        {pages[0]!.quiet && ', quiet hours'}
      </span>
    </span>
  ))
}

const because = ({ why }: Step['pages'][number]): string =>
  why.type === 'schedule'
    ? why.reason === 'cover'
      ? ', covers'
      : why.reason === 'override'
        ? ', override'
        : ', on call'
    : why.type === 'last-resort'
      ? ', nobody else was reached'
      : ''

const words: Record<string, string> = {
  left: 'left the team',
  'no-contact': 'has no way to be reached',
  'nobody-on-call': 'nobody is on call',
  gone: 'is gone',
}
const unreached = (s: Step, nameOf: (user: string) => string) =>
  s.unreached.map((u) => `${u.type === 'user' ? `${nameOf(u.id)} ` : ''}${words[u.why] ?? u.why}`).join(', ') || 'names nobody'
