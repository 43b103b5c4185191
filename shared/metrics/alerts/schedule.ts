/** Rows are in ClickHouse within two seconds (docs/performance.md); an instant is looked at when its samples have arrived. */
export const DELAY_MS = 3000
/** How far back a missed instant is still evaluated, and how many at once. */
export const CATCH_UP_MS = 3_600_000
export const CATCH_UP_MAX = 360

/** Instants to evaluate: `start + i · step` up to `end`. `gap`: those before, which nobody will look at any more. */
export type Due = { start: number; end: number; step: number; gap: { from: number; to: number; count: number } | null }

/**
 * Instants lie on a grid of whole intervals since the epoch, moved by a number of the rule's own: a restart goes on where it was,
 * a backtest asks at the very same instants, and a thousand rules do not all ask at once. As in Prometheus.
 */
export function offsetOf(id: string, intervalMs: number): number {
  let hash = 2_166_136_261
  for (let i = 0; i < id.length; i++) hash = Math.imul(hash ^ id.charCodeAt(i), 16_777_619)
  hash = Math.imul(hash ^ (hash >>> 16), 2_246_822_507)
  hash ^= hash >>> 13
  return Math.floor(((hash >>> 0) / 4_294_967_296) * (intervalMs / 1000)) * 1000
}

/** The last instant of the grid at or before `at`. */
export const floorTo = (at: number, intervalMs: number, offset: number): number =>
  Math.floor((at - offset) / intervalMs) * intervalMs + offset

/** What is due at `now` for a rule last evaluated at `last` (null: never); null when nothing is. */
export function dueAt(last: number | null, intervalMs: number, offset: number, now: number): Due | null {
  const end = floorTo(now - DELAY_MS, intervalMs, offset)
  if (last === null) return { start: end, end, step: intervalMs, gap: null }
  const next = floorTo(last, intervalMs, offset) + intervalMs
  if (next > end) return null
  const count = Math.floor((end - next) / intervalMs) + 1
  const kept = Math.min(count, CATCH_UP_MAX, Math.floor(CATCH_UP_MS / intervalMs) + 1)
  const start = end - (kept - 1) * intervalMs
  return { start, end, step: intervalMs, gap: count > kept ? { from: next, to: start - intervalMs, count: count - kept } : null }
}

/** When to look again: the next instant, and the time its samples need. */
export const nextAt = (now: number, intervalMs: number, offset: number): number =>
  floorTo(now - DELAY_MS, intervalMs, offset) + intervalMs + DELAY_MS
