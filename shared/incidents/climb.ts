import type { Actor } from '../actor.ts'
import {
  type Call,
  type Contact,
  type Endpoint,
  type Escalated,
  escalate,
  type Facts,
  nextNow,
  type Person,
  type Reach,
} from '../oncall/escalation.ts'
import { planFor } from '../oncall/notification.ts'
import { rungCount } from '../oncall/rungs.ts'
import { urgencyOf } from '../oncall/urgency.ts'
import { iso } from '../time.ts'
import { type Change, type Incident, lapsed } from './incident.ts'
import { notices } from './notices.ts'
import { hurry, isFailing, mayReach, type PageChange, type PageRow, queue } from './page-state.ts'
import type { NewEvent } from './timeline.ts'

export type { Reach } from '../oncall/escalation.ts'
/** New pages come with the events that tell of them; `id` mints their ids. `marks` are to be kept with them: `Reach.mark` reads them. */
export type Climbed = Change & { pages: PageChange[]; marks?: Record<string, number> }

const NOBODY: Climbed['pages'] = []

/** What the ladder needs to know about an incident: where it is, and what became of the pages so far. */
export function factsOf(i: Incident, pages: PageRow[], reach: Reach): Facts {
  const now = pages.filter((p) => p.life === i.life && p.kind === 'page')
  const rung = now.reduce((last, p) => Math.max(last, p.rung ?? -1), -1)
  const last = now.filter((p) => p.rung === rung)
  return {
    ...reach,
    severity: i.severity,
    service: i.serviceId,
    taken: i.taken,
    since: i.since,
    lastRungFails: rung >= 0 && last.every((p) => isFailing(p) && !hasSuccessor(p, last, reach)),
    someoneReached: now.some(mayReach),
  }
}

/** What an open incident's ladder asks for at `at`: new pages, what was passed over, the next clock. An acknowledgement may lapse first. */
export function climb(before: Incident, pages: PageRow[], reach: Reach, at: number, id: () => string): Climbed {
  const lapse = lapsed(before, at)
  const i = lapse?.incident ?? before
  if (i.status !== 'open' || !i.notify) return { incident: i, events: [], pages: NOBODY }
  const fallen = fallBack(i, pages, reach, at, id)
  const facts = factsOf(i, merged(pages, fallen.pages), reach)
  const up = taken(i, escalate(i.policy, facts, at), reach, at, id, 'step')
  return { ...up, events: [...(lapse?.events ?? []), ...fallen.events, ...up.events], pages: [...fallen.pages, ...up.pages] }
}

/** Whom somebody calls in. */
export type Target = { people: string[] | 'everybody' }
export type NotPaged = { refused: 'already-resolved' | 'no-further-step' | 'nobody' }
type ByHand = { by: Actor; target: Target | null; at: number; id: () => string }

/** Somebody presses Escalate: these people too, or without a target the next rung now. */
export function climbByHand(i: Incident, pages: PageRow[], reach: Reach, { by, target, at, id }: ByHand): Climbed | NotPaged {
  if (i.status === 'resolved') return { refused: 'already-resolved' }
  if (!target) return climbNow(i, pages, reach, by, at, id) ?? { refused: 'no-further-step' }
  const all = target.people === 'everybody'
  const people = reach.people.filter((p) => p.contacts.length && (all || target.people.includes(p.id)))
  if (!people.length) return { refused: 'nobody' }
  return callIn(i, people, reach, all ? 'the whole team' : people.map((p) => p.name).join(', '), by, at, id)
}

/** Null when no rung is left. */
function climbNow(i: Incident, pages: PageRow[], reach: Reach, by: Actor, at: number, id: () => string): Climbed | null {
  const next = nextNow(i.policy, factsOf(i, pages, reach), at)
  if (!next) return null
  const up = taken(i, next, reach, at, id, 'escalated')
  const to = next.calls.flatMap((c) => [...c.people.map((p) => p.name), ...c.endpoints.map((e) => e.name)]).join(', ')
  const incident = i.status === 'open' ? up.incident : { ...up.incident, lookAgain: i.lookAgain }
  return { ...up, incident, events: [{ type: 'escalated', at, by, data: { to } }, ...up.events] }
}

/** The ladder stays where it is. */
function callIn(i: Incident, people: Person[], reach: Reach, to: string, by: Actor, at: number, id: () => string): Climbed {
  const call = { rung: null, step: i.level, urgency: 'high', due: at }
  const pages = people.flatMap((p) => toPerson(i, p, call, reach, at, id))
  const events: NewEvent[] = [{ type: 'escalated', at, by, data: { to } }, ...pages.map((p) => paged(i, p, 1, 'escalated', at))]
  return { incident: { ...i, rev: i.rev + 1 }, events, pages }
}

