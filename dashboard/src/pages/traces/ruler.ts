/** A logarithmic scale of durations, in ms, on whole powers of ten. */
export type Ruler = { low: number; high: number; ticks: number[] }

export function ruler(durations: readonly number[]): Ruler {
  let [min, max] = [Number.POSITIVE_INFINITY, 0]
  for (const d of durations) {
    if (d > 0 && d < min) min = d
    if (d > max) max = d
  }
  if (!(max > 0)) [min, max] = [1, 1000]
  const low = 10 ** Math.floor(Math.log10(min))
  const high = Math.max(low * 10, 10 ** Math.ceil(Math.log10(max)))
  const ticks: number[] = []
  for (let t = low; t <= high * 1.0001; t *= 10) ticks.push(Number(t.toPrecision(6)))
  return { low, high, ticks: ticks.length > 6 ? ticks.filter((_, i) => i % 2 === 0) : ticks }
}

/** Where a duration stands: 0 at the foot, 1 at the top. */
export const place = (ms: number, { low, high }: Ruler): number =>
  Math.min(1, Math.max(0, (Math.log10(Math.max(ms, low)) - Math.log10(low)) / (Math.log10(high) - Math.log10(low))))

/** The duration that stands at `share` of the height: the inverse of `place`. */
export const durationAt = (share: number, { low, high }: Ruler): number => low * (high / low) ** share

/** Round times below `total` for the axis of one trace, in ms: 0, 1 s, 2 s, 3 s of 4.02 s. */
export function roundTimes(total: number): number[] {
  const unit = 10 ** Math.floor(Math.log10(total / 4.5))
  const step = unit * ([1, 2, 5, 10].find((m) => m * unit * 4.5 >= total) ?? 10)
  const times: number[] = []
  for (let i = 0; i * step <= total * 0.8; i++) times.push(Number((i * step).toPrecision(12)))
  return times
}

/** What is drawn over more than this share of the height is a choice of time only. */
const TALL = 0.85

/** What was drawn with the pointer: shares of width and height, from the left and from the foot. */
export type Box = { x0: number; x1: number; y0: number; y1: number }
/** Instants in epoch ms; durations in ms, null when any will do. */
export type Chosen = { from: number; to: number; minMs: number | null; maxMs: number | null }
/** At least a second long, so that a thin box finds what it was drawn around. */
export function chosenBy({ x0, x1, y0, y1 }: Box, range: { from: number; to: number }, scale: Ruler): Chosen {
  const at = (share: number) => range.from + share * (range.to - range.from)
  const [from, to] = [Math.floor(at(x0)), Math.ceil(at(x1))]
  const any = y1 - y0 >= TALL
  const round = (ms: number) => Number(ms.toPrecision(3))
  return {
    from,
    to: Math.max(to, from + 1000),
    minMs: any || y0 <= 0 ? null : round(durationAt(y0, scale)),
    maxMs: any || y1 >= 1 ? null : round(durationAt(y1, scale)),
  }
}
