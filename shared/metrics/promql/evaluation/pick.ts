import { ABSENT, Column, IS_FLOAT, IS_HISTOGRAM } from './column.ts'
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
    if (op === 'limit_ratio') byRatio(columns, param, take)
    else if (op === 'limitk') firstOf(columns, param, take)
    else {
      if (columns.some((c) => c.has.some((kind, step) => kind === IS_HISTOGRAM && Math.trunc(param[step] as number) >= 1)))
        histogramIgnored(op)
      bestOf(columns, param, op === 'topk' ? 1 : -1, take)
    }
  }
  if (isMoment(steps) || picked.size < 2) return [...picked.values()]
  // Over a range the order is that of the input: results are sorted by labels in the end.
  return groups.flatMap((g) => g.columns).flatMap((c) => picked.get(c) ?? [])
}

type Take = (column: Column, step: number) => void

/** A ratio r ≥ 0 takes the label sets that hash below r, a negative one those above 1 + r: the complement of 1 + r. */
function byRatio(columns: readonly Column[], param: Float64Array, take: Take): void {
  for (const column of columns) {
    const offset = Number(column.labels.hash()) / 2 ** 64
    for (let step = 0; step < param.length; step++) {
      const ratio = Math.max(-1, Math.min(1, param[step] as number))
      if (column.has[step] !== ABSENT && ratio !== 0 && (ratio > 0 ? offset < ratio : offset >= 1 + ratio)) take(column, step)
    }
  }
}

function firstOf(columns: readonly Column[], param: Float64Array, take: Take): void {
  for (let step = 0; step < param.length; step++) {
    let left = Math.trunc(param[step] as number)
    for (let c = 0; left > 0 && c < columns.length; c++) {
      const column = columns[c] as Column
      if (column.has[step] === ABSENT) continue
      take(column, step)
      left--
    }
  }
}

/**
 * The k largest (or smallest) floats, NaN last. Which of equal values stay is decided by a binary heap with the worst one on
 * top, as in Prometheus.
 */
function bestOf(columns: readonly Column[], param: Float64Array, direction: 1 | -1, take: Take): void {
  for (let step = 0; step < param.length; step++) {
    const k = Math.min(Math.trunc(param[step] as number), columns.length)
    if (k < 1) continue
    const worse = (a: Column, b: Column): boolean => {
      const x = a.values[step] as number
      return Number.isNaN(x) || x * direction < (b.values[step] as number) * direction
    }
    const heap: Column[] = []
    for (const column of columns) {
      if (column.has[step] !== IS_FLOAT) continue
      if (heap.length < k) {
        heap.push(column)
        rise(heap, worse)
        continue
      }
      const top = heap[0] as Column
      const beaten = isNaNAt(top, step) ? !isNaNAt(column, step) : worse(top, column)
      if (!beaten) continue
      heap[0] = column
      sink(heap, worse)
    }
    heap.sort((a, b) => (worse(a, b) ? (worse(b, a) ? 0 : 1) : worse(b, a) ? -1 : 0))
    for (const column of heap) take(column, step)
  }
}

type Worse = (a: Column, b: Column) => boolean

function rise(heap: Column[], worse: Worse): void {
  for (let at = heap.length - 1; at > 0; ) {
    const parent = (at - 1) >> 1
    if (!worse(heap[at] as Column, heap[parent] as Column)) return
    swap(heap, at, parent)
    at = parent
  }
}

function sink(heap: Column[], worse: Worse): void {
  for (let at = 0; ; ) {
    let child = 2 * at + 1
    if (child >= heap.length) return
    if (child + 1 < heap.length && worse(heap[child + 1] as Column, heap[child] as Column)) child++
    if (!worse(heap[child] as Column, heap[at] as Column)) return
    swap(heap, at, child)
    at = child
  }
}

function swap(heap: Column[], a: number, b: number): void {
  const held = heap[a] as Column
  heap[a] = heap[b] as Column
  heap[b] = held
}

const isNaNAt = (column: Column, step: number): boolean => Number.isNaN(column.values[step])
