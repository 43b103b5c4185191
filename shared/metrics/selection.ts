import { NAME } from './promql/labels.ts'
import { QueryError } from './promql/limits.ts'
import type { Matcher } from './promql/matcher.ts'

/** Conditions on `tocsin.series` or on rows of its fingerprints, and the values they name. */
export type Selection = { where: string; params: Record<string, unknown> }
export type Rows = { where: string; around: string; params: Record<string, unknown> & { from: number; to: number } }

const DAY_MS = 86_400_000
/** What Date and DateTime64(3) can say. */
const DAY_LAST = Date.UTC(2149, 5, 6)
const TIME_FIRST = Date.UTC(1900, 0, 1)
const TIME_LAST = Date.UTC(2299, 11, 31)

/** The series of a team that had samples between two moments (epoch ms, both included, to the day) and satisfy all matchers. */
export function selection(team: string, matchers: readonly Matcher[], from: number, to: number): Selection {
  const params: Record<string, unknown> = { team, from_day: day(from), to_day: day(to) }
  const parts = ['team = {team:UUID}', 'day >= {from_day:Date}', 'day <= {to_day:Date}']
  matchers.forEach(({ name, op, value }, i) => {
    // a label that is not there reads as '' from a Map, which is what PromQL means by it
    const column = name === NAME ? 'name' : `labels[{label_${i}:String}]`
    if (name !== NAME) params[`label_${i}`] = name
    const regex = op === '=~' || op === '!~'
    params[`value_${i}`] = regex ? `^(?s:${value})$` : value
    const text = `{value_${i}:String}`
    parts.push(regex ? `${op === '!~' ? 'NOT ' : ''}match(${column}, ${text})` : `${column} ${op} ${text}`)
  })
  return { where: parts.join(' AND '), params }
}

/**
 * Rows of `samples`, `histograms`, `derived_points` or `exemplars` of a selection's series in a time range; columns `fingerprint` and
 * `at`. `around`: the team's rows of that range, of whatever series.
 */
export function itsRows(chosen: Selection, from: number, to: number): Rows {
  const around = 'team = {team:UUID} AND at >= fromUnixTimestamp64Milli({from:Int64}) AND at <= fromUnixTimestamp64Milli({to:Int64})'
  return {
    around,
    where: `${around} AND fingerprint IN (SELECT fingerprint FROM tocsin.series WHERE ${chosen.where})`,
    params: { ...chosen.params, from: Math.ceil(Math.max(from, TIME_FIRST)), to: Math.floor(Math.min(to, TIME_LAST)) },
  }
}

const day = (at: number) => new Date(Math.floor(Math.min(Math.max(at, 0), DAY_LAST) / DAY_MS) * DAY_MS).toISOString().slice(0, 10)

/** What our RE2 accepts and ClickHouse's does not. */
export const withRe2 = <T>(ask: () => Promise<T>): Promise<T> =>
  ask().catch((e) => {
    throw tooLarge(e)
  })

/** `e`, or the error of a query that it stands for. */
export const tooLarge = (e: unknown): unknown =>
  (e as { code?: unknown } | null)?.code === '427' ? new QueryError('a pattern is larger than the storage can match', 'execution') : e
