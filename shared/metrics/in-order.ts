import type { SampleBlock } from './sample-blocks.ts'

type Column = Float64Array | Uint8Array

/**
 * Rows come as the parts of the table have them: each part in order, one after the other. Mostly parts follow each other in time and
 * are put in order as wholes. What was stored twice is one sample.
 */
export function inOrder(block: Omit<SampleBlock, 'doubtful'>): SampleBlock {
  const { times } = block
  const runs = runsOf(times)
  if (runs.length === 1) return { ...block, doubtful: false }
  if (apart(runs, times)) {
    for (const column of [times, block.values, block.kinds, block.starts]) if (column) joined(column, runs)
    return { ...block, doubtful: false }
  }
  return distinct(block, merged(times, runs))
}

type Run = { from: number; to: number }

/** Stretches of ascending times. */
function runsOf(times: Float64Array): Run[] {
  const runs: Run[] = []
  let from = 0
  for (let i = 1; i < times.length; i++) {
    if ((times[i] as number) > (times[i - 1] as number)) continue
    runs.push({ from, to: i })
    from = i
  }
  runs.push({ from, to: times.length })
  return runs
}

/** Puts the runs in order of their beginnings; true where none reaches into the next. */
function apart(runs: Run[], times: Float64Array): boolean {
  runs.sort((a, b) => (times[a.from] as number) - (times[b.from] as number))
  for (let i = 1; i < runs.length; i++) {
    const [before, next] = [runs[i - 1] as Run, runs[i] as Run]
    if ((times[before.to - 1] as number) >= (times[next.from] as number)) return false
  }
  return true
}

let scratch = new Float64Array(10_000)

/** Moves the runs of a column into their order, in place: a new column for each of thousands of series keeps the collector busy. */
function joined(column: Column, runs: readonly Run[]): void {
  if (scratch.length < column.length) scratch = new Float64Array(column.length)
  let at = 0
  for (const { from, to } of runs) {
    for (let i = from; i < to; i++) scratch[at++] = column[i] as number
  }
  for (let i = 0; i < at; i++) column[i] = scratch[i] as number
}

/** Indexes in the order of times: runs are merged two by two. */
function merged(times: Float64Array, runs: readonly Run[]): Uint32Array {
  let order = new Uint32Array(times.length)
  let other = new Uint32Array(times.length)
  let ends: number[] = []
  let at = 0
  for (const { from, to } of runs) {
    for (let i = from; i < to; i++) order[at++] = i
    ends.push(at)
  }
  while (ends.length > 1) {
    const next: number[] = []
    for (let r = 0; r < ends.length; r += 2) {
      let a = ends[r - 1] ?? 0
      const middle = ends[r] as number
      const end = ends[r + 1] ?? middle
      let b = middle
      for (let to = a; to < end; to++) {
        const left = a < middle && (b >= end || (times[order[a] as number] as number) <= (times[order[b] as number] as number))
        other[to] = order[left ? a++ : b++] as number
      }
      next.push(end)
    }
    ;[order, other] = [other, order]
    ends = next
  }
  return order
}

/** One sample of each time. Equal ones are one; of different ones nobody knows here which came last. */
function distinct(block: Omit<SampleBlock, 'doubtful'>, order: Uint32Array): SampleBlock {
  const sorted = <T extends Column>(column: T): T => column.map((_, i) => column[order[i] as number] as number) as T
  const times = sorted(block.times)
  const values = sorted(block.values)
  const kinds = block.kinds && sorted(block.kinds)
  const starts = block.starts && sorted(block.starts)
  const others = [values, kinds, starts].filter((column) => column !== null)
  let kept = 0
  let doubtful = false
  for (let i = 0; i < order.length; i++) {
    if (kept > 0 && times[i] === times[kept - 1]) {
      if (others.some((column) => !Object.is(column[i], column[kept - 1]))) doubtful = true
      continue
    }
    times[kept] = times[i] as number
    for (const column of others) column[kept] = column[i] as number
    kept++
  }
  const cut = <T extends Column>(column: T): T => column.subarray(0, kept) as T
  return {
    fingerprint: block.fingerprint,
    times: cut(times),
    values: cut(values),
    kinds: kinds && cut(kinds),
    starts: starts && cut(starts),
    doubtful,
  }
}
