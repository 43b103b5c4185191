import { floatText } from '../prometheus/result.ts'
import { Labels, NAME } from '../promql/labels.ts'
import { ACTIVE_MAX, beyond, type Rule } from './rule.ts'
import { asWritten, isTemplate, type Texts } from './template.ts'

/** One series that is active. `value` as Prometheus writes a float, because JSON has no NaN. Times in epoch ms. */
export type Active = {
  labels: Record<string, string>
  annotations: Record<string, string>
  state: 'pending' | 'firing'
  value: string
  activeAt: number
  firedAt: number | null
  /** Since when it has been firing without being true. */
  keepFiringSince: number | null
}
/** A series the rule has seen, so that its absence can be told. */
export type Known = { labels: Record<string, string>; value: string; at: number }

/** What a rule remembers between evaluations; stored as JSON. */
export type AlertState = {
  v: 1
  /** The last instant that was evaluated. */
  at: number | null
  active: Record<string, Active>
  known: Record<string, Known>
  /** Nothing is known since then: the query fails, or its data cannot be read. What was firing stays so. */
  trouble: { since: number; message: string; kind: 'query' | 'unavailable' } | null
  /** Failed evaluations in a row. */
  failures: number
  /** Instants that were never evaluated, the last such gap. */
  missed: { from: number; to: number; count: number } | null
}
export const newState: AlertState = { v: 1, at: null, active: {}, known: {}, trouble: null, failures: 0, missed: null }

/** A sample of the query's answer, its labels as they come, the name included. */
export type Sample = { labels: Record<string, string>; value: number }
export type Step = 'inactive' | 'pending' | 'firing'
export type Transition = { key: string; labels: Record<string, string>; from: Step; to: Step; at: number; value: string; activeAt: number }
export type Outcome = { state: AlertState; transitions: Transition[] }

/** Whether a series is active: by default the rule's own condition; anomalies bring theirs. */
export type Judge = (sample: Sample, at: number) => boolean
/** The labels and key of an alert by the sample it comes from. */
export type Naming = (sample: Sample, at: number) => { key: string; labels: Record<string, string> }

const DAY_MS = 86_400_000
const NONE: Record<string, string> = {}

export const judgeOf = (rule: Rule): Judge => {
  const { condition, threshold } = rule
  return condition === null ? () => true : ({ value }) => beyond(condition, value, threshold)
}

/** Remembers the answer for a label set's own object: a range has the same series at every instant. */
export function namingOf(rule: Rule, texts: Texts = asWritten): Naming {
  const made = new WeakMap<object, ReturnType<Naming>>()
  const fixed = !Object.values(rule.labels).some((text) => isTemplate(text))
  return (sample, at) => {
    const before = fixed && made.get(sample.labels)
    if (before) return before
    const { [NAME]: _, ...own } = sample.labels
    const extra = Object.entries(rule.labels).map(([k, v]) => [k, isTemplate(v) ? texts(v, sample, at) : v] as const)
    const labels = Labels.from(Object.entries({ ...own, ...Object.fromEntries(extra), alertname: rule.name }))
    const named = { key: labels.key, labels: labels.toRecord() }
    made.set(sample.labels, named)
    return named
  }
}

/**
 * One evaluation at `at`, with Prometheus' meaning of `for` and `keep_firing_for` (rules/alerting.go): a series that is active
 * becomes pending, fires once it has been active for `for`, and is inactive as soon as it is not, unless it was firing and
 * `keep_firing_for` still runs. `texts` expands the templates of labels (through `naming`) and annotations. What two series share after the rule's labels is an error, and leaves everything as it was.
 */
