import { places } from '../../../../shared/uptime/regions.ts'
import { saw } from '../../try.ts'
import type { Check, MonitorStatus, Region } from '../../wire.ts'

/** One line of the list of checks: a turn of one region, or a round of all. */
export type Look = {
  id: string
  /** The last answer's beginning. */
  at: string
  round: boolean
  checks: Check[]
  verdict: MonitorStatus
  slowestMs: number
  /** The decision, in its sentences; the last says the outcome. */
  why: string[]
  /** The verdict before it, when this look changed it. */
  before: MonitorStatus | null
}

/** Newest first, as the API gives them. A round's decision is told by the answer that completed it: the one that knows most. */
export function looksOf(checks: readonly Check[]): Look[] {
  const groups: Check[][] = []
  const rounds = new Map<string, Check[]>()
  for (const check of checks) {
    const known = check.round_id ? rounds.get(check.round_id) : undefined
    if (known) known.push(check)
    else {
      const group = [check]
      groups.push(group)
      if (check.round_id) rounds.set(check.round_id, group)
    }
  }
  const looks = groups.map((group): Look => {
    const told = group.reduce((best, c) => (c.why.length > best.why.length ? c : best))
    return {
      id: group[0]!.round_id ?? group[0]!.id,
      at: group[0]!.at,
      round: group[0]!.round_id !== null,
      checks: group,
      verdict: told.verdict as MonitorStatus,
      slowestMs: Math.max(...group.map((c) => c.response_time_ms)),
      why: told.why,
      before: null,
    }
  })
  return looks.map((look, i) => {
    const earlier = looks[i + 1]
    return earlier && earlier.verdict !== look.verdict ? { ...look, before: earlier.verdict } : look
  })
}

const words: Record<MonitorStatus, string> = {
  up: 'Up',
  down: 'Down',
  validating: 'Validating',
  maintenance: 'Maintenance',
  paused: 'Paused',
  pending: 'Pending',
}

/** The reason in one line: a change of verdict first, else whose turn it was, else what the round said. */
export function reason(look: Look): string {
  if (look.before && look.before !== 'validating' && look.verdict !== 'validating') return `${words[look.before]} → ${words[look.verdict]}`
  if (look.before === 'validating' && look.verdict === 'down') return 'Validating → Down, incident started'
  const only = look.checks[0]!
  if (!look.round && only.outcome === 'up') return `${places[only.region].label}’s turn`
  const last = look.why.at(-1)
  return last ? last[0]!.toUpperCase() + last.slice(1) : `${places[only.region].label} answered ${saw(only)}`
}

/** The answers in the regions' own order; null where a region was not asked. */
export const inOrder = (look: Look, regions: readonly Region[]): (Check | null)[] =>
  regions.map((region) => look.checks.find((c) => c.region === region) ?? null)