function taken(i: Incident, e: Escalated, reach: Reach, at: number, id: () => string, why: 'step' | 'escalated'): Climbed {
  const by = policyOf(i)
  const events: NewEvent[] = e.passed.map(({ step, round, unreached }) => ({
    type: 'step-passed',
    at,
    by,
    data: { step, round, unreached },
  }))
  const pages: PageChange[] = []
  for (const call of e.calls) {
    const made = [
      ...call.people.flatMap((p) => toPerson(i, p, call, reach, at, id)),
      ...call.endpoints.map((x) => toEndpoint(i, x, call, reach, at, id)),
    ]
    pages.push(...made)
    events.push(...made.map((p) => paged(i, p, call.round, call.lastResort ? 'last-resort' : why, at)))
    const { step, round, unreached } = call
    if (unreached.length) events.push({ type: 'target-unreached', at, by, data: { step, round, unreached } })
  }
  const notice = notices(i, e, reach, at, id)
  const nobody = !e.exhausted && !e.calls.length && e.taken >= rungCount(i.policy)
  // asked every minute, told once: when the ladder has just ended with nobody
  if (nobody && e.taken !== i.taken) events.push({ type: 'nobody-reachable', at, by, data: {} })
  const last = e.calls.at(-1)
  const moved = e.taken !== i.taken || events.length > 0
  const incident: Incident = {
    ...i,
    taken: e.taken,
    since: e.since,
    lookAgain: e.lookAgain,
    level: last?.step ?? i.level,
    responder: last?.people[0]?.id ?? i.responder,
    rev: i.rev + (moved ? 1 : 0),
  }
  return { incident, events, pages: [...pages, ...notice.pages], marks: { ...e.turns, ...notice.marks } }
}

/** Pages as they are after the changes. */
const merged = (pages: PageRow[], changes: PageChange[]): PageRow[] => {
  const changed = new Map(changes.map((c) => [c.page.id, c.page]))
  return [...pages.filter((p) => !changed.has(p.id)), ...changed.values()]
}

/** For each contact that fails and has none in its place yet: the page that waits for its time, else the person's next contact, at once. */
function fallBack(i: Incident, pages: PageRow[], reach: Reach, at: number, id: () => string): { events: NewEvent[]; pages: PageChange[] } {
  let now = pages.filter((p) => p.life === i.life && p.kind === 'page')
  const made: PageChange[] = []
  const events: NewEvent[] = []
  for (const p of now.filter(isFailing)) {
    if (now.some((q) => q.replaces === p.id)) continue
    const waiting = now.find((q) => sameCall(q, p) && isWaiting(q))
    const next = waiting ? hurry(waiting, p, at) : instead(i, p, now, reach, at, id)
    if (!next) continue
    made.push(next)
    now = merged(now, [next])
    events.push(paged(i, next, 1, 'fallback', at))
  }
  return { pages: made, events }
}

function instead(i: Incident, p: PageRow, now: PageRow[], reach: Reach, at: number, id: () => string): PageChange | null {
  const contact = spareOf(p, now, reach)
  if (!contact) return null
  const { rung, step, person, critical } = p
  const { channel, contact: address } = contact
  const page = { id: id(), incident: i.id, life: i.life, rung, step, channel, contact: address, person, endpoint: null, critical }
  return queue({ ...page, wantedAt: at, replaces: p.id }, at)
}

const sameCall = (q: PageRow, p: PageRow) => q.person !== null && q.person === p.person && q.rung === p.rung
const isWaiting = (q: PageRow) => q.state === 'due' && q.attempt === 0 && q.replaces === null && q.dueAt !== q.createdAt

/** A contact of the page's person that this call has not used. */
function spareOf(p: PageRow, pages: PageRow[], reach: Reach): Contact | undefined {
  const used = pages.filter((q) => sameCall(q, p))
  const { contacts = [] } = reach.people.find((x) => x.id === p.person) ?? {}
  return contacts.find((c) => !used.some((q) => q.channel === c.channel && q.contact === c.contact))
}

/** Another contact of the same person takes over: in its place already and not failing, or still to be made. */
function hasSuccessor(p: PageRow, pages: PageRow[], reach: Reach): boolean {
  const next = pages.find((q) => q.replaces === p.id && q.id !== p.id)
  if (next) return !isFailing(next) || hasSuccessor(next, pages, reach)
  return p.person !== null && (pages.some((q) => sameCall(q, p) && isWaiting(q)) || spareOf(p, pages, reach) !== undefined)
}

const policyOf = (i: Incident): Actor => ({ type: 'policy', id: i.policy.id ?? '', name: i.policy.name })

type Calling = Pick<Call, 'step' | 'urgency' | 'due'> & { rung: number | null }

/** As the person wishes it for this urgency. A wish for later is a page that waits. */
function toPerson(i: Incident, p: Person, call: Calling, reach: Reach, at: number, id: () => string): PageChange[] {
  const urgency = urgencyOf(call.urgency, i.severity, reach.urgencies)
  return planFor(p, urgency, at).pages.map(({ contact: { channel, contact }, after }) =>
    queue(
      { ...rowOf(i, call, id), channel, contact, person: p.id, endpoint: null, critical: urgency.critical, wantedAt: call.due + after },
      at,
      after,
    ),
  )
}

function toEndpoint(i: Incident, x: Endpoint, call: Calling, reach: Reach, at: number, id: () => string): PageChange {
  const { critical } = urgencyOf(call.urgency, i.severity, reach.urgencies)
  return queue(
    { ...rowOf(i, call, id), channel: 'webhook', contact: x.url, person: null, endpoint: x.id, critical, wantedAt: call.due },
    at,
  )
}

const rowOf = (i: Incident, { rung, step }: Calling, id: () => string) => ({ id: id(), incident: i.id, life: i.life, rung, step })

type Reason = 'step' | 'escalated' | 'fallback' | 'last-resort'

const paged = (i: Incident, { page: p }: PageChange, round: number, reason: Reason, at: number): NewEvent => ({
  type: 'paged',
  at,
  by: policyOf(i),
  data: {
    page_id: p.id,
    step: p.step,
    round,
    channel: p.channel,
    contact: p.contact,
    user_id: p.person,
    reason,
    ...(p.dueAt !== null && p.dueAt > at ? { leaves_at: iso(p.dueAt) } : {}),
  },
})
