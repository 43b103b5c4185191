import type { Actor } from '../actor.ts'
import type { Policy } from '../oncall/escalation.ts'
import { iso, MINUTE } from '../time.ts'
import { again, type Change, causeActs, changed, type Incident, nameless, type Severity } from './incident.ts'
import type { Intent } from './intent.ts'
import type { NewEvent } from './timeline.ts'

/** A failure this soon after an automatic resolve is the same incident. WIRE "How a verdict is reached". */
export const REOPENS_MS = 15 * MINUTE

type Given = { number: number; policy: Policy; at: number }

/**
 * What an intent does. `last` is its cause's open incident, else its newest: an open one stays as it is (null), one that has just
 * resolved by itself is reopened, else there is a new one. A policy that does not exist is replaced, and that is said.
 */
export function opening(intent: Intent, last: Incident | null, given: Given & { found: boolean }): Change | null {
  if (last && last.status !== 'resolved') return null
  const change = last && failsAgain(last, intent.verdictAt) ? reopenedBy(last, intent, given.at) : opened(intent, given)
  if (given.found || !intent.policyId) return change
  const { id, name } = given.policy
  const by: Actor = { type: 'policy', id: id ?? '', name }
  return { ...change, events: [...change.events, { type: 'policy-missing', at: given.at, by, data: { policy_id: intent.policyId } }] }
}

export function opened(intent: Intent, { number, policy, at }: Given): Change {
  const by = causeActs(intent.cause)
  const incident: Incident = {
    ...blank({ id: intent.id, number, policy, at }),
    title: titleOf(intent.cause.name, intent.what),
    severity: intent.severity ?? 'sev2',
    cause: intent.cause,
    what: intent.what,
    why: intent.why,
    votes: intent.votes,
    policyId: intent.policyId ?? policy.id,
    notify: intent.policyId !== null || intent.email,
    startedAt: Math.min(intent.startedAt, at),
  }
  const data = { what: intent.what, started_at: iso(intent.startedAt), why: intent.why, votes: intent.votes }
  const events: NewEvent[] = [{ type: 'opened', at, by, data }]
  if (!incident.notify) events.push({ type: 'not-paged', at, by, data: { reason: 'switched-off' } })
  return { incident: incident.notify ? incident : { ...incident, lookAgain: null }, events }
}

/** What a person or a script declares. */
export type Declaration = {
  id: string
  title: string
  description: string | null
  severity: Severity
  serviceId: string | null
  policyId: string | null
  notify: boolean
}

export function declared(d: Declaration, by: Actor, { number, policy, at }: Given): Change {
  const incident: Incident = {
    ...blank({ id: d.id, number, policy, at }),
    title: d.title,
    description: d.description,
    severity: d.severity,
    what: d.description ?? d.title,
    serviceId: d.serviceId,
    policyId: d.policyId ?? policy.id,
    notify: d.notify,
  }
  const events: NewEvent[] = [{ type: 'declared', at, by: nameless(by), data: { notify: d.notify } }]
  if (!d.notify) events.push({ type: 'not-paged', at, by: nameless(by), data: { reason: 'asked-not-to' } })
  return { incident: d.notify ? incident : { ...incident, lookAgain: null }, events }
}

/** Whether a new failure of the same cause belongs to this resolved incident. */
export const failsAgain = (i: Incident, verdictAt: number): boolean =>
  i.status === 'resolved' && i.resolvedItself && i.resolvedAt !== null && verdictAt - i.resolvedAt <= REOPENS_MS

export function reopenedBy(i: Incident, intent: Intent, at: number): Change {
  const by = causeActs(intent.cause)
  const data = { reason: 'failed-again' as const, why: intent.why, votes: intent.votes, started_at: iso(intent.startedAt) }
  const now = { what: intent.what, why: intent.why, votes: intent.votes, title: titleOf(intent.cause.name, intent.what) }
  return changed(i, { ...again(i, at), ...now }, { type: 'reopened', at, by, data })
}

/** "Checkout API returns 503 from 3 of 4 regions", "Checkout API: no answer from 2 of 4 regions". */
export const titleOf = (name: string, what: string): string => (/^\d{3}\b/.test(what) ? `${name} returns ${what}` : `${name}: ${what}`)

const blank = ({ id, number, policy, at }: Given & { id: string }): Incident => ({
  v: 2,
  id,
  number,
  title: '',
  description: null,
  status: 'open',
  severity: 'sev3',
  cause: null,
  what: '',
  why: [],
  votes: [],
  serviceId: null,
  policyId: policy.id,
  policy,
  notify: true,
  taken: 0,
  since: at,
  lookAgain: at,
  level: 0,
  responder: null,
  life: 0,
  startedAt: at,
  openedAt: at,
  acknowledgedAt: null,
  acknowledgedBy: null,
  resolvedAt: null,
  resolvedBy: null,
  resolvedItself: false,
  rev: 1,
})
