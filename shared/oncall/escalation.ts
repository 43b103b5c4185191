import { SECOND } from '../time.ts'
import type { NotificationRule } from './notification.ts'
import { openTimes } from './restrictions.ts'
import { rungAt, rungCount } from './rungs.ts'
import type { Escalates, Hours, Step, Target } from './schema.ts'
import type { PersonChannel, Urgency } from './urgency.ts'

export type Severity = 'sev1' | 'sev2' | 'sev3' | 'sev4'
/** What escalates: the policy as it stood when the incident opened. */
export type Policy = Escalates
/** A verified way to a person. `secret` is sealed: what push needs besides. Without `id`: from before contacts had one. */
export type Contact = { id?: string; channel: PersonChannel; contact: string; secret?: string | null }
/** `rules` are the person's wishes, `quiet` their quiet hours on the clock of `zone`, `admin` who is told of holes in policies. */
export type Person = {
  id: string
  name: string
  zone: string
  contacts: Contact[]
  rules?: NotificationRule[]
  quiet?: Hours[] | null
  admin?: boolean
}
/** A team's endpoint that a policy may name. The secret stays sealed until a page is built. */
export type Endpoint = { id: string; name: string; url: string; secret: string | null }

/** Everybody the team has, and how they are found, from whoever asks: an object's own copy, or what the simulator read. */
export type Reach = {
  people: Person[]
  endpoints: Endpoint[]
  urgencies: readonly Urgency[]
  schedules: readonly { id: string; name: string }[]
  /** The user on call, null when nobody is. */
  onCall(schedule: string, at: number): string | null
  /** A number kept under a name, 0 when none is: whose turn it is on a round-robin step (`turnKey`), when a notice was last sent. */
  mark(key: string): number
}

/** All that decides. `taken` rungs are behind us, the last one at `since`; a rung is one step of one round. Times in epoch ms. */
export type Facts = Reach & {
  severity: Severity
  service: string | null
  taken: number
  since: number
  /** Every page of the last rung is known to fail: nobody on it was reached, so nobody waits for them. */
  lastRungFails: boolean
  /** At least one page of this incident left, or may still leave. */
  someoneReached: boolean
}

/** Why a target of a step reaches nobody. */
export type Unreached = { type: Target['type']; id: string; why: 'left' | 'no-contact' | 'nobody-on-call' | 'gone' }

/** Pages to make: everybody a rung names, each once. `step` counts from 1; the last resort is one past the policy's last. `due` is when it was to be taken. */
export type Call = {
  rung: number
  step: number
  round: number
  due: number
  urgency: string
  people: Person[]
  endpoints: Endpoint[]
  unreached: Unreached[]
  lastResort: boolean
}
/** A rung that named nobody who can be reached: said in the timeline and to the admins, waited for by nobody. */
export type Passed = Pick<Call, 'rung' | 'step' | 'round' | 'unreached'>

export type Escalated = {
  calls: Call[]
  passed: Passed[]
  taken: number
  since: number
  /** Round-robin steps that were taken: whose turn is next. */
  turns: Record<string, number>
  /** When to ask again; null when there is nothing more to do. */
  lookAgain: number | null
  exhausted: boolean
}

/** How often we look again for somebody when the whole team has nobody who can be reached. */
const NOBODY_MS = 60 * SECOND

/**
 * Whom to page now, and when to look again. Rungs are the policy's steps with their repeats, `repeat_count` times more; each waits its
 * own wait after the one before, so a round begins with the first step's. A step whose condition does not hold at its time is not
 * there: nothing waits for it. A rung that reaches nobody is passed at once, and its successor does not wait. When the last rung is
 * behind us and nobody was reached, the whole team is paged.
 */
export function escalate(policy: Policy, facts: Facts, at: number): Escalated {
  const rungs = rungCount(policy)
  const out: Escalated = { calls: [], passed: [], taken: facts.taken, since: facts.since, turns: {}, lookAgain: null, exhausted: false }
  let atOnce = facts.lastRungFails
  while (out.taken < rungs) {
    const { step, wait } = rungAt(policy, out.taken)
    const due = atOnce ? out.since : out.since + wait * SECOND
    if (!holds(policy, step, facts, due)) {
      out.taken += 1
      continue
    }
    if (due > at) return { ...out, lookAgain: due }
    const { call, turn } = callOf(policy, facts, out, due, at)
    const nobody = !call.people.length && !call.endpoints.length
    if (nobody) out.passed.push({ rung: call.rung, step: call.step, round: call.round, unreached: call.unreached })
    else out.calls.push(call)
    Object.assign(out.turns, turn)
    out.taken += 1
    out.since = at
    atOnce = nobody
  }
  if (out.taken > rungs || out.calls.length || facts.someoneReached) return { ...out, exhausted: true }
  const people = reachable(facts.people)
  if (!people.length) return { ...out, lookAgain: at + NOBODY_MS }
  const { number: step, round } = rungAt(policy, rungs)
  const everybody = { urgency: 'high', people, endpoints: [], unreached: [] }
  const lastResort: Call = { rung: rungs, step, round, due: at, ...everybody, lastResort: true }
  return { ...out, calls: [lastResort], taken: rungs + 1, since: at, exhausted: true }
}

/** The rung that is taken next whatever its wait, for a person who presses Escalate; null when the last one is behind us. */
export const nextNow = (policy: Policy, facts: Facts, at: number): Escalated | null => {
  const next = escalate(policy, { ...facts, lastRungFails: true }, at)
  return next.passed.length || next.calls.some((c) => !c.lastResort) ? next : null
}

