import type { Env } from '../durable-objects/env.ts'
import { clickhouseOf, sendRows } from '../durable-objects/transport.ts'
import { log, reason } from '../shared/log.ts'
import { TRAINING_STEP_MS, train } from '../shared/metrics/alerts/anomaly.ts'
import type { AskedRule, Asking, Seen, SeenSeries, TrainAsking, Trained } from '../shared/metrics/alerts/asking.ts'
import { namingOf } from '../shared/metrics/alerts/evaluate.ts'
import { beyond } from '../shared/metrics/alerts/rule.ts'
import { failureOf } from '../shared/metrics/prometheus/failure.ts'
import { Labels, NAME } from '../shared/metrics/promql/labels.ts'
import { LIMITS } from '../shared/metrics/promql/limits.ts'
import { matcher } from '../shared/metrics/promql/matcher.ts'
import { MemoryStorage } from '../shared/metrics/promql/memory.ts'
import { type Answer, type QueryOptions, queryInstant, queryRange } from '../shared/metrics/promql/query.ts'
import type { Storage } from '../shared/metrics/promql/series.ts'
import { RECORDED_RETENTION_DAYS, samplesRow, seriesRow } from '../shared/metrics/rows.ts'
import { overlaid } from '../shared/metrics/rules/overlay.ts'
import { clickhouseStorage } from '../shared/metrics/select.ts'
import { SeriesCache } from '../shared/metrics/series-cache.ts'
import { type AskedQuery, askQueries } from '../shared/metrics/templates/collect.ts'
import { clickhouse } from '../shared/warehouse/clickhouse.ts'

const TIMEOUT_MS = 12_000
const TRAIN_TIMEOUT_MS = 20_000
/** An isolate has 128 MB; a sample is 16 bytes as it is read. */
const READ_MAX = 3_000_000
/** Points that go back to the object, of all series together. */
const POINTS_MAX = 200_000
const SERIES_MAX = 100
const DAY_MS = 86_400_000

/** Rules of a group one after the other, each seeing what those before it recorded at the same instant, as in Prometheus. */
export async function evaluateRules(env: Env, asking: Asking): Promise<Seen[]> {
  const { storage, options } = begin(env, asking.team, TIMEOUT_MS)
  const failed = new Map<string, Seen>()
  const found = new Map<string, Map<Labels, { times: number[]; values: number[] }>>()
  const records = asking.rules.some((r) => r.kind === 'record')
  const fresh = new MemoryStorage()
  const over: Storage = records ? overlaid(storage, fresh) : storage
  // a range at once where nothing depends on what was recorded a moment before
  const strides = records ? instants(asking) : [{ start: asking.start, end: asking.end }]
  const recorder = new Recorder(env, asking)
  const took = new Map<string, number>()
  const asked = new Map<string, AskedQuery[]>()
  let points = 0
  for (const { start, end } of strides)
    for (const rule of asking.rules) {
      if (failed.has(rule.id)) continue
      const began = Date.now()
      try {
        const answer = await ask(rule.expr, start - asking.offsetMs, end - asking.offsetMs, asking.step, over, options)
        const kept = found.get(rule.id) ?? new Map()
        found.set(rule.id, kept)
        if (rule.kind === 'record') {
          const recorded = named(rule, answer)
          for (const [labels, value] of recorded) fresh.append(labels, [{ at: start - asking.offsetMs, value }])
          await recorder.add(rule, recorded, start - asking.offsetMs, storage)
          continue
        }
        for (const [labels, at, value] of samplesIn(answer)) {
          if (rule.keep && !beyond(rule.keep.condition, value, rule.keep.threshold)) continue
          if (++points > POINTS_MAX) throw new Error('the query returns too many series; aggregate it')
          const series = kept.get(labels) ?? { times: [], values: [] }
          kept.set(labels, series)
          series.times.push(at + asking.offsetMs)
          series.values.push(value)
        }
      } catch (e) {
        failed.set(rule.id, { id: rule.id, error: errorOf(e) })
      }
      took.set(rule.id, (took.get(rule.id) ?? 0) + Date.now() - began)
    }
  for (const rule of asking.rules) {
    const series = found.get(rule.id)
    if (rule.kind !== 'alert' || !rule.asking || failed.has(rule.id) || !series) continue
    asked.set(rule.id, await askQueries(rule.asking, sampled(series), env.TOCSIN_URL, (expr, at) => answered(expr, at - asking.offsetMs, over, options))) // biome-ignore format: one thought
  }
  try {
    await recorder.send()
  } catch (e) {
    return asking.rules.map(({ id }) => ({ id, error: errorOf(e) }))
  }
  return asking.rules.map(({ id }) => ({
    ...(failed.get(id) ?? { id, series: seriesOf(found.get(id)) }),
    ms: took.get(id) ?? 0,
    ...(asked.has(id) ? { asked: asked.get(id)! } : {}),
  }))
}

