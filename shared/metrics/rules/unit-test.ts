import { type FieldError, Problem } from '../../problem.ts'
import { evaluate, namingOf, newState } from '../alerts/evaluate.ts'
import type { Rule } from '../alerts/rule.ts'
import { pointsOf } from '../alerts/series.ts'
import { type Texts, templatesOf } from '../alerts/template.ts'
import { type Json, list, number, object, text } from '../boards/json.ts'
import { Labels, NAME } from '../promql/labels.ts'
import { MemoryStorage, type StoredSample } from '../promql/memory.ts'
import { type QueryOptions, queryInstant } from '../promql/query.ts'
import { parseValues } from '../promql/script/values.ts'
import { parseMatchers } from '../promql/syntax/parse.ts'
import { answersIn, askQueries } from '../templates/collect.ts'
import { asksQueries, expand } from '../templates/expand.ts'
import { vectorOf } from './answer.ts'
import { durationOf, readYaml } from './parse.ts'
import type { FileGroup, FileRule, TestedRules } from './schema.ts'
import { compareAlerts, compareSamples } from './unit-compare.ts'

const TESTS_MAX = 200
const SAMPLES_MAX = 200_000
const EVALUATIONS_MAX = 100_000
const DEFAULT_MS = 60_000

type Wrong = (path: string, message: string) => void
type Expected = { at: number; item: Json }
type Running = { rule: FileRule; asRule: Rule; state: typeof newState; written: Map<string, Labels> }
/** What templates are told beside the sample. */
type Outside = { externalUrl: string; externalLabels: Record<string, string> }

/**
 * Runs a file of unit tests as promtool reads it (`evaluation_interval, group_eval_order, tests: [{interval, input_series,
 * alert_rule_test, promql_expr_test, name}]`) over `groups`, in memory. Throws `invalid` for a file that is none; `now` is the clock
 * that stops what takes longer than `timeoutMs`.
 */
export async function testRules(groups: readonly FileGroup[], source: string, now: () => number, timeoutMs = 20_000): Promise<TestedRules> {
  const errors: FieldError[] = []
  const wrong: Wrong = (path, message) => {
    if (errors.length < 50) errors.push({ path: `tests.${path}`, code: 'rule', message })
  }
  const root = object(readYaml(source, 'tests'))
  const every = durationOf(root?.evaluation_interval, 'evaluation_interval', wrong) ?? DEFAULT_MS
  if (every < 1000) wrong('evaluation_interval', 'At least a second.')
  if (!root || !Array.isArray(root.tests)) wrong('tests', 'A file of unit tests has a list of tests.')
  const order = list(root?.group_eval_order).map(text)
  const ordered = [...groups].sort((a, b) => rank(order, a.name) - rank(order, b.name))
  const deadline = { now, at: now() + timeoutMs, left: EVALUATIONS_MAX }
  const tests: TestedRules['tests'] = []
  for (const [i, t] of list(root?.tests).slice(0, TESTS_MAX).entries()) {
    const test = object(t) ?? {}
    const name = text(test.name).slice(0, 200) || `test ${i + 1}`
    const storage = loaded(test, `tests.${i}`, wrong)
    if (errors.length) break
    tests.push({ name, failures: await failuresOf(test, `tests.${i}`, { groups: ordered, storage, every, deadline, wrong }) })
  }
  if (errors.length) throw new Problem('invalid', 'The tests cannot be run. errors says why.', { errors })
  const failed = tests.filter((t) => t.failures.length).length
  return { passed: tests.length - failed, failed, tests }
}

const rank = (order: string[], name: string) => (order.includes(name) ? order.indexOf(name) : order.length)

function loaded(test: Json, path: string, wrong: Wrong): MemoryStorage {
  const storage = new MemoryStorage()
  const step = durationOf(test.interval, `${path}.interval`, wrong) ?? DEFAULT_MS
  let held = 0
  for (const [i, s] of list(test.input_series).entries()) {
    const at = `${path}.input_series.${i}`
    try {
      const values = text(object(s)?.values)
      for (const [, n] of values.matchAll(/x(\d+)/g)) held += Number(n)
      if (held > SAMPLES_MAX) {
        wrong(at, `A test has at most ${SAMPLES_MAX} samples.`)
        return storage
      }
      const samples = parseValues(values).flatMap((v, n): StoredSample[] => v === null ? [] : [{ at: n * step, value: v === 'stale' ? 'stale' : 'float' in v ? v.float : v.histogram }]) // biome-ignore format: one shape
      held += samples.length
      storage.append(labelsOf(text(object(s)?.series)), samples)
    } catch (e) {
      wrong(at, `Not understood: ${(e as Error).message.slice(0, 200)}`)
    }
  }
  return storage
}

/** `name{a="b"}` as a label set. */
function labelsOf(series: string): Labels {
  if (series === '' || series === '{}') return Labels.none
  return Labels.from(parseMatchers(series).filter((m) => m.op === '=').map((m) => [m.name, m.value])) // biome-ignore format: one line
}

type Run = {
  groups: FileGroup[]
  storage: MemoryStorage
  every: number
  deadline: { now: () => number; at: number; left: number }
  wrong: Wrong
}