export function evaluate(
  rule: Rule,
  before: AlertState,
  { at, samples }: { at: number; samples: readonly Sample[] },
  judge: Judge = judgeOf(rule),
  naming: Naming = namingOf(rule),
  texts: Texts = asWritten,
): Outcome {
  const seen = new Map<string, { sample: Sample; labels: Record<string, string>; value: number }>()
  const known = rule.missing === 'dont_fire' ? before.known : { ...before.known }
  const present = new Set<string>()
  for (const sample of samples) {
    const { key, labels } = naming(sample, at)
    if (rule.missing !== 'dont_fire') {
      present.add(key)
      known[key] = { labels, value: floatText(sample.value), at }
    }
    if (!judge(sample, at)) continue
    if (seen.has(key))
      return failed(before, at, 'query', 'two series of the answer have the same labels once the labels of the rule are applied')
    seen.set(key, { sample, labels, value: sample.value })
    if (seen.size > ACTIVE_MAX) return failed(before, at, 'query', `more than ${ACTIVE_MAX} series are active at once; aggregate the query`)
  }
  for (const [key, absent] of absentOf(rule, known, present, before.active, at)) {
    const sample = { labels: absent.labels, value: rule.missing === 'treat_as_zero' ? 0 : Number(absent.value) }
    if (rule.missing === 'start_incident' || judge(sample, at)) seen.set(key, { sample, labels: absent.labels, value: sample.value })
  }
  const active: Record<string, Active> = {}
  const transitions: Transition[] = []
  const tell = (key: string, a: Active, from: Step, to: Step) =>
    from !== to && transitions.push({ key, labels: a.labels, from, to, at, value: a.value, activeAt: a.activeAt })

  for (const [key, { sample, labels, value }] of seen) {
    const was = before.active[key]
    const annotations = expandAll(rule.annotations, { labels: sample.labels, value }, at, texts)
    const activeAt = was?.activeAt ?? at
    const firing = was?.state === 'firing' || at - activeAt >= rule.forMs
    const now: Active = {
      labels,
      annotations,
      state: firing ? 'firing' : 'pending',
      value: floatText(value),
      activeAt,
      firedAt: was?.firedAt ?? (firing ? at : null),
      keepFiringSince: null,
    }
    active[key] = now
    tell(key, now, was?.state ?? 'inactive', now.state)
  }
  for (const [key, was] of Object.entries(before.active)) {
    if (seen.has(key)) continue
    const since = was.keepFiringSince ?? at
    if (was.state === 'firing' && rule.keepFiringForMs > 0 && at - since < rule.keepFiringForMs) {
      active[key] = { ...was, keepFiringSince: since }
      continue
    }
    tell(key, was, was.state, 'inactive')
  }
  const state: AlertState = { ...before, at, active, known, trouble: null, failures: 0 }
  if (rule.limit > 0 && Object.keys(active).length > rule.limit) {
    // as Prometheus: over the limit nothing of the rule is active, and the rule says so
    const ended = Object.entries(before.active).map(([key, a]): Transition => ({ key, labels: a.labels, from: a.state, to: 'inactive', at, value: a.value, activeAt: a.activeAt })) // biome-ignore format: one thought
    return { ...failed({ ...state, active: {} }, at, 'query', `exceeded limit of ${rule.limit} with ${Object.keys(active).length} alerts`), transitions: ended } // biome-ignore format: one thought
  }
  return { state, transitions }
}

/**
 * An evaluation without an answer: nothing fires and nothing resolves. An instant whose query is wrong is over; one whose data
 * cannot be read now stays due.
 */
export function failed(before: AlertState, at: number, kind: 'query' | 'unavailable', message: string): Outcome {
  const trouble = { since: before.trouble?.since ?? at, message: message.slice(0, 500), kind }
  return {
    state: { ...before, at: kind === 'query' ? at : before.at, trouble, failures: before.failures + 1 },
    transitions: [],
  }
}

/** What pending may still mean after this long without a look: Prometheus' tolerance for an outage. */
export const TOLERANCE_MS = 3_600_000

/**
 * Instants in [from, to] that will never be evaluated. After more than an hour nobody can say that a condition held all the
 * while: pending begins anew. What was firing stays so until an evaluation says otherwise.
 */
export function skipped(before: AlertState, gap: { from: number; to: number; count: number }): Outcome {
  const long = gap.to - gap.from > TOLERANCE_MS
  const pending = long ? Object.entries(before.active).filter(([, a]) => a.state === 'pending') : []
  const transitions = pending.map(
    ([key, a]): Transition => ({
      key,
      labels: a.labels,
      from: 'pending',
      to: 'inactive',
      at: gap.to,
      value: a.value,
      activeAt: a.activeAt,
    }),
  )
  const gone = new Set(transitions.map((t) => t.key))
  const active = Object.fromEntries(Object.entries(before.active).filter(([key]) => !gone.has(key)))
  return { state: { ...before, active, at: gap.to, missed: gap }, transitions }
}

/** Series without a sample now that the policy speaks of; forgets those that have been away for a day and are not active. */
function absentOf(
  rule: Rule,
  known: Record<string, Known>,
  present: ReadonlySet<string>,
  active: Record<string, Active>,
  at: number,
): [string, Known][] {
  if (rule.missing === 'dont_fire') return []
  const all = Object.entries(known)
  const old = all.filter(([key, k]) => !present.has(key) && !active[key] && at - k.at > DAY_MS).map(([key]) => key)
  const crowd = all.length - old.length > 2 * ACTIVE_MAX ? all.filter(([key]) => !present.has(key) && !active[key]).map(([key]) => key) : []
  for (const key of [...old, ...crowd]) delete known[key]
  const absent = Object.entries(known).filter(([key]) => !present.has(key))
  if (Object.keys(known).length || rule.missing === 'treat_as_previous') return absent
  // nothing was ever seen: the rule itself stands for its series
  const labels = { ...plain(rule.labels), alertname: rule.name }
  return [[Labels.of(labels).key, { labels, value: 'NaN', at }]]
}

const plain = (labels: Record<string, string>) => Object.fromEntries(Object.entries(labels).filter(([, text]) => !isTemplate(text)))
const expandAll = (given: Record<string, string>, facts: Sample, at: number, texts: Texts): Record<string, string> => {
  const entries = Object.entries(given)
  return entries.length ? Object.fromEntries(entries.map(([k, text]) => [k, isTemplate(text) ? texts(text, facts, at) : text])) : NONE
}

/** What people see of a rule. Firing is said also while nothing is known: it was so when somebody could look. */
export function standing(state: AlertState): 'inactive' | 'pending' | 'firing' | 'unknown' {
  const all = Object.values(state.active)
  if (all.some((a) => a.state === 'firing')) return 'firing'
  if (state.trouble) return 'unknown'
  return all.length ? 'pending' : 'inactive'
}
