import type { BarState } from '../../ui/bars.tsx'
import type { Incident } from '../../wire.ts'

const HOUR_MS = 3_600_000

/**
 * The last 24 hours, oldest first: an hour in which an incident of a monitor was open is down. Hours that ended before `since`, when the
 * first monitor was made, say nothing. Times in epoch ms.
 */
export function hoursOf(
  incidents: readonly Pick<Incident, 'started_at' | 'resolved_at' | 'monitor_id'>[],
  now: number,
  since: number,
): BarState[] {
  return Array.from({ length: 24 }, (_, i) => {
    const from = now - (24 - i) * HOUR_MS
    const to = from + HOUR_MS
    const hit = incidents.some(
      (x) => x.monitor_id && Date.parse(x.started_at) < to && (x.resolved_at ? Date.parse(x.resolved_at) : now) > from,
    )
    if (hit) return 'down'
    return to > since ? 'up' : 'none'
  })
}