/** A rung still to come, as pages and ladders tell it: who, and when if nobody acknowledges. */
export type Ahead = { step: number; round: number; at: number; who: string[] }

/** The next rungs, at most `max`, each as if all before it go as planned. Rungs that reach nobody are left out, like their wait. */
export function ahead(policy: Policy, facts: Facts, max: number): Ahead[] {
  const out: Ahead[] = []
  const turns: Record<string, number> = {}
  let since = facts.since
  let atOnce = facts.lastRungFails
  for (let rung = facts.taken; rung < rungCount(policy) && out.length < max; rung++) {
    const { step, wait } = rungAt(policy, rung)
    const due = atOnce ? since : since + wait * SECOND
    if (!holds(policy, step, facts, due)) continue
    since = due
    const { call, turn } = callOf(policy, facts, { taken: rung, turns }, due, due)
    Object.assign(turns, turn)
    atOnce = !call.people.length && !call.endpoints.length
    const whole = step.assign === 'all' && step.targets.some((t) => t.type === 'team')
    const who = whole ? ['the whole team'] : [...call.people.map((p) => p.name), ...call.endpoints.map((e) => e.name)]
    if (!atOnce) out.push({ step: call.step, round: call.round, at: due, who })
  }
  return out
}

/** The policy of a team that has made none: its owner at once, everybody after 180 s. WIRE "Incidents, policies, pages". */
export const defaultSteps = (team: string, owner: string | null): Step[] => [
  ...(owner ? [plainStep(0, { type: 'user', id: owner })] : []),
  plainStep(owner ? 180 : 0, { type: 'team', id: team }),
]

const plainStep = (wait_before: number, target: Target): Step => ({
  wait_before,
  urgency: 'high',
  targets: [target],
  assign: 'all',
  repeat_count: 0,
  repeat_every: 60,
  when: null,
})

/** Whether a step is there: asked about the time at which it is due, so that nothing waits for one that will not be. */
function holds(policy: Policy, { when }: Step, { severity, service }: Facts, due: number): boolean {
  if (!when) return true
  const fits =
    (!when.severities || when.severities.includes(severity)) &&
    (!when.services || (service !== null && when.services.includes(service))) &&
    (!when.hours || openTimes(when.hours, policy.timezone, due, due + 1).length > 0)
  return fits !== when.otherwise
}

export const reachable = (people: Person[]) => people.filter((p) => p.contacts.length)

/** What counts the turns of a round-robin step. */
export const turnKey = (policy: string | null, step: number): string => `turn:${policy ?? ''}:${step}`

type Found = { people: Person[]; endpoints: Endpoint[]; unreached: Unreached[] }

function callOf(policy: Policy, facts: Facts, at: Pick<Escalated, 'taken' | 'turns'>, due: number, now: number) {
  const { step, number, round } = rungAt(policy, at.taken)
  const each = step.targets.map((target) => targetOf(facts, target, now))
  const key = turnKey(policy.id, number)
  const { found, turn } =
    step.assign === 'round_robin' ? inTurn(each, at.turns[key] ?? facts.mark(key), key) : { found: together(each), turn: {} }
  const call: Call = { rung: at.taken, step: number, round, due, urgency: step.urgency, ...found, lastResort: false }
  return { call, turn }
}

/** Everybody once, however often they are named. */
const together = (each: Found[]): Found => ({
  people: [...new Map(each.flatMap((f) => f.people).map((p) => [p.id, p])).values()],
  endpoints: [...new Map(each.flatMap((f) => f.endpoints).map((e) => [e.id, e])).values()],
  unreached: each.flatMap((f) => f.unreached),
})

/** The first of the units from `turn` on that can be reached. A team, a schedule with nobody: each person and endpoint is a unit. */
function inTurn(each: Found[], turn: number, key: string): { found: Found; turn: Record<string, number> } {
  const { people, endpoints, unreached } = together(each)
  const units: Found[] = [
    ...people.map((p) => ({ people: [p], endpoints: [], unreached: [] })),
    ...endpoints.map((e) => ({ people: [], endpoints: [e], unreached: [] })),
  ]
  const found = units[turn % (units.length || 1)] ?? { people: [], endpoints: [], unreached: [] }
  return { found: { ...found, unreached }, turn: units.length ? { [key]: turn + 1 } : {} }
}

function targetOf(facts: Facts, { type: kind, id }: Target, at: number): Found {
  const none = (why: Unreached['why']): Found => ({ people: [], endpoints: [], unreached: [{ type: kind, id, why }] })
  const person = (user: string): Found => {
    const found = facts.people.find((p) => p.id === user)
    if (!found) return none('left')
    return found.contacts.length ? { people: [found], endpoints: [], unreached: [] } : none('no-contact')
  }
  switch (kind) {
    case 'user':
      return person(id)
    case 'team': {
      const people = reachable(facts.people)
      return people.length ? { people, endpoints: [], unreached: [] } : none('no-contact')
    }
    case 'webhook': {
      const found = facts.endpoints.find((e) => e.id === id)
      return found ? { people: [], endpoints: [found], unreached: [] } : none('gone')
    }
    case 'schedule': {
      if (!facts.schedules.some((s) => s.id === id)) return none('gone')
      const user = facts.onCall(id, at)
      return user === null ? none('nobody-on-call') : person(user)
    }
    default:
      return kind satisfies never
  }
}
