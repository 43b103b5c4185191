import { type Aggregate, bare, type Call, children, type Expr, type Subquery, type VectorSelector } from '../syntax/ast.ts'
import { functionNamed } from '../syntax/check.ts'
import { isFoldable } from './fold.ts'
import type { Plan } from './plan.ts'
import { isMoment, momentOf, type Steps, stepsBetween } from './steps.ts'

/**
 * The largest expression around a selector that looks at each series by itself: what can be evaluated while series arrive, so that
 * samples need not be held. `over` is the aggregation right above that can take its result series by series.
 */
export type Leaf = { readonly expr: Expr; readonly steps: Steps; readonly over: Aggregate | null }

/** By selector; those that are not here are needed whole. `steps` are the query's. */
export function leavesOf(expr: Expr, plan: Plan, steps: Steps): ReadonlyMap<VectorSelector, Leaf> {
  const found = new Map<VectorSelector, Leaf>()
  const visit = (node: Expr, around: Steps, over: Aggregate | null): void => {
    const its = plan.invariant.has(node) && !isMoment(around) ? momentOf(around) : around
    const below = its === around ? over : null
    switch (node.kind) {
      case 'vector':
        found.set(node, { expr: node, steps: its, over: below })
        break
      case 'paren':
        visit(node.expr, its, below)
        break
      case 'aggregate':
        if (node.param) visit(node.param, its, null)
        visit(node.expr, its, isFoldable(node.op) ? node : null)
        break
      case 'subquery':
        visit(node.expr, innerSteps(node, plan, its), null)
        break
      case 'call': {
        const selector = ownSelector(node)
        if (selector) found.set(selector, { expr: node, steps: its, over: below })
        else for (const arg of node.name === 'info' ? node.args.slice(0, 1) : node.args) visit(arg, its, null)
        break
      }
      case 'matrix':
        break
      default:
        for (const child of children(node)) visit(child, its, null)
    }
  }
  visit(expr, steps, null)
  return found
}

/** The steps of a subquery's expression, which are multiples of its step since the epoch, for the steps around it. */
export function innerSteps(expr: Subquery, plan: Plan, outer: Steps): Steps {
  const reference = plan.references.get(expr) ?? { at: null, offset: 0 }
  const rangeMs = plan.ranges.get(expr) ?? 0
  const step = plan.subquerySteps.get(expr) ?? 60_000
  const from = (reference.at ?? outer.start) - reference.offset - rangeMs
  const to = (reference.at ?? outer.end) - reference.offset
  let start = step * Math.trunc(from / step)
  if (start <= from) start += step
  return stepsBetween(start, to, step)
}

/** These look at the samples of a plain selector themselves. */
const OF_SAMPLES = ['timestamp', 'start_timestamp']
/** Knows that a series is there from none being there: needs them all. */
const OF_ALL = 'absent_over_time'

/** The only selector of a call that runs over the samples of one series after the other; null where it is another kind of call. */
function ownSelector(call: Call): VectorSelector | null {
  const args = call.args.map(bare)
  const [first] = args
  if (OF_SAMPLES.includes(call.name)) return first?.kind === 'vector' ? first : null
  if (call.name === OF_ALL || !functionNamed(call.name)?.args.includes('matrix')) return null
  const ranges = args.filter((arg) => arg.kind === 'matrix')
  const [range] = ranges
  const others = args.filter((arg) => arg !== range)
  return range?.kind === 'matrix' && others.every((arg) => !hasSelector(arg)) ? range.selector : null
}

const hasSelector = (expr: Expr): boolean => expr.kind === 'vector' || expr.kind === 'matrix' || children(expr).some(hasSelector)
