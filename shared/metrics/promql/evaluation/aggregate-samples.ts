import { addCompensated, finishSum, hasOverflow, type RunningSum, startSum } from '../histogram/arithmetic.ts'
import { compact, divide, type Histogram, type ResetHint, scale } from '../histogram/histogram.ts'
import { type Aggregate, bare } from '../syntax/ast.ts'
import { Column, IS_FLOAT, IS_HISTOGRAM } from './column.ts'
import { type Notes, say } from './notes.ts'

/**
 * Sum or mean of a group in which some series have histograms. `floats` is the aggregate of the group's floats; at a step that has
 * both nothing comes out.
 */
export function withHistograms(expr: Aggregate, floats: Column, members: readonly Column[], notes: Notes): Column {
  const out = new Column(floats.labels, floats.has.length, floats.dropName)
  for (let step = 0; step < out.has.length; step++) {
    const terms: { h: Histogram; metric: string }[] = []
    for (const column of members) {
      const h = column.has[step] === IS_HISTOGRAM ? column.histograms?.[step] : undefined
      if (h) terms.push({ h, metric: column.labels.name })
    }
    const mixed = floats.has[step] === IS_FLOAT
    if (terms.length === 0) {
      if (mixed) out.copyStep(floats, step)
      continue
    }
    const total = combine(expr, terms, mixed, notes)
    if (mixed) notes.add(say.mixedTypesInAggregation()(bare(expr.expr).span))
    else if (total) out.setHistogram(step, total)
  }
  return out
}

function combine(expr: Aggregate, terms: readonly { h: Histogram; metric: string }[], mixed: boolean, notes: Notes): Histogram | null {
  const { span } = bare(expr.expr)
  const sum = new HistogramTotal(expr.op === 'avg')
  for (const { h, metric } of terms) {
    if (sum.add(h)) continue
    notes.add(say.mixedSchemas(metric)(span))
    return null
  }
  if (mixed) return null
  if (sum.boundsReconciled) notes.add(say.boundsReconciled('aggregation')(span))
  if (sum.collision) notes.add(say.resetCollision('aggregation')(span))
  return compact(sum.result())
}

/** The sum or the mean of histograms, compensated; the mean turns incremental where the sum would overflow. */
export class HistogramTotal {
  boundsReconciled = false
  readonly #mean: boolean
  readonly #hints = new Set<ResetHint>()
  #total: RunningSum | null = null
  #count = 0
  #incremental = false

  constructor(mean: boolean) {
    this.#mean = mean
  }

  /** False where the buckets of the term are incompatible with those before. */
  add(h: Histogram): boolean {
    this.#hints.add(h.hint)
    this.#count++
    if (!this.#total) {
      this.#total = startSum(h)
      return true
    }
    if (!this.#incremental) {
      const next = addCompensated(this.#total, h)
      if (!next) return false
      if (next.boundsReconciled) this.boundsReconciled = true
      if (!this.#mean || !hasOverflow(next.total.sum)) {
        this.#total = next.total
        return true
      }
      this.#incremental = true
      this.#total = { sum: divide(this.#total.sum, this.#count - 1), compensation: divide(this.#total.compensation, this.#count - 1) }
    }
    const share = (this.#count - 1) / this.#count
    const scaled = { sum: scale(this.#total.sum, share), compensation: scale(this.#total.compensation, share) }
    const next = addCompensated(scaled, divide(h, this.#count))
    if (!next) return false
    if (next.boundsReconciled) this.boundsReconciled = true
    this.#total = next.total
    return true
  }

  /** Both "reset" and "not reset" were among the hints. */
  get collision(): boolean {
    return this.#hints.has('reset') && this.#hints.has('not_reset')
  }

  result(): Histogram {
    if (!this.#total) throw new Error('nothing was added')
    if (!this.#mean || this.#incremental) return finishSum(this.#total)
    return finishSum({ sum: divide(this.#total.sum, this.#count), compensation: divide(this.#total.compensation, this.#count) })
  }
}

/** Every sample as a float, for aggregators that only ask whether there is one. */
export function asPresence(column: Column): Column {
  const out = new Column(column.labels, column.has.length, column.dropName)
  for (let i = 0; i < out.has.length; i++) if (column.has[i] !== 0) out.set(i, 1)
  return out
}
