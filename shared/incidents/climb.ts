import type { Actor } from '../actor.ts'
import { type Endpoint, type Escalated, escalate, type Facts, nextNow, type Person } from '../oncall/escalation.ts'
import type { Change, Incident } from './incident.ts'
import { isFailing, mayReach, type PageChange, type PageRow, queue } from './page-state.ts'
import type { NewEvent } from './timeline.ts'

/** Everybody the incident's team has, from the object's own copy. */
export type Reach = { people: Person[]; endpoints: Endpoint[] }
/** New pages come with the events that tell of them; `id` mints their ids. */
export type Climbed = Change & { pages: PageChange[] }

const NOBODY: Climbed['pages'] = []

/** What the ladder needs to know about an incident: where it is, and what became of the pages so far. */
export function factsOf(i: Incident, pages: PageRow[], reach: Reach): Facts {
  const now = pages.filter((p) => p.life === i.life)
  const last = now.filter((p) => p.rung === i.taken - 1)
  return {
    ...reach,
    taken: i.taken,
    since: i.since,
    lastRungFails: last.length > 0 && last.every((p) => isFailing(p) && !hasSuccessor(p, last, reach)),
    someoneReached: now.some(mayReach),
  }
}

/** What an open incident's ladder asks for at `at`: new pages, what was passed over, the next clock. */
export function climb(i: Incident, pages: PageRow[], reach: Reach, at: number, id: () => string): Climbed {
  if (i.status !== 'open' || !i.notify) return { incident: i, events: [], pages: NOBODY }
  const fallen = fallBack(i, pages, reach, at, id)
  const facts = factsOf(i, [...pages, ...fallen.pages.map((p) => p.page)], reach)
  const up = taken(i, escalate(i.policy, facts, at), at, id, 'step')
  return { incident: up.incident, events: [...fallen.events, ...up.events], pages: [...fallen.pages, ...up.pages] }
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
  return callIn(i, people, all ? 'the whole team' : people.map((p) => p.name).join(', '), by, at, id)
}

/** Null when no rung is left. */
function climbNow(i: Incident, pages: PageRow[], reach: Reach, by: Actor, at: number, id: () => string): Climbed | null {
  const next = nextNow(i.policy, factsOf(i, pages, reach), at)
  if (!next) return null
  const up = taken(i, next, at, id, 'escalated')
  const to = next.calls.flatMap((c) => [...c.people.map((p) => p.name), ...c.endpoints.map((e) => e.name)]).join(', ')
  const incident = i.status === 'open' ? up.incident : { ...up.incident, lookAgain: null }
  return { ...up, incident, events: [{ type: 'escalated', at, by, data: { to } }, ...up.events] }
}

/** The ladder stays where it is. */
function callIn(i: Incident, people: Person[], to: string, by: Actor, at: number, id: () => string): Climbed {
  const pages = people.flatMap((p) => toPerson(i, p, 0, null, i.level, at, id))
  const events: NewEvent[] = [{ type: 'escalated', at, by, data: { to } }, ...pages.map((p) => paged(i, p.page, 1, 'escalated', at))]
  return { incident: { ...i, rev: i.rev + 1 }, events, pages }
}

function taken(i: Incident, e: Escalated, at: number, id: () => string, why: 'step' | 'escalated'): Climbed {
  const events: NewEvent[] = e.passed.map((p) => ({
    type: 'step-passed',
    at,
    by: policyOf(i),
    data: { step: p.step, round: p.round },
  }))
  const pages: PageChange[] = []
  for (const call of e.calls) {
    const made = [
      ...call.people.flatMap((p) => toPerson(i, p, 0, call.rung, call.step, at, id)),
      ...call.endpoints.map((x) => toEndpoint(i, x, call.rung, call.step, at, id)),
    ]
    pages.push(...made)
    events.push(...made.map((p) => paged(i, p.page, call.round, call.lastResort ? 'last-resort' : why, at)))
  }
  const nobody = !e.exhausted && !e.calls.length && e.taken >= i.policy.steps.length * (i.policy.repeat_count + 1)
  // asked every minute, told once: when the ladder has just ended with nobody
  if (nobody && e.taken !== i.taken) events.push({ type: 'nobody-reachable', at, by: policyOf(i), data: {} })
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
  return { incident, events, pages }
}

/** For each contact that fails and has none after it yet: the person's next contact, at once. */
function fallBack(i: Incident, pages: PageRow[], reach: Reach, at: number, id: () => string): { events: NewEvent[]; pages: PageChange[] } {
  const now = pages.filter((p) => p.life === i.life)
  const made = now
    .filter((p) => isFailing(p) && hasSuccessor(p, now, reach) && !now.some((q) => follows(q, p)))
    .flatMap((p) => toPerson(i, reach.people.find((x) => x.id === p.person)!, p.rank + 1, p.rung, p.step, at, id))
  return { pages: made, events: made.map((p) => paged(i, p.page, 1, 'fallback', at)) }
}

const follows = (q: PageRow, p: PageRow) => q.person === p.person && q.rung === p.rung && q.rank === p.rank + 1

/** Another contact of the same person takes over: made already and not failing, or still to be made. */
function hasSuccessor(p: PageRow, pages: PageRow[], reach: Reach): boolean {
  const next = pages.find((q) => follows(q, p))
  if (next) return !isFailing(next) || hasSuccessor(next, pages, reach)
  return Boolean(p.person && reach.people.find((x) => x.id === p.person)?.contacts[p.rank + 1])
}

const policyOf = (i: Incident): Actor => ({ type: 'policy', id: i.policy.id ?? '', name: i.policy.name })

function toPerson(i: Incident, p: Person, rank: number, rung: number | null, step: number, at: number, id: () => string): PageChange[] {
  const contact = p.contacts[rank]
  if (!contact) return []
  return [queue({ id: id(), incident: i.id, life: i.life, rung, step, ...contact, person: p.id, endpoint: null, rank }, at)]
}

const toEndpoint = (i: Incident, x: Endpoint, rung: number, step: number, at: number, id: () => string): PageChange =>
  queue(
    { id: id(), incident: i.id, life: i.life, rung, step, channel: 'webhook', contact: x.url, person: null, endpoint: x.id, rank: 0 },
    at,
  )

const paged = (
  i: Incident,
  p: PageRow,
  round: number,
  reason: 'step' | 'escalated' | 'fallback' | 'last-resort',
  at: number,
): NewEvent => ({
  type: 'paged',
  at,
  by: policyOf(i),
  data: { page_id: p.id, step: p.step, round, channel: p.channel, contact: p.contact, user_id: p.person, reason },
})
