import type { Status } from '../uptime/schema.ts'
import { type Affected, type ComponentState, isOver, type ReportStatus, type ReportType } from './words.ts'

/** What a monitor's head says, or null when the monitor is gone or was never checked. */
export type Head = { status: Status; incident_id: string | null; status_since: number } | null
export type ReportFacts = {
  id: string
  type: ReportType
  status: ReportStatus
  starts_at: number
  ends_at: number | null
  affected: Affected[]
}

/** `validating` is a round that is open either way: until it ends, the verdict before it stands. */
export function measuredState(head: Head): ComponentState {
  switch (head?.status) {
    case 'up':
      return 'operational'
    case 'down':
      return 'downtime'
    case 'validating':
      return head.incident_id ? 'downtime' : 'operational'
    case 'maintenance':
      return 'maintenance'
    case 'paused':
    case 'pending':
    case undefined:
      return 'unknown'
  }
}

export type Phase = 'upcoming' | 'open' | 'over'

/** Where a report is in time. Planned maintenance begins and ends by the clock, unless somebody says so earlier. */
export function phaseOf(r: Omit<ReportFacts, 'affected' | 'id'>, at: number): Phase {
  if (isOver(r.status) || (r.ends_at !== null && r.ends_at <= at)) return 'over'
  if (r.starts_at <= at || r.status === 'in_progress' || r.status === 'verifying') return 'open'
  return 'upcoming'
}

const worstFirst: readonly ComponentState[] = ['downtime', 'degraded', 'maintenance', 'unknown', 'operational']
export const rank = (state: ComponentState): number => worstFirst.indexOf(state)
/** `operational` when there is none. */
export const worst = (states: readonly ComponentState[]): ComponentState =>
  worstFirst.find((state) => states.includes(state)) ?? 'operational'

export type Component = {
  id: string
  name: string
  section: string | null
  state: ComponentState
  measured: ComponentState
  /** An incident report says something else than what is measured: people are told so. */
  overridden: boolean
  /** Since when it is measured like this, epoch ms; null when nobody knows. */
  since: number | null
}

type Row = { id: string; public_name: string; section_id: string | null; resource_id: string }

/** Each service as it is shown at `at`: an open report's word beats the measurement; of several words the worst counts. */
export function componentsOf(
  rows: readonly Row[],
  heads: ReadonlyMap<string, Head>,
  reports: readonly ReportFacts[],
  at: number,
): Component[] {
  const open = reports.filter((r) => phaseOf(r, at) === 'open')
  return rows.map((row) => {
    const head = heads.get(row.resource_id) ?? null
    const measured = measuredState(head)
    const said = open.flatMap((r) => r.affected.filter((a) => a.resource_id === row.id).map((a) => ({ type: r.type, status: a.status })))
    const state = said.length ? worst(said.map((s) => s.status)) : measured
    return {
      id: row.id,
      name: row.public_name,
      section: row.section_id,
      state,
      measured,
      overridden: state !== measured && measured !== 'unknown' && said.some((s) => s.type === 'incident' && s.status === state),
      since: head && measured !== 'unknown' ? head.status_since : null,
    }
  })
}

export type Overall = { state: ComponentState; sentence: string }

/** The first line of a page: true, worst first, and by name. */
export function overall(components: readonly Component[]): Overall {
  const state = worst(components.map((c) => c.state))
  const of = (s: ComponentState) => components.filter((c) => c.state === s).map((c) => c.name)
  const measured = components.length - of('unknown').length
  switch (state) {
    case 'operational':
      // nothing is known of nothing: not green
      return components.length
        ? { state, sentence: 'All services are up' }
        : { state: 'unknown', sentence: 'No services are listed here yet' }
    case 'unknown':
      return {
        state: measured ? 'operational' : 'unknown',
        sentence: measured ? 'All measured services are up' : 'No service is measured right now',
      }
    case 'maintenance':
      return { state, sentence: `Maintenance: ${names(of('maintenance'))}` }
    case 'downtime':
    case 'degraded': {
      const parts = (['downtime', 'degraded'] as const).flatMap((s) => (of(s).length ? [is(of(s), s)] : []))
      return { state, sentence: parts.join(', ') }
    }
  }
}

const is = (who: string[], state: 'downtime' | 'degraded') =>
  `${names(who)} ${who.length > 1 ? 'are' : 'is'} ${state === 'downtime' ? 'down' : 'degraded'}`

/** "A", "A and B", "A, B and C", "A, B and 3 more services". */
export function names(all: readonly string[]): string {
  if (all.length <= 1) return all[0] ?? ''
  if (all.length <= 3) return `${all.slice(0, -1).join(', ')} and ${all.at(-1)}`
  return `${all.slice(0, 2).join(', ')} and ${all.length - 2} more services`
}
