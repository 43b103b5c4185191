/** Pure geometry of charts: round ticks, paths with gaps, downsampling that keeps what stands out. */

/** 4 to 6 round ticks from 0 up to at least `max`. */
export function ticks(max: number): number[] {
  if (!(max > 0)) return [0, 1]
  const raw = max / 5
  const unit = 10 ** Math.floor(Math.log10(raw))
  const step = unit * ([1, 2, 2.5, 5, 10].find((m) => m * unit >= raw - 1e-9) ?? 10)
  const n = Math.ceil(max / step - 1e-9)
  return Array.from({ length: n + 1 }, (_, i) => Number((i * step).toPrecision(12)))
}

/** An SVG path through `values` over `width` × `height`; null breaks the line, nothing is drawn across it. */
export function linePath(
  values: readonly (number | null)[],
  width: number,
  height: number,
  max = Math.max(1, ...values.map((v) => v ?? 0)),
): string {
  const step = values.length > 1 ? width / (values.length - 1) : 0
  let path = ''
  let pen = false
  values.forEach((v, i) => {
    if (v == null) {
      pen = false
      return
    }
    path += `${pen ? 'L' : 'M'}${(i * step).toFixed(1)} ${(height - (v / max) * height).toFixed(1)}`
    pen = true
  })
  return path
}

/** At most `points` of `values`, each bucket by its largest: a peak is never smoothed away. A bucket without a value is a gap. */
export function peaks(values: readonly (number | null)[], points: number): (number | null)[] {
  if (values.length <= points) return [...values]
  return Array.from({ length: points }, (_, i) => {
    const bucket = values
      .slice(Math.floor((i * values.length) / points), Math.floor(((i + 1) * values.length) / points))
      .filter((v) => v != null)
    return bucket.length ? Math.max(...bucket) : null
  })
}

/** Rows of uPlot: one x axis of every instant that any series has, a column per series, null where it has none. Instants in epoch ms, out in seconds. */
export function columns(
  series: readonly { points: readonly { at: number; value: number | null }[] }[],
  stepMs: number,
): (number | null)[][] {
  const instants = new Set<number>()
  for (const s of series) for (const p of s.points) instants.add(p.at)
  const xs = [...instants].sort((a, b) => a - b)
  const all: number[] = []
  for (const [i, x] of xs.entries()) {
    const before = xs[i - 1]
    // one empty instant inside a hole is enough to break every line there
    if (before !== undefined && x - before > stepMs * 1.5) all.push(before + stepMs)
    all.push(x)
  }
  const at = new Map(all.map((x, i) => [x, i]))
  const ys = series.map((s) => {
    const column: (number | null)[] = new Array(all.length).fill(null)
    for (const p of s.points) column[at.get(p.at)!] = p.value
    return column
  })
  return [all.map((x) => x / 1000), ...ys]
}

/** Where a value stands between gaps: no line reaches it, so it needs a point of its own. */
export function alone(values: ArrayLike<number | null | undefined>): number[] {
  const found: number[] = []
  for (let i = 0; i < values.length; i++) if (values[i] != null && values[i - 1] == null && values[i + 1] == null) found.push(i)
  return found
}

/** Wall-clock labels of an axis: about one every `everyPx`, on round steps of the zone's clock. Seconds since the epoch. */
export function clockSteps(fromS: number, toS: number, widthPx: number, everyPx: number, offsetS: number): number[] {
  const rounds = [60, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400, 2 * 86_400, 7 * 86_400, 14 * 86_400]
  const wanted = ((toS - fromS) / Math.max(1, widthPx)) * everyPx
  const step = rounds.find((r) => r >= wanted) ?? rounds.at(-1)!
  const first = Math.ceil((fromS + offsetS) / step) * step - offsetS
  const out: number[] = []
  for (let t = first; t <= toS; t += step) out.push(t)
  return out
}
