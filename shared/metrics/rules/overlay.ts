import { FLOAT, type Series, type Storage } from '../promql/series.ts'

/** `base` with the samples of `fresh` on top: what rules recorded a moment ago and the storage may not show yet. */
export const overlaid = (base: Storage, fresh: Storage): Storage => ({
  async select(matchers, from, to, hints) {
    const [below, above] = await Promise.all([base.select(matchers, from, to, hints), fresh.select(matchers, from, to, hints)])
    if (!above.length) return below
    const byKey = new Map(below.map((s) => [s.labels.key, s]))
    for (const s of above) {
      const under = byKey.get(s.labels.key)
      byKey.set(s.labels.key, under ? merged(under, s) : s)
    }
    return [...byKey.values()]
  },
})

/** Both in order of time; where both have a sample, the one on top counts. */
function merged(below: Series, above: Series): Series {
  type From = { series: Series; i: number }
  const at = new Map<number, From>()
  for (const series of [below, above]) for (let i = 0; i < series.times.length; i++) at.set(series.times[i] as number, { series, i })
  const all = [...at].sort(([a], [b]) => a - b)
  const pick = <T>(of: (from: From) => T): T[] => all.map(([, from]) => of(from))
  const some = (of: (s: Series) => unknown) => of(below) || of(above)
  return {
    labels: below.labels,
    times: Float64Array.from(all, ([t]) => t),
    values: Float64Array.from(pick(({ series, i }) => series.values[i] as number)),
    kinds: some((s) => s.kinds) ? Uint8Array.from(pick(({ series, i }) => series.kinds?.[i] ?? FLOAT)) : null,
    histograms: some((s) => s.histograms) ? pick(({ series, i }) => series.histograms?.[i]) : null,
    starts: some((s) => s.starts) ? Float64Array.from(pick(({ series, i }) => series.starts?.[i] ?? 0)) : null,
  }
}
