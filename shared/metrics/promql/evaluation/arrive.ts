import type { Series } from '../series.ts'
import type { Expr, VectorSelector } from '../syntax/ast.ts'
import type { Column } from './column.ts'
import { type Evaluation, evaluateVector } from './evaluate.ts'
import { Fold } from './fold.ts'
import { withFoundHints } from './found-hints.ts'
import type { Leaf } from './leaves.ts'

const NOTHING: ReadonlyMap<Expr, readonly Column[]> = new Map()

/** Evaluates a leaf batch by batch. What it holds counts in the budget; of samples it keeps nothing. */
export class Arriving {
  readonly #node: VectorSelector
  readonly #leaf: Leaf
  readonly #ev: Evaluation
  #columns: Column[] = []
  #weight = 0
  #began = false
  #fold: Fold | null = null

  constructor(node: VectorSelector, leaf: Leaf, ev: Evaluation) {
    this.#node = node
    this.#leaf = leaf
    this.#ev = ev
  }

  take(batch: readonly Series[]): void {
    const { expr, steps, over } = this.#leaf
    const { plan, budget } = this.#ev
    if (steps.n === 0) return
    this.#began = true
    const series = plan.countsOnly.has(this.#node) ? batch.map(withFoundHints) : batch
    const mark = budget.held
    const columns = evaluateVector(expr, { ...this.#ev, steps, fetched: new Map([[this.#node, series]]), ready: NOTHING })
    if (this.#fold) {
      this.#addAll(this.#fold, columns, mark)
      return
    }
    for (const column of columns) this.#columns.push(column)
    this.#weight += budget.held - mark
    if (over === null || this.#weight < budget.foldFrom) return
    this.#fold = new Fold(over, steps, this.#ev.notes)
    this.#addAll(this.#fold, this.#columns, budget.held - this.#weight)
    this.#columns = []
  }

  #addAll(fold: Fold, columns: readonly Column[], mark: number): void {
    const before = fold.weight
    for (const column of columns) fold.add(column)
    this.#ev.budget.settle(mark, fold.weight - before)
  }

  /** Which expression is evaluated now, and to what. `ordered` puts series in order of labels. */
  end(ordered: (columns: Column[]) => Column[]): readonly [Expr, readonly Column[]] {
    // what the expression refuses it refuses of no series too
    if (!this.#began) this.take([])
    if (this.#fold && this.#leaf.over) return [this.#leaf.over, this.#fold.columns()]
    return [this.#leaf.expr, ordered(this.#columns)]
  }
}
