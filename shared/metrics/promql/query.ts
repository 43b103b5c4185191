import { Column } from './evaluation/column.ts'
import { placedIn } from './evaluation/durations.ts'
import { type Evaluation, evaluateScalar, evaluateVector } from './evaluation/evaluate.ts'
import { leavesOf } from './evaluation/leaves.ts'
import { dropNames } from './evaluation/merge.ts'
import { Notes } from './evaluation/notes.ts'
import { plan } from './evaluation/plan.ts'
import { readAll } from './evaluation/read.ts'
import { type ResultSeries, rawSeries, resultsOf } from './evaluation/result.ts'
import { type QueryTimes, stepsBetween } from './evaluation/steps.ts'
import type { Histogram } from './histogram/histogram.ts'
import { compareLabels, Labels } from './labels.ts'
import { Budget, LIMITS, type Limits, QueryError } from './limits.ts'
import type { Storage } from './series.ts'
import { bare, type Expr } from './syntax/ast.ts'
import { documented, typeOf } from './syntax/check.ts'
import { parse } from './syntax/parse.ts'

export type { ResultSeries }
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
  const ev = await prepare(query, expr, { start: at, end: at, step: 0 }, storage, options)
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
  const ev = await prepare(query, expr, times, storage, options)
  const columns = type === 'scalar' ? [scalarColumn(expr, ev)] : dropNames(evaluateVector(expr, ev))
  const series = resultsOf(columns, ev.steps)
  series.sort((a, b) => compareLabels(a.labels, b.labels))
  return { type: 'matrix', series, ...ev.notes.render(query) }
}

async function prepare(text: string, expr: Expr, query: QueryTimes, storage: Storage, options: QueryOptions): Promise<Evaluation> {
  const limits = { ...LIMITS, ...options.limits }
  const budget = new Budget(limits, options.now ?? (() => 0))
  const lookbackMs = options.lookbackMs ?? 300_000
  const planned = planOf(text, expr, { query, lookbackMs, defaultStepMs: options.defaultStepMs ?? 60_000 })
  const steps = stepsBetween(query.start, query.end, query.step || 1)
  const evaluation = { plan: planned, query, steps, lookbackMs, notes: new Notes(), budget }
  return { ...evaluation, ...(await readAll(evaluation, leavesOf(expr, planned, steps), storage)) }
}

function planOf(text: string, expr: Expr, options: Parameters<typeof plan>[1]): ReturnType<typeof plan> {
  try {
    return plan(expr, options)
  } catch (e) {
    throw placedIn(text, e)
  }
}

function scalarColumn(expr: Expr, ev: Evaluation): Column {
  const column = new Column(Labels.none, ev.steps.n)
  column.values.set(evaluateScalar(expr, ev))
  column.has.fill(1)
  return column
}
