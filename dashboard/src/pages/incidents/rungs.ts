import type { IncidentDetail, TimelineEvent } from '../../wire.ts'

/** A rung of the escalation panel. Exactly one is `at`: the last that paged. `later` were not needed. */
export type Rung = { step: number; round: number; who: string[]; at: string | null; state: 'past' | 'at' | 'next' | 'later' }
type Later = { step: number; who: string[] }

/**
 * Where the ladder is: what this life of the incident already paged, then what comes if nobody acknowledges. `policy` tells the
 * steps that were never reached once the ladder has stopped.
 */
export function rungsOf(
  incident: Pick<IncidentDetail, 'status' | 'next'>,
  timeline: readonly TimelineEvent[],
  name: (user: string | null, contact: string) => string,
  policy: readonly Later[],
): Rung[] {
  const events = [...timeline].sort((a, b) => a.at.localeCompare(b.at))
  const from = events.findLastIndex((e) => e.type === 'opened' || e.type === 'declared' || e.type === 'reopened')
  const past: Rung[] = []
  for (const { type, at, data } of events.slice(Math.max(0, from))) {
    if (type !== 'paged' || data.reason === 'fallback') continue
    const [step, round] = [Number(data.step), Number(data.round) || 1]
    const who = name(typeof data.user_id === 'string' ? data.user_id : null, String(data.contact ?? ''))
    const rung = past.find((r) => r.step === step && r.round === round)
    if (!rung) past.push({ step, round, who: [who], at, state: 'past' })
    else if (!rung.who.includes(who)) rung.who.push(who)
  }
  const last = past.at(-1)
  if (last) last.state = 'at'
  if (incident.status === 'OPEN') return [...past, ...incident.next.map((n) => ({ ...n, state: 'next' as const }))]
  const reached = last?.round === 1 ? last.step : last ? Number.POSITIVE_INFINITY : 0
  return [...past, ...policy.filter((s) => s.step > reached).map((s) => ({ ...s, round: 1, at: null, state: 'later' as const }))]
}

/** "37 s of 3 m, then Theo Lindgren": how long the present rung has been waited for, and who is next. Null when nobody waits. */
export function waiting(rungs: readonly Rung[], now: number): { forMs: number; ofMs: number | null; next: string[] } | null {
  const at = rungs.find((r) => r.state === 'at')
  if (!at?.at) return null
  const next = rungs.find((r) => r.state === 'next')
  const since = Date.parse(at.at)
  return { forMs: Math.max(0, now - since), ofMs: next?.at ? Math.max(0, Date.parse(next.at) - since) : null, next: next?.who ?? [] }
}
