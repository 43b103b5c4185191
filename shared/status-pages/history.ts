import type { Warehouse } from '../warehouse/clickhouse.ts'
import type { Head } from './state.ts'
import type { SaidState } from './words.ts'
import type { Day } from './zone.ts'

/** A change of a monitor's state as `monitor_states` keeps it; epoch ms. */
export type Change = { at: number; state: string; incident: string }
/** Time in one state, `[from, to)`. `unknown`: paused, or nobody looked. */
export type Stretch = { from: number; to: number; state: 'up' | 'down' | 'maintenance' | 'unknown'; incident: string }

/**
 * Every change of these monitors since `from`, and the one before it, by monitor and in order. `validating` is left out:
 * while a round is open the verdict before it stands.
 */
export async function readChanges(ch: Warehouse, team: string, monitors: string[], from: number): Promise<Map<string, Change[]>> {
  const found = new Map<string, Change[]>()
  if (!monitors.length) return found
  const mine = "team = {team:UUID} AND monitor IN {monitors:Array(UUID)} AND state != 'validating'"
  const since = 'fromUnixTimestamp64Milli({from:Int64})'
  const rows = await ch.rows<Change & { monitor: string }>(
    `SELECT monitor, toUnixTimestamp64Milli(since) AS at, state, incident FROM (
       SELECT monitor, at AS since, seq, state, incident FROM tocsin.monitor_states WHERE ${mine} AND at >= ${since}
       UNION ALL
       SELECT monitor, max(at) AS since, max(seq) AS seq, argMax(state, (at, seq)) AS state, argMax(incident, (at, seq)) AS incident
       FROM tocsin.monitor_states WHERE ${mine} AND at < ${since} GROUP BY monitor
     ) ORDER BY monitor, since, seq`,
    { team, monitors, from },
    { timeoutMs: 2000, maxRows: 100_000 },
  )
  for (const { monitor, ...change } of rows) {
    const changes = found.get(monitor)
    if (changes) changes.push(change)
    else found.set(monitor, [change])
  }
  return found
}

/** When any of these monitors was last checked within a day, epoch ms. */
export async function readLastCheck(ch: Warehouse, team: string, monitors: string[], at: number): Promise<number | null> {
  if (!monitors.length) return null
  const [row] = await ch.rows<{ n: number; at: number }>(
    `SELECT count() AS n, toUnixTimestamp64Milli(max(at)) AS at FROM tocsin.checks
     WHERE team = {team:UUID} AND monitor IN {monitors:Array(UUID)} AND at >= fromUnixTimestamp64Milli({from:Int64})`,
    { team, monitors, from: at - 86_400_000 },
    { timeoutMs: 2000 },
  )
  return row?.n ? row.at : null
}

/** Changes as stretches over `[from, at)`. The head knows of a change before ClickHouse does. */
export function stretchesOf(changes: readonly Change[], head: Head, from: number, at: number): Stretch[] {
  const all = [...changes]
  const last = all.at(-1)
  if (
    head &&
    head.status !== 'validating' &&
    head.status_since <= at &&
    (!last || (head.status_since > last.at && head.status !== last.state))
  )
    all.push({ at: head.status_since, state: head.status, incident: head.incident_id ?? '' })
  const stretches: Stretch[] = []
  for (const [i, change] of all.entries()) {
    const [start, end] = [Math.max(from, change.at), Math.min(at, all[i + 1]?.at ?? at)]
    if (end <= start) continue
    const before = stretches.at(-1)
    const state = stateOf(change.state)
    if (before?.state === state && before.to === start && before.incident === change.incident) before.to = end
    else stretches.push({ from: start, to: end, state, incident: change.incident })
  }
  return stretches
}

const stateOf = (state: string): Stretch['state'] => (state === 'up' || state === 'down' || state === 'maintenance' ? state : 'unknown')

/** A day as one bar: the worst that was measured, or that an incident report said. */
export type Bar = 'up' | 'degraded' | 'down' | 'maintenance' | 'none'
/** What a report said of a service, and when. */
export type Said = { from: number; to: number; status: SaidState }

export function dailyBars(stretches: readonly Stretch[], said: readonly Said[], days: readonly Day[]): Bar[] {
  return days.map((day) => {
    const touches = (s: { from: number; to: number }) => s.from < day.to && s.to > day.from
    const states = new Set(stretches.filter(touches).map((s) => s.state))
    const words = new Set(said.filter(touches).map((s) => s.status))
    if (states.has('down') || words.has('downtime')) return 'down'
    if (words.has('degraded')) return 'degraded'
    if (states.has('maintenance') || words.has('maintenance')) return 'maintenance'
    return states.has('up') ? 'up' : 'none'
  })
}

/** Share of the observed time that was up; maintenance, paused and unobserved time do not count. Null when nothing was observed. */
export function availabilityOf(stretches: readonly Stretch[]): number | null {
  const ms = (state: Stretch['state']) => stretches.filter((s) => s.state === state).reduce((sum, s) => sum + s.to - s.from, 0)
  const [up, down] = [ms('up'), ms('down')]
  return up + down ? up / (up + down) : null
}

/** "99.957 % up": three decimals, never rounded up to a hundred. */
export function percent(share: number): string {
  const thousandths = Math.floor(share * 100_000 + 1e-6)
  return `${thousandths === 100_000 ? '100' : (thousandths / 1000).toFixed(3)} %`
}
