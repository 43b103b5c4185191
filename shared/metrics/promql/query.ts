import { ABSENT, Column, IS_FLOAT, IS_HISTOGRAM } from './evaluation/column.ts'
import { type Evaluation, evaluateRange, evaluateScalar, evaluateVector } from './evaluation/evaluate.ts'
import { withFoundHints } from './evaluation/found-hints.ts'
import { dropNames } from './evaluation/merge.ts'
import { Notes } from './evaluation/notes.ts'
import { type Plan, plan } from './evaluation/plan.ts'
import { type QueryTimes, stepsBetween } from './evaluation/steps.ts'
import { eachWindow } from './evaluation/window.ts'
import { type Histogram, sampleWeight } from './histogram/histogram.ts'
import { compareLabels, Labels } from './labels.ts'
import { Budget, LIMITS, type Limits, QueryError } from './limits.ts'
import { printMatcher } from './matcher.ts'
import type { Series, Storage } from './series.ts'
import { bare, type Call, type Expr, type VectorSelector } from './syntax/ast.ts'
import { documented, typeOf } from './syntax/check.ts'
import { parse } from './syntax/parse.ts'

/** A series of a result. `values` at a time at which there is a histogram is 0. */
export type ResultSeries = {
  readonly labels: Labels
  readonly times: Float64Array
  readonly values: Float64Array
  readonly histograms: readonly (Histogram | undefined)[] | null
}
export type Sample = { readonly labels: Labels; readonly at: number; readonly value: number | Histogram }

export type Answer = (
  | { readonly type: 'scalar'; readonly at: number; readonly value: number }
  | { readonly type: 'string'; readonly at: number; readonly value: string }
  | { readonly type: 'vector'; readonly samples: readonly Sample[] }
  | { readonly type: 'matrix'; readonly series: readonly ResultSeries[] }
) & { readonly warnings: readonly string[]; readonly infos: readonly string[] }

export type QueryOptions = {
  readonly limits?: Partial<Limits>
  /** The clock the deadline is watched by; epoch ms. */
  readonly now?: () => number
  /** How old the newest sample of a series may be. Prometheus' default is 5 minutes. */
  readonly lookbackMs?: number
  /** Step of a subquery that names none. Prometheus takes its evaluation interval, 1 minute by default. */
  readonly defaultStepMs?: number
}

/** Evaluates an expression at one moment (epoch ms). Throws ParseError or QueryError. */
export async function queryInstant(query: string, at: number, storage: Storage, options: QueryOptions = {}): Promise<Answer> {
  const expr = parse(query)
  const type = typeOf(expr)
  const ev = await prepare(expr, { start: at, end: at, step: 0 }, storage, options)
  const notes = () => ev.notes.render(query)
  if (type === 'string') {
    const literal = bare(expr)
    return { type, at, value: literal.kind === 'string' ? literal.value : '', ...notes() }
  }
  if (type === 'scalar') return { type, at, value: evaluateScalar(expr, ev)[0] ?? Number.NaN, ...notes() }
  if (type === 'matrix') return { type, series: rawSeries(expr, ev), ...notes() }
  const samples = dropNames(evaluateVector(expr, ev)).flatMap((column): Sample[] => {
    const value = column.at(0)
    return value === undefined ? [] : [{ labels: column.labels, at, value }]
  })
  return { type, samples, ...notes() }
}

/** Evaluates an expression at every step from `start` to `end` (epoch ms). The answer is a matrix, sorted by labels. */
export async function queryRange(query: string, times: QueryTimes, storage: Storage, options: QueryOptions = {}): Promise<Answer> {
  const { start, end, step } = times
  const pointsMax = options.limits?.pointsMax ?? LIMITS.pointsMax
  if (!(step > 0))
    throw new QueryError('zero or negative query resolution step widths are not accepted. Try a positive integer', 'bad_data')
  if (end < start) throw new QueryError('end timestamp must not be before start time', 'bad_data')
  if ((end - start) / step > pointsMax) {
    const limit = pointsMax.toLocaleString('en-US')
    throw new QueryError(
      `exceeded maximum resolution of ${limit} points per timeseries. Try decreasing the query resolution (?step=XX)`,
      'bad_data',
    )
  }
  const expr = parse(query)
  const type = typeOf(expr)
  if (type !== 'scalar' && type !== 'vector') {
    throw new QueryError(`invalid expression type "${documented[type]}" for range query, must be Scalar or instant Vector`, 'bad_data')
  }
  const ev = await prepare(expr, times, storage, options)
  const columns = type === 'scalar' ? [scalarColumn(expr, ev)] : dropNames(evaluateVector(expr, ev))
  const series = columns.map((column) => resultSeries(column, ev)).filter((s) => s.times.length > 0)
  series.sort((a, b) => compareLabels(a.labels, b.labels))
  return { type: 'matrix', series, ...ev.notes.render(query) }
}

