import { Column, IS_FLOAT, IS_HISTOGRAM } from '../../evaluation/column.ts'
import { say } from '../../evaluation/notes.ts'
import { type ClassicBucket, parseBound } from '../../histogram/classic.ts'
import type { Histogram } from '../../histogram/histogram.ts'
import { BUCKET, type Labels } from '../../labels.ts'
import type { FunctionCall } from '../function.ts'

/** A histogram of either kind within a vector: its labels, and what there is of it at each step. */
export type HistogramSource = { readonly labels: Labels; readonly at: (step: number) => Histogram | ClassicBucket[] | undefined }

/**
 * The native histograms of a vector, then the classic ones, whose buckets are separate series told apart by `le`. Where both
 * kinds of one histogram exist at a step neither is used, with a warning.
 */
export function histogramSources(call: FunctionCall, index: number): HistogramSource[] {
  const columns = call.vector(index)
  const classic = classicGroups(call, index, columns)
  const sources: HistogramSource[] = []
  const conflicts = new Map<Group, Uint8Array>()
  for (const column of columns) {
    if (!column.histograms) continue
    const rival = classic.get(column.labels.key)
    const excluded = rival ? conflictSteps(call, index, column, rival) : null
    if (rival && excluded) conflicts.set(rival, excluded)
    const at = (step: number) => (column.has[step] === IS_HISTOGRAM && excluded?.[step] !== 1 ? column.histograms?.[step] : undefined)
    sources.push({ labels: column.labels, at })
  }
  for (const group of classic.values()) {
    const excluded = conflicts.get(group)
    const at = (step: number) => {
      if (excluded?.[step] === 1) return undefined
      const there: ClassicBucket[] = []
      for (const { upper, column } of group.buckets) {
        if (column.has[step] === IS_FLOAT) there.push({ upper, count: column.values[step] as number })
      }
      return there.length > 0 ? there : undefined
    }
    sources.push({ labels: group.labels, at })
  }
  return sources
}

/** One column of results per source; `f` sees a histogram of either kind. */
export function fromHistograms(
  call: FunctionCall,
  sources: readonly HistogramSource[],
  f: (histogram: Histogram | ClassicBucket[], step: number, labels: Labels) => number,
  labelsOf: (labels: Labels, step: number) => Labels = (labels) => labels,
): Column[] {
  const out: Column[] = []
  for (const { labels, at } of sources) {
    call.budget.tick()
    const byLabels = new Map<string, Column>()
    for (let step = 0; step < call.steps.n; step++) {
      const histogram = at(step)
      if (histogram === undefined) continue
      const resultLabels = labelsOf(labels, step)
      let column = byLabels.get(resultLabels.key)
      if (!column) {
        column = new Column(resultLabels, call.steps.n, true)
        byLabels.set(resultLabels.key, column)
      }
      column.set(step, f(histogram, step, labels))
    }
    out.push(...byLabels.values())
  }
  return out
}

type Group = { readonly labels: Labels; readonly buckets: { readonly upper: number; readonly column: Column }[] }

function classicGroups(call: FunctionCall, index: number, columns: readonly Column[]): Map<string, Group> {
  const groups = new Map<string, Group>()
  for (const column of columns) {
    if (!column.has.includes(IS_FLOAT)) continue
    const le = column.labels.get(BUCKET)
    const upper = parseBound(le)
    if (upper === null) {
      call.note(index, say.badBucketLabel(column.labels.name, le))
      continue
    }
    const labels = column.labels.without([BUCKET])
    const group = groups.get(labels.key)
    if (group) group.buckets.push({ upper, column })
    else groups.set(labels.key, { labels, buckets: [{ upper, column }] })
  }
  for (const { buckets } of groups.values()) buckets.sort((a, b) => a.upper - b.upper || 0)
  return groups
}

function conflictSteps(call: FunctionCall, index: number, native: Column, classic: Group): Uint8Array | null {
  let excluded: Uint8Array | null = null
  for (let step = 0; step < call.steps.n; step++) {
    if (native.has[step] !== IS_HISTOGRAM || !classic.buckets.some(({ column }) => column.has[step] === IS_FLOAT)) continue
    excluded ??= new Uint8Array(call.steps.n)
    excluded[step] = 1
    call.note(index, say.mixedClassicAndNative(native.labels.name))
  }
  return excluded
}
