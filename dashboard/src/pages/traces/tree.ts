import type { TraceSpan } from './wire.ts'

/** A row of the waterfall. `guides[d]` is true when the line of depth d goes on below this row. */
export type TreeRow = {
  span: TraceSpan
  index: number
  children: number
  folded: boolean
  guides: readonly boolean[]
  critical: boolean
}

/** Deeper spans stand no further right. */
export const INDENT_MAX = 24

/** Spans come in tree order with their depth; what is under a folded span is left out. */
export function treeRows(spans: readonly TraceSpan[], folded: ReadonlySet<string>, critical: ReadonlySet<string>): TreeRow[] {
  const rows: TreeRow[] = []
  const under = descendants(spans)
  let hiddenBelow = Number.POSITIVE_INFINITY
  for (let i = 0; i < spans.length; i++) {
    const span = spans[i]!
    if (span.depth > hiddenBelow) continue
    hiddenBelow = Number.POSITIVE_INFINITY
    const children = under[i]!
    const isFolded = children > 0 && folded.has(span.span_id)
    if (isFolded) hiddenBelow = span.depth
    rows.push({ span, index: i, children, folded: isFolded, guides: [], critical: critical.has(span.span_id) })
  }
  // upwards: a guide goes on while a later row of its depth follows before a shallower one
  const open: boolean[] = []
  for (let i = rows.length - 1; i >= 0; i--) {
    const row = rows[i]!
    const depth = Math.min(row.span.depth, INDENT_MAX)
    rows[i] = { ...row, guides: Array.from({ length: depth }, (_, d) => open[d + 1] ?? false) }
    open.length = depth + 1
    open[depth] = true
  }
  return rows
}

/** How many spans are under each. */
function descendants(spans: readonly TraceSpan[]): number[] {
  const out: number[] = new Array(spans.length).fill(0)
  const above: number[] = []
  for (let i = 0; i <= spans.length; i++) {
    const depth = spans[i]?.depth ?? -1
    while (above.length && spans[above.at(-1)!]!.depth >= depth) {
      const closed = above.pop()!
      out[closed] = i - closed - 1
    }
    above.push(i)
  }
  return out
}

/**
 * The spans that decide how long the trace took: from the end backwards, always the child that ended last before the point
 * already explained. Making any other span faster changes nothing.
 */
export function criticalPath(spans: readonly TraceSpan[]): Set<string> {
  const out = new Set<string>()
  if (!spans.length) return out
  const starts = spans.map((s) => s.offset_ms)
  const ends = spans.map((s, i) => starts[i]! + s.duration_ms)
  const children = new Map<number, number[]>()
  const parents: number[] = []
  spans.forEach((s, i) => {
    parents.length = s.depth
    const parent = parents[s.depth - 1]
    const siblings = parent === undefined ? undefined : children.get(parent)
    if (siblings) siblings.push(i)
    else if (parent !== undefined) children.set(parent, [i])
    parents[s.depth] = i
  })
  const roots = spans.flatMap((s, i) => (s.depth === 0 ? [i] : []))
  if (!roots.length) return out
  const last = roots.reduce((a, b) => (ends[b]! > ends[a]! ? b : a))
  const work = [last]
  while (work.length) {
    const at = work.pop()!
    out.add(spans[at]!.span_id)
    let until = ends[at]!
    const later = (children.get(at) ?? []).toSorted((a, b) => ends[b]! - ends[a]!)
    for (const child of later) {
      // a child that outlives what is explained ran beside it and decides nothing; clocks differ by a hair
      if (ends[child]! > until + 0.001 && until !== ends[at]) continue
      if (starts[child]! >= until) continue
      work.push(child)
      until = starts[child]!
    }
  }
  return out
}
