import { Column, IS_FLOAT, IS_HISTOGRAM } from './column.ts'
import type { Group } from './grouping.ts'
import { isMoment, type Steps } from './steps.ts'

type Picker = 'topk' | 'bottomk' | 'limitk' | 'limit_ratio'

/** topk, bottomk, limitk and limit_ratio: some of the series of each group, unchanged. At a moment in order of rank. */
export function pickSeries(
  op: Picker,
  groups: readonly Group[],
  param: Float64Array,
  steps: Steps,
  histogramIgnored: (op: string) => void,
): Column[] {
  const picked = new Map<Column, Column>()
  const take = (column: Column, step: number) => {
    let out = picked.get(column)
    if (!out) {
      out = new Column(column.labels, steps.n, column.dropName)
      picked.set(column, out)
    }
    out.copyStep(column, step)
  }
  for (const { columns } of groups) {
    const ranked = op === 'topk' || op === 'bottomk'
    const offsets = op === 'limit_ratio' ? columns.map((c) => Number(c.labels.hash()) / 2 ** 64) : []
    for (let step = 0; step < steps.n; step++) {
      const k = param[step] as number
      const there = columns.filter((c) => c.has[step] === IS_FLOAT || c.has[step] === IS_HISTOGRAM)
      if (op === 'limit_ratio') {
        if (k === 0) continue
        columns.forEach((c, i) => {
          if (c.has[step] !== 0 && within(offsets[i] ?? 0, Math.max(-1, Math.min(1, k)))) take(c, step)
        })
        continue
      }
      if (Math.trunc(k) < 1) continue
      if (ranked && there.some((c) => c.has[step] === IS_HISTOGRAM)) histogramIgnored(op)
      const floats = ranked ? there.filter((c) => c.has[step] === IS_FLOAT) : there
      const best = ranked ? rank(floats, step, op === 'topk' ? -1 : 1) : floats
      for (const column of best.slice(0, Math.trunc(k))) take(column, step)
    }
  }
  if (isMoment(steps) || picked.size < 2) return [...picked.values()]
  // Over a range the order is that of the input: results are sorted by labels in the end.
  return groups.flatMap((g) => g.columns).flatMap((c) => picked.get(c) ?? [])
}

/** A stable order by value, NaN last: of equal values the first seen is kept. */
function rank(columns: readonly Column[], step: number, direction: 1 | -1): Column[] {
  return [...columns].sort((x, y) => {
    const a = x.values[step] as number
    const b = y.values[step] as number
    if (Number.isNaN(a)) return Number.isNaN(b) ? 0 : 1
    if (Number.isNaN(b)) return -1
    return a === b ? 0 : direction * (a < b ? -1 : 1)
  })
}

/** A ratio r ≥ 0 takes the label sets that hash below r, a negative one those above 1 + r: the complement of 1 + r. */
const within = (offset: number, ratio: number): boolean => (ratio >= 0 ? offset < ratio : offset >= 1 + ratio)