/** Every sample with its instant, as templates are told of it. */
function* sampled(
  found: Map<Labels, { times: number[]; values: number[] }>,
): Generator<{ labels: Record<string, string>; value: number; at: number }> {
  for (const [labels, { times, values }] of found) for (const [i, at] of times.entries()) yield { labels: recordOf(labels), value: values[i] as number, at } // biome-ignore format: one line
}

const ANSWER_MAX = 1000
/** What a template's own query finds at an instant; a text where it fails. */
async function answered(expr: string, at: number, storage: Storage, options: QueryOptions): Promise<AskedQuery['found']> {
  try {
    const found = [...samplesIn(await queryInstant(expr, at, storage, options))]
    return found.slice(0, ANSWER_MAX).map(([labels, , value]) => ({ labels: recordOf(labels), value }))
  } catch (e) {
    return { error: errorOf(e).message }
  }
}

/** Two days at a time, so that many weeks of many samples never stand in memory at once. */
export async function trainBaselines(env: Env, { team, rule, until, days }: TrainAsking): Promise<Trained> {
  const { storage, options } = begin(env, team, TRAIN_TIMEOUT_MS)
  const naming = namingOf({ ...rule, condition: null, threshold: 0, anomaly: null, forMs: 0, keepFiringForMs: 0, annotations: {}, missing: 'dont_fire', limit: 0 }) // biome-ignore format: one thought
  const grid = new Map<string, { times: number[]; values: number[] }>()
  try {
    for (let start = until - days * DAY_MS; start < until; start += 2 * DAY_MS) {
      const end = Math.min(until, start + 2 * DAY_MS) - TRAINING_STEP_MS
      for (const [labels, at, value] of samplesIn(await ask(rule.query, start, end, TRAINING_STEP_MS, storage, options))) {
        const { key } = naming({ labels: recordOf(labels), value }, at)
        const series = grid.get(key) ?? { times: [], values: [] }
        if (!grid.has(key) && grid.size >= SERIES_MAX)
          return { error: { kind: 'query', message: `anomalies are looked for in at most ${SERIES_MAX} series; aggregate the query` } }
        grid.set(key, series)
        series.times.push(at)
        series.values.push(value)
      }
    }
  } catch (e) {
    return { error: errorOf(e) }
  }
  return { baselines: Object.fromEntries([...grid].flatMap(([key, s]) => { const made = train(s.times, s.values); return made ? [[key, made]] : [] })) } // biome-ignore format: one thought
}

function begin(env: Env, team: string, timeoutMs: number): { storage: Storage; options: QueryOptions } {
  const limits = { samplesMax: 2 * READ_MAX, seriesMax: LIMITS.seriesMax, deadlineAt: Date.now() + timeoutMs }
  const storage = clickhouseStorage(clickhouse(clickhouseOf(env)), team, { ...limits, samplesMax: READ_MAX, now: Date.now })
  return { storage, options: { limits, now: Date.now } }
}

const ask = (expr: string, start: number, end: number, step: number, storage: Storage, options: QueryOptions): Promise<Answer> =>
  start === end ? queryInstant(expr, start, storage, options) : queryRange(expr, { start, end, step }, storage, options)

const instants = ({ start, end, step }: Asking) =>
  Array.from({ length: Math.floor((end - start) / step) + 1 }, (_, i) => ({ start: start + i * step, end: start + i * step }))

