import { NAME } from '../labels.ts'
import { type Matcher, matcher } from '../matcher.ts'
import type { SelectHints } from '../series.ts'
import type { At, Call, Duration, Expr, MatrixSelector, Subquery, VectorSelector } from '../syntax/ast.ts'
import { bare, children } from '../syntax/ast.ts'
import { functionNamed } from '../syntax/check.ts'
import { resolveDuration } from './durations.ts'
import type { QueryTimes } from './steps.ts'

/** A point in time: fixed by an @ modifier, or the time of evaluation; minus the offset. */
export type Reference = { readonly at: number | null; readonly offset: number }

/** One read from the storage; `from` and `to` inclusive. `node` is the selector, or the call of info() it is for. */
export type Fetch = {
  readonly node: VectorSelector | Call
  readonly matchers: readonly Matcher[]
  readonly from: number
  readonly to: number
  readonly hints: SelectHints
}

/** What is known of an expression before any sample was read. */
export type Plan = {
  readonly references: ReadonlyMap<VectorSelector | Subquery | Call, Reference>
  readonly ranges: ReadonlyMap<MatrixSelector | Subquery, number>
  readonly subquerySteps: ReadonlyMap<Subquery, number>
  /** Expressions whose value is the same at every step; only the outermost of them. */
  readonly invariant: ReadonlySet<Expr>
  readonly fetches: readonly Fetch[]
  /** Selectors of which only count and sum are used: their histograms' unknown reset hints are found out while reading. */
  readonly countsOnly: ReadonlySet<VectorSelector>
}

export type PlanOptions = { readonly query: QueryTimes; readonly lookbackMs: number; readonly defaultStepMs: number }

/** Resolves every duration and @ modifier and lists the reads the expression needs. */
export function plan(expr: Expr, options: PlanOptions): Plan {
  const planner = new Planner(options)
  planner.visit(expr, { start: options.query.start, end: options.query.end, path: [] })
  if (planner.markInvariant(expr).wrap) planner.invariant.add(expr)
  return planner
}

/** Where in the tree: the times the surroundings are evaluated at, and what is above. */
type Place = { readonly start: number; readonly end: number; readonly path: readonly Expr[] }

class Planner implements Plan {
  readonly references = new Map<VectorSelector | Subquery | Call, Reference>()
  readonly ranges = new Map<MatrixSelector | Subquery, number>()
  readonly subquerySteps = new Map<Subquery, number>()
  readonly invariant = new Set<Expr>()
  readonly fetches: Fetch[] = []
  readonly countsOnly = new Set<VectorSelector>()
  readonly #options: PlanOptions

  constructor(options: PlanOptions) {
    this.#options = options
  }

  visit(expr: Expr, place: Place): void {
    const within = { ...place, path: [...place.path, expr] }
    if (expr.kind === 'vector') this.#selector(expr, 0, place)
    else if (expr.kind === 'matrix') {
      const range = this.#length(expr.range)
      this.ranges.set(expr, range)
      this.#selector(expr.selector, range, place)
    } else if (expr.kind === 'subquery') this.#subquery(expr, within)
    else if (expr.kind === 'call' && expr.name === 'info') this.#info(expr, within)
    else for (const child of children(expr)) this.visit(child, within)
    if (expr.kind === 'call' && (expr.name === 'timestamp' || expr.name === 'start_timestamp')) this.#pinned(expr)
  }