async function failuresOf(test: Json, path: string, { groups, storage, every, deadline, wrong }: Run): Promise<string[]> {
  const alerts = expectationsOf(test.alert_rule_test, `${path}.alert_rule_test`, wrong)
  const exprs = expectationsOf(test.promql_expr_test, `${path}.promql_expr_test`, wrong)
  const end = Math.max(0, ...[...alerts, ...exprs].map((e) => e.at))
  const running = groups.map((group) => ({ group, rules: group.rules.map(begun) }))
  const outside = { externalUrl: text(test.external_url), externalLabels: textsOf(test.external_labels) }
  const failures: string[] = []
  const limits = { samplesMax: SAMPLES_MAX * 10, deadlineAt: deadline.at }
  const options: QueryOptions = { limits, now: deadline.now }
  for (let at = 0; at <= end; at += every) {
    for (const { group, rules } of running)
      for (const r of rules) {
        if (deadline.left-- <= 0 || deadline.now() > deadline.at) return [...failures, 'stopped: the tests take too long']
        try {
          await step(r, group.limit, storage, at, options, outside)
        } catch (e) {
          failures.push(`${nameOf(r.rule)} at ${at / 1000} s: ${(e as Error).message}`)
          if (failures.length > 50) return failures
        }
      }
    for (const { item } of alerts.filter((e) => e.at >= at && e.at < at + every)) {
      const firing = running.flatMap(({ rules }) => rules).filter((r) => r.rule.kind === 'alert' && r.rule.alert === text(item.alertname)).flatMap((r) => Object.values(r.state.active)).filter((a) => a.state === 'firing') // biome-ignore format: one thought
      failures.push(...compareAlerts(text(item.alertname), text(item.eval_time), list(item.exp_alerts), firing))
    }
  }
  for (const { at, item } of exprs) {
    try {
      const got = vectorOf(await queryInstant(text(item.expr), at, storage, options))
      failures.push(...compareSamples(text(item.expr), text(item.eval_time), list(item.exp_samples), got, labelsOf, number))
    } catch (e) {
      failures.push(`${text(item.expr).slice(0, 200)} at ${text(item.eval_time)}: ${(e as Error).message}`)
    }
  }
  return failures.slice(0, 100)
}

/** One rule at one instant, and what it leaves in the storage: recorded series, ALERTS and ALERTS_FOR_STATE, with stale markers. */
async function step(r: Running, limit: number, storage: MemoryStorage, at: number, options: QueryOptions, outside: Outside): Promise<void> {
  const vector = vectorOf(await queryInstant(r.rule.expr, at, storage, options))
  const now = new Map<string, Labels>()
  const write = (labels: Labels, value: StoredSample['value']) => {
    now.set(labels.key, labels)
    storage.append(labels, [{ at, value }])
  }
  if (r.rule.kind === 'record') {
    const { record, labels } = r.rule
    for (const sample of vector) {
      const made = Labels.of({ ...sample.labels.toRecord(), ...labels, [NAME]: record })
      if (now.has(made.key)) throw new Error('vector contains metrics with the same labelset after applying rule labels')
      write(made, sample.value)
    }
  } else {
    const samples = vector.map((s) => ({ labels: s.labels.toRecord(), value: typeof s.value === 'number' ? s.value : Number.NaN }))
    const found = async (expr: string) => {
      try {
        return vectorOf(await queryInstant(expr, at, storage, options)).map((s) => ({
          labels: s.labels.toRecord(),
          value: typeof s.value === 'number' ? s.value : Number.NaN,
        }))
      } catch (e) {
        return { error: (e as Error).message }
      }
    }
    const asking = templatesOf(r.asRule).filter(asksQueries)
    const answers = answersIn(await askQueries(asking, samples.map((s) => ({ ...s, at })), outside.externalUrl, found)) // biome-ignore format: one line
    const texts: Texts = (template, facts, when) => expand(template, facts, { at: when, answers, ...outside })
    r.state = evaluate({ ...r.asRule, limit }, r.state, { at, samples }, undefined, namingOf(r.asRule, texts), texts).state
    if (r.state.trouble) throw new Error(r.state.trouble.message)
    for (const { labels, value } of pointsOf({}, r.state.active)) write(Labels.of(labels), value)
  }
  for (const [key, labels] of r.written) if (!now.has(key)) storage.append(labels, [{ at, value: 'stale' }])
  r.written = now
}

function begun(rule: FileRule): Running {
  const base = { id: nameOf(rule), name: nameOf(rule), query: rule.expr, condition: null, threshold: 0, anomaly: null, labels: rule.labels, missing: 'dont_fire' as const, limit: 0 } // biome-ignore format: one shape
  const asRule: Rule = rule.kind === 'alert' ? { ...base, forMs: rule.forMs, keepFiringForMs: rule.keepFiringForMs, annotations: rule.annotations } : { ...base, forMs: 0, keepFiringForMs: 0, annotations: {} } // biome-ignore format: one shape
  return { rule, asRule, state: newState, written: new Map() }
}
const textsOf = (given: unknown): Record<string, string> =>
  Object.fromEntries(Object.entries(object(given) ?? {}).map(([k, v]) => [k, text(v)]))
const nameOf = (rule: FileRule): string => (rule.kind === 'alert' ? rule.alert : rule.record)

function expectationsOf(given: unknown, path: string, wrong: Wrong): Expected[] {
  return list(given).slice(0, 500).map((e, i) => {
    const item = object(e) ?? {}
    const at = durationOf(item.eval_time, `${path}.${i}.eval_time`, wrong) ?? 0
    if (at > 31 * 86_400_000) wrong(`${path}.${i}.eval_time`, 'At most 31 days.')
    return { at: Math.min(at, 31 * 86_400_000), item }
  }) // biome-ignore format: one thought
}