async function prepare(expr: Expr, query: QueryTimes, storage: Storage, options: QueryOptions): Promise<Evaluation> {
  const limits = { ...LIMITS, ...options.limits }
  const budget = new Budget(limits, options.now ?? (() => 0))
  const lookbackMs = options.lookbackMs ?? 300_000
  const planned = plan(expr, { query, lookbackMs, defaultStepMs: options.defaultStepMs ?? 60_000 })
  const fetched = await fetchAll(planned, storage, budget)
  const steps = stepsBetween(query.start, query.end, query.step || 1)
  return { plan: planned, fetched, query, steps, lookbackMs, notes: new Notes(), budget }
}

/** Equal reads are done once. */
async function fetchAll(
  { fetches, countsOnly }: Plan,
  storage: Storage,
  budget: Budget,
): Promise<Map<VectorSelector | Call, readonly Series[]>> {
  const reads = new Map<string, Promise<readonly Series[]>>()
  const fetched = new Map<VectorSelector | Call, readonly Series[]>()
  for (const { node, matchers, from, to, hints } of fetches) {
    const key = `${matchers.map(printMatcher).join(',')} ${from} ${to} ${hints.rangeMs} ${hints.func}`
    let read = reads.get(key)
    if (!read) {
      read = storage.select(matchers, from, to, hints)
      reads.set(key, read)
      for (const series of await read) budget.hold(weight(series))
    }
    const series = await read
    budget.series(series.length)
    fetched.set(node, node.kind === 'vector' && countsOnly.has(node) ? series.map(withFoundHints) : series)
  }
  return fetched
}

const weight = (series: Series): number =>
  series.times.length + (series.histograms?.reduce((sum, h) => sum + (h ? sampleWeight(h) : 0), 0) ?? 0)

function scalarColumn(expr: Expr, ev: Evaluation): Column {
  const column = new Column(Labels.none, ev.steps.n)
  column.values.set(evaluateScalar(expr, ev))
  column.has.fill(1)
  return column
}

function resultSeries(column: Column, ev: Evaluation): ResultSeries {
  const { start, step, n } = ev.steps
  const { has, histograms } = column
  let found = 0
  for (let i = 0; i < n; i++) if (has[i] !== ABSENT) found++
  const times = new Float64Array(found)
  const values = new Float64Array(found)
  const kept: (Histogram | undefined)[] | null = histograms ? [] : null
  let at = 0
  for (let i = 0; i < n; i++) {
    if (has[i] === ABSENT) continue
    times[at] = start + i * step
    if (has[i] === IS_FLOAT) values[at] = column.values[i] as number
    kept?.push(has[i] === IS_HISTOGRAM ? histograms?.[i] : undefined)
    at++
  }
  return { labels: column.labels, times, values, histograms: kept }
}

/** The samples of a range vector as they are: what an instant query for `x[5m]` gives. */
function rawSeries(expr: Expr, ev: Evaluation): ResultSeries[] {
  const vector = evaluateRange(expr, ev)
  const out: ResultSeries[] = []
  for (const series of vector.series) {
    const labels = series.dropName ? series.labels.withoutMetadata() : series.labels
    eachWindow(vector, series, 1, (w) => {
      const points: { at: number; value: number | Histogram }[] = []
      for (let i = w.f0; i < w.f1; i++) points.push({ at: series.floatTimes[i] as number, value: series.floats[i] as number })
      for (let i = w.h0; i < w.h1; i++) points.push({ at: series.histogramTimes[i] as number, value: series.histograms[i] as Histogram })
      points.sort((a, b) => a.at - b.at)
      out.push({
        labels,
        times: Float64Array.from(points, (p) => p.at),
        values: Float64Array.from(points, (p) => (typeof p.value === 'number' ? p.value : 0)),
        histograms: w.h1 > w.h0 ? points.map((p) => (typeof p.value === 'number' ? undefined : p.value)) : null,
      })
    })
  }
  return out.sort((a, b) => compareLabels(a.labels, b.labels))
}