  /** Of a selector with `@` these two look at that time and not at the offset from it, which moves only what is read (engine.go). */
  #pinned({ args: [arg] }: Call): void {
    const selector = arg && bare(arg)
    const reference = selector?.kind === 'vector' && selector.at ? this.references.get(selector) : undefined
    if (selector && reference) this.references.set(selector as VectorSelector, { ...reference, offset: 0 })
  }

  #subquery(expr: Subquery, place: Place): void {
    const reference = this.#reference(expr.at, expr.offset)
    const step = expr.step ? this.#length(expr.step) : this.#options.defaultStepMs
    const range = this.#length(expr.range)
    this.references.set(expr, reference)
    this.ranges.set(expr, range)
    this.subquerySteps.set(expr, step)
    const start = (reference.at ?? place.start) - reference.offset - range
    const end = (reference.at ?? place.end) - reference.offset
    this.visit(expr.expr, { start, end, path: place.path })
  }

  #selector(selector: VectorSelector, range: number, place: Place): void {
    const reference = this.#reference(selector.at, selector.offset)
    this.references.set(selector, reference)
    if (usesCountsOnly(place.path)) this.countsOnly.add(selector)
    const { lookbackMs } = this.#options
    const before = (range || lookbackMs) + (range && selector.extended ? lookbackMs : 0) - 1
    const after = selector.extended === 'smoothed' ? lookbackMs : 0
    const from = (reference.at ?? place.start) - reference.offset - before
    const to = (reference.at ?? place.end) - reference.offset + after
    this.fetches.push({ node: selector, matchers: selector.matchers, from, to, hints: this.#hints(place.path, range) })
  }

  /** The info series are looked up as of the time the first selector of the first argument is evaluated at. */
  #info(call: Call, place: Place): void {
    const [first, second] = call.args
    if (!first) return
    this.visit(first, place)
    const reference = this.#firstReference(first, []) ?? { at: null, offset: 0 }
    this.references.set(call, reference)
    const from = (reference.at ?? place.start) - reference.offset - this.#options.lookbackMs + 1
    const to = (reference.at ?? place.end) - reference.offset
    const given = second ? bare(second) : undefined
    const matchers = given?.kind === 'vector' ? given.matchers : []
    this.fetches.push({
      node: call,
      matchers: withInfoName(matchers),
      from,
      to,
      hints: this.#hints(place.path, 0),
    })
  }

  /** Offsets add up from the selector outwards until an @ modifier fixes the time. */
  #firstReference(expr: Expr, outer: readonly Reference[]): Reference | null {
    if (expr.kind === 'vector' || expr.kind === 'matrix') {
      const selector = expr.kind === 'vector' ? expr : expr.selector
      let offset = 0
      for (const reference of [...outer, this.#reference(selector.at, selector.offset)].reverse()) {
        offset += reference.offset
        if (reference.at !== null) return { at: reference.at, offset }
      }
      return { at: null, offset }
    }
    const within = expr.kind === 'subquery' ? [...outer, this.#reference(expr.at, expr.offset)] : outer
    for (const child of children(expr)) {
      const found = this.#firstReference(child, within)
      if (found) return found
    }
    return null
  }

  markInvariant(expr: Expr): { same: boolean; wrap: boolean } {
    switch (expr.kind) {
      case 'number':
      case 'string':
        return { same: true, wrap: false }
      case 'vector':
        return expr.at !== null ? { same: true, wrap: true } : { same: false, wrap: false }
      case 'matrix':
        return { same: expr.selector.at !== null, wrap: false }
      case 'paren':
      case 'unary':
        return this.markInvariant(expr.expr)
      case 'aggregate':
        // Prometheus looks at the vector alone, and so topk(time(), x @ 0) takes its k from the first step
        if (expr.param && this.markInvariant(expr.param).wrap) this.invariant.add(expr.param)
        return this.markInvariant(expr.expr)
      case 'subquery':
        if (this.markInvariant(expr.expr).same) this.invariant.add(expr.expr)
        return { same: expr.at !== null, wrap: false }
      case 'binary':
        return this.#markTogether([expr.left, expr.right], true)
      case 'call':
        // The selector of info() only names labels; when it is evaluated the first argument decides.
        if (expr.name === 'info') return this.#markTogether(expr.args.slice(0, 1), true)
        return this.#markTogether(expr.args, !functionNamed(expr.name)?.timeDependent)
      default:
        return expr satisfies never
    }
  }

  #markTogether(parts: readonly Expr[], allowed: boolean): { same: boolean; wrap: boolean } {
    const marks = parts.map((part) => this.markInvariant(part))
    if (allowed && marks.every((m) => m.same)) return { same: true, wrap: true }
    parts.forEach((part, i) => {
      if (marks[i]?.wrap) this.invariant.add(part)
    })
    return { same: false, wrap: false }
  }

  #reference(at: At | null, offset: Duration | null): Reference {
    const { query } = this.#options
    const time = at === null ? null : at.kind === 'time' ? at.at : query[at.kind]
    return { at: time, offset: offset ? resolveDuration(offset, query, true) : 0 }
  }

  #length(duration: Duration): number {
    return resolveDuration(duration, this.#options.query, false)
  }

  #hints(path: readonly Expr[], rangeMs: number): SelectHints {
    const stepMs = path.reduce(
      (step, node) => (node.kind === 'subquery' ? (this.subquerySteps.get(node) ?? step) : step),
      this.#options.query.step,
    )
    const above = path.findLast((node) => node.kind === 'call' || node.kind === 'aggregate' || node.kind === 'binary')
    const func = above?.kind === 'call' ? above.name : above?.kind === 'aggregate' ? above.op : ''
    const direct = path.at(-1)
    const grouping = direct?.kind === 'aggregate' ? direct.grouping : []
    return { stepMs, rangeMs, func, grouping, by: direct?.kind === 'aggregate' && !direct.without }
  }
}

/** Without a condition on the name info() uses target_info; where names are only excluded, whatever else ends in _info. */
export function withInfoName(matchers: readonly Matcher[]): readonly Matcher[] {
  const names = matchers.filter((m) => m.name === NAME)
  if (names.length === 0) return [matcher(NAME, '=', 'target_info'), ...matchers]
  return names.some((m) => m.op === '=' || m.op === '=~') ? matchers : [matcher(NAME, '=~', '.+_info'), ...matchers]
}

/** Below histogram_count and its like, unless a subquery or a function of the buckets is in between or above. */
function usesCountsOnly(path: readonly Expr[]): boolean {
  let found = false
  for (const node of [...path].reverse()) {
    if (node.kind === 'subquery') return false
    if (node.kind !== 'call') continue
    if (node.name === 'histogram_quantile' || node.name === 'histogram_fraction') return false
    if (['histogram_count', 'histogram_sum', 'histogram_avg'].includes(node.name)) found = true
  }
  return found
}
