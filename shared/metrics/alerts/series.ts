import type { AlertState } from './evaluate.ts'

/** A sample of a series that an alert writes of itself. */
export type Point = { labels: Record<string, string>; value: number | 'stale' }

/**
 * What Prometheus keeps of alerts: `ALERTS{alertstate}` is 1 while an alert is pending or firing, `ALERTS_FOR_STATE` says since when in
 * epoch seconds. A series that is not written any more ends with a stale marker.
 */
export function pointsOf(before: AlertState['active'], now: AlertState['active']): Point[] {
  const [was, is] = [written(before), written(now)]
  const ended = [...was].filter(([key]) => !is.has(key)).map(([, { labels }]): Point => ({ labels, value: 'stale' }))
  return [...is.values(), ...ended]
}

function written(active: AlertState['active']): Map<string, Point> {
  const points = new Map<string, Point>()
  for (const [key, a] of Object.entries(active)) {
    points.set(`${a.state} ${key}`, { labels: { ...a.labels, __name__: 'ALERTS', alertstate: a.state }, value: 1 })
    points.set(` ${key}`, { labels: { ...a.labels, __name__: 'ALERTS_FOR_STATE' }, value: a.activeAt / 1000 })
  }
  return points
}
