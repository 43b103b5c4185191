import type { Condition, PolicyBody, PolicyInput, Step, Target } from '../../../../shared/oncall/schema.ts'

/** A rung while it is edited. `wait` and `every` are what was typed, in seconds; `key` names the rung for as long as the form is open. */
export type Rung = Pick<Step, 'urgency' | 'targets' | 'assign' | 'when'> & { key: string; wait: string; again: number; every: string }
/** `team` and `lapse` are minutes as typed, empty for never: when the whole team is paged at the end, when an acknowledgement lapses. */
export type Ladder = { name: string; repeats: number; zone: string; team: string; lapse: string; group: string | null; rungs: Rung[] }

export const WAIT_MAX_S = 86_400
export const RUNGS_MAX = 20
export const DEFAULT_WAIT_S = 180

export const ladderOf = (policy: Omit<PolicyBody, 'id' | 'is_default' | 'created_at' | 'updated_at'>): Ladder => ({
  name: policy.name,
  repeats: policy.repeat_count,
  zone: policy.timezone,
  team: minutesOf(policy.final_team_after),
  lapse: minutesOf(policy.acknowledgement_timeout),
  group: policy.policy_group_id,
  rungs: policy.steps.map((s, i) => ({
    key: `s${i}`,
    wait: String(s.wait_before),
    urgency: s.urgency,
    targets: s.targets,
    assign: s.assign,
    again: s.repeat_count,
    every: String(s.repeat_every),
    when: s.when,
  })),
})

const minutesOf = (seconds: number | null): string => (seconds === null ? '' : String(seconds / 60))

const blankRung = (key: string, wait: number): Rung => ({
  key,
  wait: String(wait),
  urgency: 'high',
  targets: [],
  assign: 'all',
  again: 0,
  every: '60',
  when: null,
})

/** What a new policy begins with: one rung, at once, naming nobody yet. */
export const emptyLadder = (zone = 'UTC'): Ladder => ({
  name: '',
  repeats: 0,
  zone,
  team: '',
  lapse: '',
  group: null,
  rungs: [blankRung('s0', 0)],
})

/** Field errors by path: `name`, `<rung key>.wait`, `<rung key>.targets`. Empty when the policy can be saved. */
export function findings({ name, rungs, team, lapse }: Ladder): Record<string, string> {
  const found: Record<string, string> = {}
  if (!name.trim()) found.name = 'A policy needs a name, for example Payments'
  for (const rung of rungs) {
    if (secondsOf(rung.wait) === null) found[`${rung.key}.wait`] = 'Whole seconds from 0 to 86400, for example 180'
    if (rung.again && !(secondsOf(rung.every) !== null && Number(rung.every) >= 10))
      found[`${rung.key}.every`] = 'Whole seconds from 10 to 86400'
    if (rung.when?.hours?.some((h) => !h.days.length)) found[`${rung.key}.when`] = 'Choose at least one day'
    if (!rung.targets.length) found[`${rung.key}.targets`] = 'A step pages somebody: add a person, a webhook or the whole team'
  }
  if (secondsIn(team) === undefined) found.team = 'Whole minutes from 0 to 1440, or nothing for never'
  const after = secondsIn(lapse)
  if (after === undefined || after === 0) found.lapse = 'Whole minutes from 1 to 1440, or nothing for never'
  return found
}

/** Minutes as typed in seconds; null for never, undefined when it is no whole number of the allowed range. */
function secondsIn(typed: string): number | null | undefined {
  if (!typed.trim()) return null
  const seconds = secondsOf(typed)
  return seconds !== null && seconds <= 1440 ? seconds * 60 : undefined
}

/** What is sent. Call it only when `findings` is empty. */
export const inputOf = ({ name, repeats, zone, team, lapse, group, rungs }: Ladder): PolicyInput => ({
  name: name.trim(),
  repeat_count: repeats,
  timezone: zone,
  final_team_after: secondsIn(team) ?? null,
  acknowledgement_timeout: secondsIn(lapse) ?? null,
  policy_group_id: group,
  steps: rungs.map((r) => ({
    wait_before: secondsOf(r.wait) ?? 0,
    urgency: r.urgency as 'high',
    targets: r.targets.map(targetInput),
    assign: r.assign,
    repeat_count: r.again,
    repeat_every: secondsOf(r.every) ?? 60,
    when: r.when && conditionInput(r.when),
  })),
})

/** What is not asked about is left out. */
const conditionInput = ({ severities, services, hours, otherwise }: Condition) => ({
  ...(severities ? { severities } : {}),
  ...(services ? { services } : {}),
  ...(hours ? { hours } : {}),
  otherwise,
})

export const sameLadder = (a: Ladder, b: Ladder): boolean => JSON.stringify(inputOf(a)) === JSON.stringify(inputOf(b))

/** Waits belong to the places, targets to the rungs: whoever is moved to the top is paged as soon as the top is. */
export function moveRung(ladder: Ladder, from: number, to: number): Ladder {
  if (from === to || !ladder.rungs[from] || !ladder.rungs[to]) return ladder
  const rungs = [...ladder.rungs]
  rungs.splice(to, 0, ...rungs.splice(from, 1))
  return { ...ladder, rungs: rungs.map((r, i) => ({ ...r, wait: ladder.rungs[i]!.wait })) }
}

