import { DAY } from '../time.ts'
import type { ScheduleDefinition } from './definition.ts'
import { type Call, escalate, type Facts, type Person, type Policy, type Severity, type Unreached } from './escalation.ts'
import { planFor } from './notification.ts'
import { whoIsOnCall } from './schedule.ts'
import { type Urgency, urgencyOf } from './urgency.ts'

/**
 * What is asked: an incident of this severity and service opens at `at` (epoch ms), and nobody acknowledges before `until`. `turns` are
 * those of round-robin steps, and are taken: the next question goes on from them.
 */
export type Question = {
  policy: Policy
  severity: Severity
  service: string | null
  at: number
  until?: number
  turns?: Record<string, number>
}
/** The team as it is; schedules right for a week from `at`. */
export type Team = Pick<Facts, 'people' | 'endpoints'> & { urgencies: readonly Urgency[]; schedules: readonly ScheduleDefinition[] }

/** Why somebody is paged: named themselves, as one of the team, or on call in a schedule (and there by a layer, an override or a cover). */
export type Why =
  | { type: 'user' | 'team' | 'webhook' | 'last-resort' }
  | { type: 'schedule'; schedule: string; reason: 'layer' | 'override' | 'cover'; layer: string }

export type SimulatedPage = {
  at: number
  user: string | null
  endpoint: string | null
  name: string
  channel: string
  contact: string
  quiet: boolean
  why: Why
}
export type SimulatedStep = {
  at: number
  step: number
  round: number
  urgency: string
  critical: boolean
  lastResort: boolean
  pages: SimulatedPage[]
  /** Whom the step names and does not reach, and why; a step that reaches nobody is passed at once. */
  unreached: Unreached[]
}
export type Simulated = {
  steps: SimulatedStep[] /** Nobody in the team can be reached. */
  nobody: boolean /** There was more. */
  cut: boolean
}

const STEPS_MAX = 200
const HORIZON = 7 * DAY

/** The ladder as an Incidents object would climb it, with its own code: asked again at every time it says, while nobody answers. */
export function simulate({ policy, severity, service, at, until = at + HORIZON, turns = {} }: Question, team: Team): Simulated {
  const onCall = (schedule: string, now: number) => {
    const def = team.schedules.find((s) => s.id === schedule)
    return def ? (whoIsOnCall(def, now)?.user ?? null) : null
  }
  let facts: Facts = {
    ...team, severity, service, onCall, mark: (key) => turns[key] ?? 0, taken: 0, since: at, lastRungFails: false, someoneReached: false,
  } // biome-ignore format: a row
  const steps: SimulatedStep[] = []
  for (let now: number | null = at; now !== null && steps.length < STEPS_MAX && now < Math.min(until, at + HORIZON); ) {
    const e = escalate(policy, facts, now)
    const moment = now
    for (const p of e.passed)
      steps.push({
        at: moment,
        step: p.step,
        round: p.round,
        urgency: '',
        critical: false,
        lastResort: false,
        pages: [],
        unreached: p.unreached,
      })
    steps.push(...e.calls.map((call) => stepOf(call, policy, severity, team, moment)))
    Object.assign(turns, e.turns)
    // asked every minute for ever, told once
    const nobody = e.taken === facts.taken && !e.calls.length && e.lookAgain !== null && e.lookAgain - now === 60_000 && facts.taken > 0
    if (nobody) return { steps: inOrder(steps), nobody: true, cut: false }
    facts = { ...facts, taken: e.taken, since: e.since, someoneReached: facts.someoneReached || e.calls.length > 0 }
    now = e.exhausted ? null : e.lookAgain
    if (now === null) return { steps: inOrder(steps), nobody: false, cut: false }
  }
  return { steps: inOrder(steps), nobody: false, cut: true }
}

const inOrder = (steps: SimulatedStep[]) => steps.toSorted((a, b) => a.at - b.at || a.round - b.round || a.step - b.step)

function stepOf(call: Call, policy: Policy, severity: Severity, team: Team, at: number): SimulatedStep {
  const urgency = urgencyOf(call.urgency, severity, team.urgencies)
  const why = (match: { user?: string; endpoint?: string }) => whyOf(call, policy, team, match, at)
  const people = call.people.flatMap((p: Person) => {
    const plan = planFor(p, urgency, at)
    return plan.pages.map(({ contact, after }) => ({
      at: at + after, user: p.id, endpoint: null, name: p.name, channel: contact.channel, contact: masked(contact.contact), quiet: plan.quiet, why: why({ user: p.id }),
    })) // biome-ignore format: a row
  })
  const endpoints = call.endpoints.map((x) => ({
    at, user: null, endpoint: x.id, name: x.name, channel: 'webhook', contact: new URL(x.url).host, quiet: false, why: why({ endpoint: x.id }),
  })) // biome-ignore format: a row
  const { step, round, lastResort, unreached } = call
  return { at, step, round, urgency: urgency.name, critical: urgency.critical, lastResort, pages: [...people, ...endpoints], unreached }
}

function whyOf(call: Call, policy: Policy, team: Team, { user, endpoint }: { user?: string; endpoint?: string }, at: number): Why {
  const targets = policy.steps[call.step - 1]?.targets
  if (call.lastResort) return { type: 'last-resort' }
  if (endpoint !== undefined) return { type: 'webhook' }
  for (const { type, id } of targets ?? []) {
    if (type === 'user' && id === user) return { type }
    const def = type === 'schedule' ? team.schedules.find((s) => s.id === id) : undefined
    const now = def && whoIsOnCall(def, at)
    if (def && now && now.user === user) return { type: 'schedule', schedule: def.id, reason: now.reason, layer: now.layer }
  }
  return { type: 'team' }
}

/** Enough to recognise an address by, not to use it. */
function masked(contact: string): string {
  const [name, host] = contact.split('@')
  if (host) return `${name!.slice(0, 1)}…@${host}`
  return contact.length > 4 ? `…${contact.slice(-3)}` : '…'
}