/** Every sample of an answer. A scalar is one without labels, a histogram counts as NaN: it is there and is no number. */
function* samplesIn(answer: Answer): Generator<readonly [Labels, number, number]> {
  switch (answer.type) {
    case 'scalar':
      yield [Labels.none, answer.at, answer.value]
      break
    case 'vector':
      for (const { labels, at, value } of answer.samples) yield [labels, at, typeof value === 'number' ? value : Number.NaN]
      break
    case 'matrix':
      for (const { labels, times, values, histograms } of answer.series)
        for (let i = 0; i < times.length; i++) yield [labels, times[i] as number, histograms?.[i] ? Number.NaN : (values[i] as number)]
      break
    case 'string':
      throw Object.assign(new Error('a rule needs an instant vector or a scalar, not a string'), {
        name: 'PrometheusFailure',
        type: 'bad_data',
      })
    default:
      answer satisfies never
  }
}

const records = new WeakMap<Labels, Record<string, string>>()
function recordOf(labels: Labels): Record<string, string> {
  const made = records.get(labels) ?? labels.toRecord()
  records.set(labels, made)
  return made
}

const seriesOf = (found: Map<Labels, { times: number[]; values: number[] }> | undefined): SeenSeries[] =>
  [...(found ?? [])].map(([labels, s]) => ({ labels: labels.toRecord(), times: Float64Array.from(s.times), values: Float64Array.from(s.values) })) // biome-ignore format: one thought

/** What a recording rule makes of an answer: its own name and labels over those of the result. Two of one name are an error. */
function named(rule: AskedRule & { kind: 'record' }, answer: Answer): Map<Labels, number> {
  const made = new Map<string, Labels>()
  const out = new Map<Labels, number>()
  for (const [labels, , value] of samplesIn(answer)) {
    const all = Labels.of({ ...labels.toRecord(), ...rule.labels, [NAME]: rule.record })
    if (made.has(all.key))
      throw Object.assign(new Error('vector contains metrics with the same labelset after applying rule labels'), { name: 'PrometheusFailure', type: 'execution' }) // biome-ignore format: one thought
    made.set(all.key, all)
    out.set(all, value)
  }
  return out
}

/** Samples on their way to ClickHouse by the ordinary path; a series that a rule no longer makes ends with a stale marker. */
class Recorder {
  private readonly env: Env
  private readonly asking: Asking
  private readonly cache = new SeriesCache(100_000)
  private readonly days = new Map<string, string>()
  private rows = ''
  private count = 0
  constructor(env: Env, asking: Asking) {
    this.env = env
    this.asking = asking
  }

  async add(rule: AskedRule & { kind: 'record' }, recorded: Map<Labels, number>, at: number, storage: Storage): Promise<void> {
    const { team, source, intervalMs } = this.asking
    const origin = { team, source, retentionDays: RECORDED_RETENTION_DAYS }
    const keys = new Set([...recorded.keys()].map((l) => l.key))
    const own = [matcher(NAME, '=', rule.record), ...Object.entries(rule.labels).map(([k, v]) => matcher(k, '=', v))]
    const hints = { stepMs: 0, rangeMs: 0, func: '', grouping: [], by: false }
    const before = await storage.select(own, at - intervalMs, at - intervalMs, hints)
    const gone = before.filter((s) => !keys.has(s.labels.key) && !s.kinds?.[0])
    const samples = [
      ...[...recorded].map(([labels, value]) => ({ series: this.cache.get(team, labels), at, value, start: 0 })),
      ...gone.map(({ labels }) => ({ series: this.cache.get(team, labels), at, value: 'stale' as const, start: 0 })),
    ]
    if (!samples.length) return
    this.rows += samplesRow(origin, samples)
    this.count++
    const day = new Date(at).toISOString().slice(0, 10)
    for (const { series } of samples)
      if (!this.days.has(`${day} ${series.fingerprint}`)) this.days.set(`${day} ${series.fingerprint}`, seriesRow(origin, series, day))
  }

  async send(): Promise<void> {
    if (this.days.size) await sendRows(this.env, 'series', [...this.days.values()].join(''), this.days.size)
    if (this.count) await sendRows(this.env, 'samples', this.rows, this.count)
  }
}

function errorOf(e: unknown): { kind: 'query' | 'unavailable' | 'timeout'; message: string } {
  const { type, message } = failureOf(e)
  if (type === 'internal' && e instanceof Error && e.message.includes('aggregate it')) return { kind: 'query', message: e.message }
  if (type === 'internal') log('bug', { where: 'evaluate', message: reason(e) })
  if (type === 'timeout') return { kind: 'timeout', message }
  return { kind: type === 'unavailable' || type === 'internal' ? 'unavailable' : 'query', message }
}
