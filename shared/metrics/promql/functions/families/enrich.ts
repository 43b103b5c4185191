import { Column, IS_HISTOGRAM } from '../../evaluation/column.ts'
import { isMoment } from '../../evaluation/steps.ts'
import { Labels, NAME } from '../../labels.ts'
import { QueryError, sameLabelset } from '../../limits.ts'
import type { Matcher } from '../../matcher.ts'
import type { FunctionCall, Picked } from '../function.ts'

/** The labels by which a series and an info series are known to be of the same target. */
const IDENTIFYING = ['instance', 'job']

/** info(): each sample gets the labels of the info samples of its target at the step. */
export function enrich(call: FunctionCall): Column[] {
  const base = call.vector(0)
  const matchers = call.infoMatchers()
  const nameMatchers = matchers.filter((m) => m.name === NAME)
  const dataMatchers = matchers.filter((m) => m.name !== NAME)
  const isInfo = (labels: Labels) => nameMatchers.every((m) => m.matches(labels.name))
  const infos = new InfoSeries(
    call.infoSeries(),
    base.filter((c) => !isInfo(c.labels)),
  )
  const out = new Output(call)
  for (const column of base) {
    if (isInfo(column.labels)) {
      out.addAll(column)
      continue
    }
    const added = new Map<string, Labels | null>()
    for (let step = 0; step < call.steps.n; step++) {
      if (column.has[step] === 0) continue
      const found = infos.at(column.labels, step)
      const key = found.map((labels) => labels.key).join('\xfe')
      let labels = added.get(key)
      if (labels === undefined) {
        labels = enriched(column.labels, found, dataMatchers)
        added.set(key, labels)
      }
      if (labels) out.add(column, labels, step)
    }
  }
  return out.columns
}

/** `null` where a condition on the info labels asks for one and there is none. */
function enriched(base: Labels, infos: readonly Labels[], conditions: readonly Matcher[]): Labels | null {
  if (infos.length === 0 && conditions.some((m) => !m.matches(''))) return null
  const wanted = conditions.length > 0 ? new Set(conditions.map((m) => m.name)) : null
  const added = new Map<string, string>()
  for (const info of infos) {
    for (const [name, value] of info) {
      if (name === NAME || (wanted && !wanted.has(name))) continue
      const before = added.get(name)
      if (before !== undefined && before !== value) throw new QueryError(`conflicting label: ${name}`)
      if (!base.has(name)) added.set(name, value)
    }
  }
  return added.size === 0 ? base : Labels.from([...base, ...added])
}

/** Info series by metric and target. */
class InfoSeries {
  readonly #byTarget = new Map<string, Map<string, Picked[]>>()

  constructor(series: readonly Picked[], base: readonly Column[]) {
    const targets = new Set(base.map((c) => target(c.labels)))
    for (const one of series) {
      const key = target(one.column.labels)
      // Only series of targets in question may be refused or conflict.
      if (!targets.has(key) || IDENTIFYING.every((name) => !one.column.labels.has(name))) continue
      if (one.column.has.includes(IS_HISTOGRAM))
        throw new QueryError(`this should be an info metric, with float samples: ${one.column.labels}`)
      const byName = this.#byTarget.get(key) ?? new Map<string, Picked[]>()
      this.#byTarget.set(key, byName)
      byName.set(one.column.labels.name, [...(byName.get(one.column.labels.name) ?? []), one])
    }
  }

  /** The newest sample of each info metric of a target. */
  at(labels: Labels, step: number): Labels[] {
    const found: Labels[] = []
    for (const candidates of this.#byTarget.get(target(labels))?.values() ?? []) {
      let newest: Picked | null = null
      for (const one of candidates) {
        if (one.column.has[step] === 0) continue
        const time = one.times[step] as number
        const before = newest ? (newest.times[step] as number) : Number.NEGATIVE_INFINITY
        if (newest && time === before) {
          const [a, b] = [newest.column.labels, one.column.labels]
          throw new QueryError(`found duplicate series for info metric: existing ${a} @ ${before}, new ${b} @ ${time}`)
        }
        if (time > before) newest = one
      }
      if (newest) found.push(newest.column.labels)
    }
    return found
  }
}

const target = (labels: Labels): string => IDENTIFYING.map((name) => labels.get(name)).join('\xff')

class Output {
  readonly columns: Column[] = []
  readonly #call: FunctionCall
  readonly #byLabels = new Map<string, Column>()

  constructor(call: FunctionCall) {
    this.#call = call
  }

  add(from: Column, labels: Labels, step: number): void {
    let column = isMoment(this.#call.steps) ? undefined : this.#byLabels.get(labels.key)
    if (!column) {
      column = new Column(labels, this.#call.steps.n, from.dropName)
      this.#byLabels.set(labels.key, column)
      this.columns.push(column)
    }
    if (column.has[step] !== 0) throw sameLabelset()
    column.copyStep(from, step)
  }

  addAll(from: Column): void {
    for (let step = 0; step < from.has.length; step++) if (from.has[step] !== 0) this.add(from, from.labels, step)
  }
}
