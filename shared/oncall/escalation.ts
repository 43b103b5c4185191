import { SECOND } from '../time.ts'
import type { Step } from './schema.ts'

/** What escalates: the steps as they stood when the incident opened. */
export type Policy = { id: string | null; name: string; repeat_count: number; steps: Step[] }
/** How a person can be reached, in the order of trying. */
export type Contact = { channel: 'email'; contact: string }
export type Person = { id: string; name: string; zone: string; contacts: Contact[] }
/** A team's endpoint that a policy may name. The secret stays sealed until a page is built. */
export type Endpoint = { id: string; name: string; url: string; secret: string | null }

/** All that decides. `taken` rungs are behind us, the last one at `since`; a rung is one step of one round. Times in epoch ms. */
export type Facts = {
  taken: number
  since: number
  /** Every page of the last rung is known to fail: nobody on it was reached, so nobody waits for them. */
  lastRungFails: boolean
  /** At least one page of this incident left, or may still leave. */
  someoneReached: boolean
  people: Person[]
  endpoints: Endpoint[]
}

/** Pages to make: everybody a rung names, each once. `step` counts from 1; the last resort is one past the policy's last. */
export type Call = { rung: number; step: number; round: number; people: Person[]; endpoints: Endpoint[]; lastResort: boolean }
/** A rung that named nobody who can be reached: said in the timeline, waited for by nobody. */
export type Passed = { rung: number; step: number; round: number }

export type Escalated = {
  calls: Call[]
  passed: Passed[]
  taken: number
  since: number
  /** When to ask again; null when there is nothing more to do. */
  lookAgain: number | null
  exhausted: boolean
}

/** How often we look again for somebody when the whole team has nobody who can be reached. */
const NOBODY_MS = 60 * SECOND

/**
 * Whom to page now, and when to look again. Rungs are the policy's steps, `repeat_count` times more; each waits its
 * `wait_before` after the one before, so a repeat begins with the first step's own wait. A rung that reaches nobody is passed
 * at once, and its successor does not wait. When the last rung is behind us and nobody was reached, the whole team is paged.
 */
export function escalate(policy: Policy, facts: Facts, at: number): Escalated {
  const n = policy.steps.length
  const rungs = n * (policy.repeat_count + 1)
  const out: Escalated = { calls: [], passed: [], taken: facts.taken, since: facts.since, lookAgain: null, exhausted: false }
  let atOnce = facts.lastRungFails
  while (out.taken < rungs) {
    const due = atOnce ? out.since : out.since + policy.steps[out.taken % n]!.wait_before * SECOND
    if (due > at) return { ...out, lookAgain: due }
    const call = callOf(policy, facts, out.taken)
    const nobody = !call.people.length && !call.endpoints.length
    if (nobody) out.passed.push({ rung: call.rung, step: call.step, round: call.round })
    else out.calls.push(call)
    out.taken += 1
    out.since = at
    atOnce = nobody
  }
  if (out.taken > rungs || out.calls.length || facts.someoneReached) return { ...out, exhausted: true }
  const people = reachable(facts.people)
  if (!people.length) return { ...out, lookAgain: at + NOBODY_MS }
  const lastResort: Call = { rung: rungs, step: n + 1, round: policy.repeat_count + 1, people, endpoints: [], lastResort: true }
  return { ...out, calls: [lastResort], taken: rungs + 1, since: at, exhausted: true }
}

/** The rung that is taken next whatever its wait, for a person who presses Escalate; null when the last one is behind us. */
export const nextNow = (policy: Policy, facts: Facts, at: number): Escalated | null => {
  if (facts.taken >= policy.steps.length * (policy.repeat_count + 1)) return null
  return escalate(policy, { ...facts, lastRungFails: true }, at)
}

/** A rung still to come, as pages and ladders tell it: who, and when if nobody acknowledges. */
export type Ahead = { step: number; round: number; at: number; who: string[] }

/** The next rungs, at most `max`, each as if all before it go as planned. Rungs that reach nobody are left out, like their wait. */
export function ahead(policy: Policy, facts: Facts, max: number): Ahead[] {
  const n = policy.steps.length
  const out: Ahead[] = []
  let due = facts.since
  let atOnce = facts.lastRungFails
  for (let rung = facts.taken; rung < n * (policy.repeat_count + 1) && out.length < max; rung++) {
    if (!atOnce) due += policy.steps[rung % n]!.wait_before * SECOND
    const call = callOf(policy, facts, rung)
    atOnce = !call.people.length && !call.endpoints.length
    const whole = policy.steps[rung % n]!.targets.some((t) => t.type === 'team')
    const who = whole ? ['the whole team'] : [...call.people.map((p) => p.name), ...call.endpoints.map((e) => e.name)]
    if (!atOnce) out.push({ step: call.step, round: call.round, at: due, who })
  }
  return out
}

/** The policy of a team that has made none: its owner at once, everybody after 180 s. WIRE "Incidents, policies, pages". */
export const defaultSteps = (team: string, owner: string | null): Step[] => [
  ...(owner ? [{ wait_before: 0, urgency: 'high' as const, targets: [{ type: 'user' as const, id: owner }] }] : []),
  { wait_before: owner ? 180 : 0, urgency: 'high', targets: [{ type: 'team', id: team }] },
]

const reachable = (people: Person[]) => people.filter((p) => p.contacts.length)

function callOf(policy: Policy, facts: Facts, rung: number): Call {
  const n = policy.steps.length
  const people = new Map<string, Person>()
  const endpoints = new Map<string, Endpoint>()
  for (const { type: kind, id } of policy.steps[rung % n]!.targets)
    switch (kind) {
      case 'user':
        for (const p of reachable(facts.people)) if (p.id === id) people.set(id, p)
        break
      case 'team':
        for (const p of reachable(facts.people)) people.set(p.id, p)
        break
      case 'webhook':
        for (const e of facts.endpoints) if (e.id === id) endpoints.set(id, e)
        break
      case 'schedule':
        break // nobody is on call until there are schedules
      default: {
        kind satisfies never
      }
    }
  return {
    rung,
    step: (rung % n) + 1,
    round: Math.floor(rung / n) + 1,
    people: [...people.values()],
    endpoints: [...endpoints.values()],
    lastResort: false,
  }
}
