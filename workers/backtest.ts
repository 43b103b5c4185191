import type { Env } from '../durable-objects/env.ts'
import { clickhouseOf } from '../durable-objects/transport.ts'
import { backtest, type RangeSeries } from '../shared/metrics/alerts/backtest.ts'
import { ruleOf } from '../shared/metrics/alerts/definition.ts'
import type { BacktestBody, Typed } from '../shared/metrics/alerts/schema.ts'
import type { Texts } from '../shared/metrics/alerts/template.ts'
import { failureOf } from '../shared/metrics/prometheus/failure.ts'
import { Labels } from '../shared/metrics/promql/labels.ts'
import { LIMITS } from '../shared/metrics/promql/limits.ts'
import { queryRange } from '../shared/metrics/promql/query.ts'
import { clickhouseStorage } from '../shared/metrics/select.ts'
import { expand } from '../shared/metrics/templates/expand.ts'
import { Problem } from '../shared/problem.ts'
import { iso, isoOrNull } from '../shared/time.ts'
import { clickhouse } from '../shared/warehouse/clickhouse.ts'

const DAY_MS = 86_400_000
const RANGE_MAX_MS = 92 * DAY_MS
const EVALUATIONS_MAX = 50_000
/** The whole answer; each day of history has its share of the budget for samples. */
const DEADLINE_MS = 55_000
const READ_MAX = 3_000_000

/** Replays an alert over history: the last 30 days unless `from` and `to` say otherwise. */
export async function runBacktest(env: Env, team: string, typed: Typed, from?: number, to?: number): Promise<BacktestBody> {
  const began = Date.now()
  const end = Math.min(to ?? began, began)
  const start = from ?? end - 30 * DAY_MS
  if (start >= end) throw new Problem('invalid', 'Correct the attributes listed in errors.', { errors: [{ path: 'from', code: 'order', message: 'from comes before to, and both lie in the past.' }] }) // biome-ignore format: one thought
  if (end - start > RANGE_MAX_MS) throw new Problem('invalid', 'Correct the attributes listed in errors.', { errors: [{ path: 'from', code: 'too-long', message: 'A backtest covers at most 92 days.' }] }) // biome-ignore format: one thought
  const wanted = Math.ceil((end - start) / EVALUATIONS_MAX / 1000) * 1000
  const every = Math.max(typed.check_period * 1000, wanted)
  const first = Math.ceil(start / every) * every
  const deadlineAt = began + DEADLINE_MS
  const ch = clickhouse(clickhouseOf(env))
  const ask = async (query: string, times: { start: number; end: number; step: number }): Promise<RangeSeries[]> => {
    // a budget of its own for each day: what one has read is let go before the next
    const limits = { samplesMax: 2 * READ_MAX, seriesMax: LIMITS.seriesMax, deadlineAt }
    const storage = clickhouseStorage(ch, team, { ...limits, samplesMax: READ_MAX, now: Date.now })
    const answer = await queryRange(query, times, storage, { limits, now: Date.now })
    return answer.type === 'matrix'
      ? answer.series.map((s) => ({ labels: s.labels.toRecord(), times: s.times, values: s.histograms ? s.values.map((v, i) => (s.histograms?.[i] ? Number.NaN : v)) : s.values })) // biome-ignore format: one shape
      : [{ labels: Labels.none.toRecord(), times: [], values: [] }]
  }
  // a template that asks queries says so in the label; nothing of it is evaluated 43,200 times
  const answers = () => ({ error: 'a backtest asks no queries of templates' })
  const texts: Texts = (template, facts, at) => expand(template, facts, { at, externalUrl: env.TOCSIN_URL, answers })
  try {
    const report = await backtest(ruleOf('backtest', typed), { from: first, to: end, every }, ask, texts)
    return {
      from: iso(start),
      to: iso(end),
      every: every / 1000,
      evaluations: report.evaluations,
      would_have_fired: report.firedCount,
      would_have_opened: typed.incident_per_series ? report.firedCount : report.incidents.length,
      fired: report.fired.map((f) => ({ labels: f.labels, active_at: iso(f.activeAt), from: iso(f.from), to: isoOrNull(f.to), peak: Number.isFinite(f.peak) ? f.peak : null })), // biome-ignore format: one shape
      incidents: report.incidents.map((i) => ({ from: iso(i.from), to: isoOrNull(i.to), series: i.series })),
      series: report.series,
      band: report.band.map((b) => ({ at: iso(b.at), lower: b.lower, upper: b.upper })),
      error: report.trouble && `At ${iso(report.trouble.at)}: ${report.trouble.message}`,
      elapsed_ms: Date.now() - began,
    }
  } catch (e) {
    const { type, message } = failureOf(e)
    if (type === 'timeout') throw new Problem('degraded', 'The backtest took longer than 55 s. Choose a shorter time, or a query that reads fewer series.', { cause: e, retryAfter: 5 }) // biome-ignore format: one thought
    if (type === 'internal' || type === 'unavailable') throw e
    throw new Problem('invalid', 'The query cannot be evaluated. errors says why.', {
      errors: [{ path: 'query', code: 'promql', message }],
    })
  }
}
