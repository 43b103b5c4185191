import type { Actor } from '../actor.ts'
import type { ChannelName } from '../notify/page.ts'
import type { Policy } from '../oncall/escalation.ts'
import { escalatesOf } from '../oncall/stored.ts'
import { DAY, SECOND } from '../time.ts'
import type { Cause, Observation, Vote } from './intent.ts'
import type { NewEvent } from './timeline.ts'

export type Status = 'open' | 'acknowledged' | 'resolved'
export type Severity = 'sev1' | 'sev2' | 'sev3' | 'sev4'

/** The document an Incidents object keeps; opening.ts says how it begins. Times in epoch ms. */
export type Incident = {
  v: 2
  id: string
  /** Per team: people see INC-<number>. */
  number: number
  title: string
  description: string | null
  status: Status
  severity: Severity
  cause: Cause | null
  what: string
  why: string[]
  votes: Vote[]
  serviceId: string | null
  policyId: string | null
  /** The steps as they stood when it opened. */
  policy: Policy
  notify: boolean
  /** Where the ladder is; `lookAgain` null means that no clock runs. */
  taken: number
  since: number
  lookAgain: number | null
  /** The step last paged, 0 before the first, and who it paged. */
  level: number
  responder: string | null
  /** Times it was reopened: pages of an earlier life no longer decide anything. */
  life: number
  startedAt: number
  openedAt: number
  acknowledgedAt: number | null
  acknowledgedBy: Actor | null
  resolvedAt: number | null
  resolvedBy: Actor | null
  /** By recovery, not by a person: a new failure soon after reopens it. */
  resolvedItself: boolean
  rev: number
}

/** A stored incident of any version as the present one: version 1 kept the first kind of policy. */
export const incidentOf = (stored: Incident | (Omit<Incident, 'v'> & { v: 1 })): Incident =>
  stored.v === 2 ? stored : { ...stored, v: 2, policy: escalatesOf(stored.policy) }

export type Change = { incident: Incident; events: NewEvent[] }
export type Refusal = { refused: 'already-acknowledged' | 'already-resolved' | 'not-resolved' | 'too-late' | 'other-open' }

/** How long people may reopen what was resolved. */
const REOPENABLE_MS = DAY

/** One open incident per cause: the key that says so. */
export const causeOf = (c: Cause): string => (c.type === 'alert' && c.series ? `alert:${c.id}:${c.series}` : `${c.type}:${c.id}`)

/** A monitor or an alert as the author of what it saw. */
export const causeActs = (c: Cause | null): Actor => ({ type: c?.type ?? 'monitor', id: c?.id ?? '', name: c?.name ?? '' })

/** How somebody acknowledged: in the app, or from a page of this channel. */
export type Via = 'app' | { how: 'link' | 'keypad' | 'button'; channel: ChannelName }

export function acknowledge(i: Incident, by: Actor, at: number, via: Via = 'app'): Change | Refusal {
  if (i.status === 'resolved') return { refused: 'already-resolved' }
  if (i.status === 'acknowledged') return { refused: 'already-acknowledged' }
  const data = via === 'app' ? { via, channel: null } : { via: via.how, channel: via.channel }
  const timeout = i.notify ? i.policy.acknowledgement_timeout : null
  return changed(
    i,
    {
      status: 'acknowledged',
      acknowledgedAt: at,
      acknowledgedBy: nameless(by),
      lookAgain: timeout === null ? null : at + timeout * SECOND,
      ...(by.type === 'user' ? { responder: by.id } : {}),
    },
    { type: 'acknowledged', at, by: nameless(by), data },
  )
}

/** Acknowledged, not resolved, and the policy's patience is over: open again, from the ladder's beginning. Null before that. */
export function lapsed(i: Incident, at: number): Change | null {
  const { acknowledgement_timeout: after, id, name } = i.policy
  if (i.status !== 'acknowledged' || !i.notify || after === null || i.acknowledgedAt === null) return null
  if (at < i.acknowledgedAt + after * SECOND) return null
  return changed(i, again(i, at), { type: 'acknowledgement-lapsed', at, by: { type: 'policy', id: id ?? '', name }, data: { after } })
}

export function resolve(i: Incident, by: Actor, at: number, o?: Pick<Observation, 'type' | 'why'>): Change | Refusal {
  if (i.status === 'resolved') return { refused: 'already-resolved' }
  const reason = !o || o.type === 'region-changed' ? 'by-hand' : o.type
  return changed(
    i,
    { status: 'resolved', resolvedAt: at, resolvedBy: nameless(by), resolvedItself: reason === 'recovered', lookAgain: null },
    { type: 'resolved', at, by: nameless(by), data: { reason, why: o?.why ?? [] } },
  )
}

/** By hand, within a day. The ladder begins again. `other` is the open incident of the same cause, if there is one. */
export function reopen(i: Incident, by: Actor, at: number, other: Incident | null): Change | Refusal {
  if (i.status !== 'resolved' || i.resolvedAt === null) return { refused: 'not-resolved' }
  if (other) return { refused: 'other-open' }
  if (at - i.resolvedAt > REOPENABLE_MS) return { refused: 'too-late' }
  const data = { reason: 'by-hand' as const, why: [], votes: [], started_at: null }
  return changed(i, again(i, at), { type: 'reopened', at, by: nameless(by), data })
}

/** What regions say now; the ladder goes on as it was. */
export function observed(i: Incident, o: Observation): Change | Refusal {
  if (i.status === 'resolved') return { refused: 'already-resolved' }
  const by = causeActs(i.cause)
  return changed(i, { votes: o.votes, why: o.why }, { type: 'region-changed', at: o.at, by, data: { why: o.why, votes: o.votes } })
}

export const note = (i: Incident, text: string, by: Actor, at: number): Change =>
  changed(i, {}, { type: 'note', at, by: nameless(by), data: { text } })

/** Timelines hold ids of people, never their names. */
export const nameless = (by: Actor): Actor => (by.type === 'user' ? { ...by, name: '' } : by)

/** The next revision of it, and what the timeline says of that. */
export const changed = (i: Incident, change: Partial<Incident>, ...events: NewEvent[]): Change => ({
  incident: { ...i, ...change, rev: i.rev + 1 },
  events,
})

/** Open as it was at first; the ladder begins again. */
export const again = (i: Incident, at: number): Partial<Incident> => ({
  status: 'open',
  acknowledgedAt: null,
  acknowledgedBy: null,
  resolvedAt: null,
  resolvedBy: null,
  resolvedItself: false,
  life: i.life + 1,
  ...(i.notify ? { taken: 0, since: at, lookAgain: at } : {}),
})