/** The rung under a removed first one takes its place in time too. A ladder keeps at least one rung. */
export function removeRung(ladder: Ladder, at: number): Ladder {
  if (ladder.rungs.length < 2) return ladder
  const rungs = ladder.rungs.filter((_, i) => i !== at)
  return { ...ladder, rungs: at === 0 ? rungs.map((r, i) => (i === 0 ? { ...r, wait: ladder.rungs[0]!.wait } : r)) : rungs }
}

export function addRung(ladder: Ladder): Ladder {
  const key = `s${Math.max(-1, ...ladder.rungs.map((r) => Number(r.key.slice(1)))) + 1}`
  return { ...ladder, rungs: [...ladder.rungs, blankRung(key, DEFAULT_WAIT_S)] }
}

/** Two rungs of which exactly one is there, whenever it is: office hours, and otherwise. Each waits its own wait after the rung before both. */
export function addBranch(ladder: Ladder): Ladder {
  const hours = [{ days: ['mon', 'tue', 'wed', 'thu', 'fri'] as const, from: '09:00', to: '18:00' }]
  const both = addRung(addRung(ladder))
  const first = both.rungs.length - 2
  const when = (otherwise: boolean): Condition => ({
    severities: null,
    services: null,
    hours: hours.map((h) => ({ ...h, days: [...h.days] })),
    otherwise,
  })
  return { ...both, rungs: both.rungs.map((r, i) => (i < first ? r : { ...r, when: when(i > first) })) }
}

export const changeRung = (ladder: Ladder, key: string, change: Partial<Rung>): Ladder => ({
  ...ladder,
  rungs: ladder.rungs.map((r) => (r.key === key ? { ...r, ...change } : r)),
})

/** The whole team and everything it already holds on one rung make each other's page twice; the same target is never added twice. */
export const hasTarget = (rung: Rung, target: Target): boolean =>
  rung.targets.some((t) => t.type === target.type && (t.type === 'team' || t.id === target.id))

/** One line of "So, for a page at 03:14:00". `after` is seconds since the page's beginning. */
export type Line =
  /** `sometimes`: only when the step's condition holds. */
  | { after: number; kind: 'page'; targets: Target[]; sometimes?: boolean }
  | { after: number; kind: 'again'; times: number }
  | { after: number; kind: 'end' }

/**
 * The ladder as instants, if nobody acknowledges. A repeat begins with the first step's own wait right after the last step
 * (WIRE "Incidents, policies, pages"), so the end is the last rung of the last round. Null while a wait is not a number.
 */
export function clockLines({ rungs, repeats, team }: Ladder): Line[] | null {
  const waits = rungs.map((r) => secondsOf(r.wait))
  const agains = rungs.map((r) => (r.again ? secondsOf(r.every) : 0))
  if ([...waits, ...agains].some((w) => w === null)) return null
  let after = 0
  const lines: Line[] = []
  rungs.forEach((r, i) => {
    after += waits[i]!
    lines.push({ after, kind: 'page', targets: r.targets, ...(r.when ? { sometimes: true } : {}) })
    for (let n = 0; n < r.again; n++) {
      after += agains[i]!
      lines.push({ after, kind: 'page', targets: r.targets, ...(r.when ? { sometimes: true } : {}) })
    }
  })
  const round = after
  if (repeats) lines.push({ after: round + waits[0]!, kind: 'again', times: repeats })
  after = round * (repeats + 1)
  const final = secondsIn(team)
  if (final === undefined) return null
  if (final !== null) {
    after += final
    lines.push({ after, kind: 'page', targets: [{ type: 'team', id: '' }] })
  }
  lines.push({ after, kind: 'end' })
  return lines
}

/** "03:17:00" for seconds after 03:14:00; "03:14:00 + 1 d" past midnight. */
export function clockAfter(seconds: number, from = (3 * 60 + 14) * 60): string {
  const at = from + seconds
  const two = (n: number) => String(n).padStart(2, '0')
  const clock = `${two(Math.floor(at / 3600) % 24)}:${two(Math.floor(at / 60) % 60)}:${two(at % 60)}`
  const days = Math.floor(at / WAIT_MAX_S)
  return days ? `${clock} + ${days} d` : clock
}

/** "once", "twice", "3 times": how often the ladder is climbed. */
export const timesWord = (repeats: number): string => ['once', 'twice'][repeats] ?? `${repeats + 1} times`

/** Seconds as typed; null when it is no whole number of the allowed range. */
function secondsOf(typed: string): number | null {
  const seconds = /^\d{1,6}$/.test(typed.trim()) ? Number(typed) : Number.NaN
  return seconds <= WAIT_MAX_S ? seconds : null
}

/** The team is the caller's own; its id is filled in by the API. */
const targetInput = (t: Target) => (t.type === 'team' ? { type: t.type } : { type: t.type, id: t.id })
