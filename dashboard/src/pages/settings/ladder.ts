import type { PolicyBody, PolicyInput, Step, Target } from '../../../../shared/oncall/schema.ts'

/** A rung while it is edited. `wait` is what was typed, in seconds; `key` names the rung for as long as the form is open. */
export type Rung = { key: string; wait: string; urgency: Step['urgency']; targets: Target[] }
export type Ladder = { name: string; repeats: number; rungs: Rung[] }

export const WAIT_MAX_S = 86_400
export const RUNGS_MAX = 20
export const DEFAULT_WAIT_S = 180

export const ladderOf = (policy: Pick<PolicyBody, 'name' | 'repeat_count' | 'steps'>): Ladder => ({
  name: policy.name,
  repeats: policy.repeat_count,
  rungs: policy.steps.map((s, i) => ({ key: `s${i}`, wait: String(s.wait_before), urgency: s.urgency, targets: s.targets })),
})

/** What a new policy begins with: one rung, at once, naming nobody yet. */
export const emptyLadder = (): Ladder => ({ name: '', repeats: 0, rungs: [{ key: 's0', wait: '0', urgency: 'high', targets: [] }] })

/** Field errors by path: `name`, `<rung key>.wait`, `<rung key>.targets`. Empty when the policy can be saved. */
export function findings({ name, rungs }: Ladder): Record<string, string> {
  const found: Record<string, string> = {}
  if (!name.trim()) found.name = 'A policy needs a name, for example Payments'
  for (const rung of rungs) {
    if (secondsOf(rung.wait) === null) found[`${rung.key}.wait`] = 'Whole seconds from 0 to 86400, for example 180'
    if (!rung.targets.length) found[`${rung.key}.targets`] = 'A step pages somebody: add a person, a webhook or the whole team'
  }
  return found
}

/** What is sent. Call it only when `findings` is empty. */
export const inputOf = ({ name, repeats, rungs }: Ladder): PolicyInput => ({
  name: name.trim(),
  repeat_count: repeats,
  steps: rungs.map((r) => ({ wait_before: secondsOf(r.wait) ?? 0, urgency: r.urgency, targets: r.targets.map(targetInput) })),
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
  return { ...ladder, rungs: [...ladder.rungs, { key, wait: String(DEFAULT_WAIT_S), urgency: 'high', targets: [] }] }
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
  | { after: number; kind: 'page'; targets: Target[] }
  | { after: number; kind: 'again'; times: number }
  | { after: number; kind: 'end' }

/**
 * The ladder as instants, if nobody acknowledges. A repeat begins with the first step's own wait right after the last step
 * (WIRE "Incidents, policies, pages"), so the end is the last rung of the last round. Null while a wait is not a number.
 */
export function clockLines({ rungs, repeats }: Ladder): Line[] | null {
  const waits = rungs.map((r) => secondsOf(r.wait))
  if (waits.some((w) => w === null)) return null
  const round = (waits as number[]).reduce((sum, w) => sum + w, 0)
  let after = 0
  const lines: Line[] = rungs.map((r, i) => {
    after += waits[i]!
    return { after, kind: 'page', targets: r.targets }
  })
  if (repeats) lines.push({ after: round + waits[0]!, kind: 'again', times: repeats })
  lines.push({ after: round * (repeats + 1), kind: 'end' })
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
