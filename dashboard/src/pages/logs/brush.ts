/** A window on the histogram: instants in epoch ms, on the edges of buckets. */
export type Span = { from: number; to: number }

/** Two instants in any order as whole buckets inside `all`; at least one bucket. */
export function snapped(a: number, b: number, all: Span, step: number): Span {
  const [low, high] = [Math.min(a, b), Math.max(a, b)]
  const edge = (at: number, round: (n: number) => number) => all.from + round((at - all.from) / step) * step
  const from = clamp(edge(low, Math.floor), all.from, Math.max(all.from, all.to - step))
  return { from, to: clamp(Math.max(edge(high, Math.ceil), from + step), from + 1, all.to) }
}

/** Arrows move the window, Shift and arrows move its right edge; null when it was not a key of ours. Without a window the last tenth is taken. */
export function keyed(key: string, shift: boolean, now: Span | null, all: Span, step: number): Span | null {
  const by = { ArrowLeft: -1, ArrowRight: 1, PageUp: -10, PageDown: 10, Home: Number.NEGATIVE_INFINITY, End: Number.POSITIVE_INFINITY }[key]
  if (by === undefined) return null
  if (!now) return snapped(all.to - (all.to - all.from) / 10, all.to, all, step)
  if (shift) {
    const to = clamp(now.to + clampStep(by, all, step), Math.min(now.from + step, all.to), all.to)
    return { from: now.from, to }
  }
  const length = now.to - now.from
  const from = clamp(now.from + clampStep(by, all, step), all.from, all.to - length)
  return { from, to: from + length }
}

const clampStep = (by: number, all: Span, step: number) => clamp(by * step, -(all.to - all.from), all.to - all.from)
const clamp = (n: number, low: number, high: number) => Math.min(Math.max(n, low), high)
