import type { StateChange, Stretch } from '../uptime/availability.ts'
import type { Warehouse } from '../warehouse/clickhouse.ts'
import type { Head } from './state.ts'
import type { SaidState } from './words.ts'
import type { Day } from './zone.ts'

/** When any of these monitors was last checked within a day, epoch ms. */
export async function readLastCheck(ch: Warehouse, team: string, monitors: string[], at: number): Promise<number | null> {
  if (!monitors.length) return null
  const [row] = await ch.rows<{ n: number; last: number }>(
    `SELECT count() AS n, toUnixTimestamp64Milli(max(at)) AS last FROM tocsin.checks
     WHERE team = {team:UUID} AND monitor IN {monitors:Array(UUID)} AND at >= fromUnixTimestamp64Milli({from:Int64})`,
    { team, monitors, from: at - 86_400_000 },
    { timeoutMs: 2000 },
  )
  return row?.n ? row.last : null
}

/** The head knows of a change before ClickHouse does: what it says last counts, unless it is in doubt or older. */
export function withHead(changes: readonly StateChange[], head: Head): StateChange[] {
  const last = changes.at(-1)
  if (!head || head.status === 'validating' || (last && (head.status_since <= last.at || head.status === last.state))) return [...changes]
  return [...changes, { at: head.status_since, state: head.status, incident: head.incident_id }]
}

/** A day as one bar: the worst that was measured, or that an incident report said. */
export type Bar = 'up' | 'degraded' | 'down' | 'maintenance' | 'none'
/** What a report said of a service, and when. */
export type Said = { from: number; to: number; status: SaidState }

export function dailyBars(stretches: readonly Stretch[], said: readonly Said[], days: readonly Day[]): Bar[] {
  return days.map((day) => {
    const touches = (s: { from: number; to: number }) => s.from < day.to && s.to > day.from
    const states = new Set(stretches.filter(touches).map((s) => s.kind))
    const words = new Set(said.filter(touches).map((s) => s.status))
    if (states.has('down') || words.has('downtime')) return 'down'
    if (words.has('degraded')) return 'degraded'
    if (states.has('maintenance') || words.has('maintenance')) return 'maintenance'
    return states.has('up') ? 'up' : 'none'
  })
}

/** "99.957 % up": three decimals, never rounded up to a hundred. */
export function percent(share: number): string {
  const thousandths = Math.floor(share * 100_000 + 1e-6)
  return `${thousandths === 100_000 ? '100' : (thousandths / 1000).toFixed(3)} %`
}
