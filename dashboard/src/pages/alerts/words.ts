import type { State } from '../../ui/status.tsx'
import type { Alert } from '../board/wire.ts'

type Said = Pick<Alert, 'condition' | 'threshold' | 'for' | 'use_anomaly_detection' | 'anomaly_trigger' | 'query'>

/** Shape, tone and word of an alert's state. */
export const stateOf: Record<Alert['state'], { state: State; word: string }> = {
  FIRING: { state: 'down', word: 'Firing' },
  PENDING: { state: 'validating', word: 'Pending' },
  UNKNOWN: { state: 'degraded', word: 'Unknown' },
  INACTIVE: { state: 'up', word: 'Quiet' },
  PAUSED: { state: 'paused', word: 'Paused' },
}

export const conditionWords: Record<NonNullable<Alert['condition']>, string> = {
  GT: 'above', GTE: 'at or above', LT: 'below', LTE: 'at or below', EQ: 'equal to', NE: 'other than',
} // biome-ignore format: a table

/** "45 s", "5 m", "1 h 30 m": seconds as people say them. */
export function span(seconds: number): string {
  if (seconds < 60) return `${seconds} s`
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  return [h && `${h} h`, m && `${m} m`, s && `${s} s`].filter(Boolean).join(' ')
}

/** "above 800 for 5 m": when it fires, in words. */
export function firesWhen(a: Said): string {
  const what = a.use_anomaly_detection
    ? { any: 'unusual for the hour', higher: 'unusually high for the hour', lower: 'unusually low for the hour' }[a.anomaly_trigger]
    : a.condition
      ? `${conditionWords[a.condition]} ${a.threshold ?? '…'}`
      : 'returned at all'
  return a.for ? `${what} for ${span(a.for)}` : what
}

/** "2 firing, 1 about to": what the whole list says in one line. */
export function sentence(counts: { firing: number; pending: number; unknown: number; total: number }): string {
  if (!counts.total) return ''
  const parts = [
    counts.firing && `${counts.firing} firing`,
    counts.pending && `${counts.pending} about to`,
    counts.unknown && `${counts.unknown} ${counts.unknown === 1 ? 'cannot' : 'cannot'} be evaluated`,
  ].filter(Boolean)
  return parts.length ? parts.join(', ') : `All ${counts.total} quiet`
}
