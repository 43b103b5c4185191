import type { Warehouse } from '../warehouse/clickhouse.ts'
import { readSeries } from './labels-of.ts'
import { type Labels, NAME } from './promql/labels.ts'
import type { Matcher } from './promql/matcher.ts'
import { itsRows, selection, withRe2 } from './selection.ts'

/** Which series, by any of several selectors (none: all of them), of the days between two moments in epoch ms. */
export type Scope = { selectors: readonly (readonly Matcher[])[]; from: number; to: number }
/** `limit` of them were asked for and there are more. */
export type Found<T> = { found: T[]; truncated: boolean }

const NAMES_MAX = 200_000

/** Names of labels, sorted. */
export async function labelNames(ch: Warehouse, team: string, scope: Scope, limit: number): Promise<Found<string>> {
  const { where, params } = anyOf(team, scope)
  const sql = `SELECT DISTINCT arrayJoin(arrayConcat(if(name = '', [], ['${NAME}']), mapKeys(labels))) AS v FROM tocsin.series WHERE ${where}`
  return names(ch, sql, params, limit)
}

/** Values of one label, sorted. */
export async function labelValues(ch: Warehouse, team: string, label: string, scope: Scope, limit: number): Promise<Found<string>> {
  const { where, params } = anyOf(team, scope)
  const column = label === NAME ? 'name' : 'labels[{the_label:String}]'
  return names(ch, `SELECT DISTINCT ${column} AS v FROM tocsin.series WHERE (${where}) AND v != ''`, { ...params, the_label: label }, limit)
}

async function names(ch: Warehouse, sql: string, params: Record<string, unknown>, limit: number): Promise<Found<string>> {
  const wanted = limit || NAMES_MAX
  const rows = await withRe2(() =>
    ch.rows<{ v: string }>(
      `${sql} ORDER BY v LIMIT {limit:UInt32}`,
      { ...params, limit: Math.min(wanted, NAMES_MAX) + 1 },
      { maxRows: NAMES_MAX + 1 },
    ),
  )
  return cut(
    rows.map((r) => r.v),
    Math.min(wanted, NAMES_MAX),
  )
}

/** Label sets, sorted. */
export async function seriesOf(ch: Warehouse, team: string, scope: Scope, limit: number): Promise<Found<Labels>> {
  const all = new Map<bigint, Labels>()
  for (const matchers of scope.selectors) {
    const chosen = selection(team, matchers, scope.from, scope.to)
    for (const [fingerprint, labels] of await withRe2(() => readSeries(ch, chosen, matchers))) all.set(fingerprint, labels)
  }
  const sorted = [...all.values()].sort((a, b) => (a.key < b.key ? -1 : 1))
  return cut(sorted, limit || sorted.length)
}

export type MetadataRow = { name: string; type: string; unit: string; help: string }

/** What is known of metrics; of one when it is named. */
export const metadataOf = (ch: Warehouse, team: string, metric: string, limit: number): Promise<MetadataRow[]> =>
  ch.rows<MetadataRow>(
    `SELECT name, type, unit, help FROM tocsin.metric_metadata FINAL
    WHERE team = {team:UUID} AND ({metric:String} = '' OR name = {metric:String}) ORDER BY name LIMIT {limit:UInt32}`,
    { team, metric, limit: Math.min(limit || NAMES_MAX, NAMES_MAX) },
    { maxRows: NAMES_MAX },
  )

export type NamedMetric = MetadataRow & { series: number }

/** Names of metrics with what is known of them and how many series they have; by number of series when there are more than `limit`. */
export async function metricNames(
  ch: Warehouse,
  team: string,
  { search, from, to, limit }: { search: string; from: number; to: number; limit: number },
): Promise<Found<NamedMetric>> {
  const { where, params } = selection(team, [], from, to)
  const [rows, known] = await Promise.all([
    ch.rows<{ name: string; series: number }>(
      `SELECT name, uniqExact(fingerprint) AS series FROM tocsin.series WHERE ${where} AND positionCaseInsensitive(name, {search:String}) > 0
      GROUP BY name ORDER BY series DESC, name LIMIT {limit:UInt32}`,
      { ...params, search, limit: limit + 1 },
      { maxRows: limit + 1 },
    ),
    metadataOf(ch, team, '', 0),
  ])
  const about = new Map(known.map((row) => [row.name, row]))
  const found = rows.map(({ name, series }) => {
    // a classic histogram or summary is told of once, for all its parts
    const { type, unit, help } = about.get(name) ?? about.get(name.replace(/_(bucket|sum|count|total)$/, '')) ?? unknown
    return { name, type, unit, help, series }
  })
  const { found: kept, truncated } = cut(found, limit)
  return { found: kept.sort((a, b) => (a.name < b.name ? -1 : 1)), truncated }
}
const unknown = { type: 'unknown', unit: '', help: '' }

export type Exemplar = { labels: Record<string, string>; value: number; at: number }
const EXEMPLARS_MAX = 100_000

/** Exemplars of the series of any of the selectors, by series and time. */
export async function exemplarsOf(
  ch: Warehouse,
  team: string,
  { selectors, from, to }: Scope,
): Promise<{ labels: Labels; exemplars: Exemplar[] }[]> {
  const all = new Map<bigint, { labels: Labels; exemplars: Exemplar[] }>()
  for (const matchers of selectors) {
    const chosen = selection(team, matchers, from, to)
    const { where, params } = itsRows(chosen, from, to)
    const [series, rows] = await withRe2(() =>
      Promise.all([
        readSeries(ch, chosen, matchers),
        ch.rows<{ f: string; t: number; value: number | string; trace_id: string; span_id: string; labels: Record<string, string> }>(
          `SELECT toString(fingerprint) AS f, toUnixTimestamp64Milli(at) AS t, value, trace_id, span_id, labels FROM tocsin.exemplars FINAL
          WHERE ${where} ORDER BY at SETTINGS output_format_json_quote_denormals = 1`,
          params,
          { maxRows: EXEMPLARS_MAX },
        ),
      ]),
    )
    const fresh = new Map(
      [...series].filter(([fingerprint]) => !all.has(fingerprint)).map(([f, labels]) => [f, { labels, exemplars: [] as Exemplar[] }]),
    )
    for (const { f, t, value, trace_id, span_id, labels } of rows) {
      const ids = { ...(trace_id ? { trace_id } : {}), ...(span_id ? { span_id } : {}) }
      fresh.get(BigInt(f))?.exemplars.push({
        labels: { ...labels, ...ids },
        value: Number(value === 'inf' ? Number.POSITIVE_INFINITY : value === '-inf' ? Number.NEGATIVE_INFINITY : value),
        at: t,
      })
    }
    for (const [f, its] of fresh) if (its.exemplars.length) all.set(f, its)
  }
  return [...all.values()].sort((a, b) => (a.labels.key < b.labels.key ? -1 : 1))
}

/** All selectors in one condition; each keeps names of its own for its values. */
function anyOf(team: string, { selectors, from, to }: Scope): { where: string; params: Record<string, unknown> } {
  const base = selection(team, [], from, to)
  if (!selectors.length) return base
  const params = { ...base.params }
  const parts = selectors.map((matchers, i) => {
    const its = selection(team, matchers, from, to)
    for (const [name, value] of Object.entries(its.params)) params[`s${i}_${name}`] = value
    return `(${its.where.replace(/\{(\w+):/g, `{s${i}_$1:`)})`
  })
  return { where: `${base.where} AND (${parts.join(' OR ')})`, params }
}

const cut = <T>(all: T[], limit: number): Found<T> => ({ found: all.slice(0, limit), truncated: all.length > limit })
