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
