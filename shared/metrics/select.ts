import type { Warehouse } from '../warehouse/clickhouse.ts'
import { compareLabels, Labels, NAME } from './promql/labels.ts'
import { LIMITS, QueryError } from './promql/limits.ts'
import { type Matcher, matchesAll } from './promql/matcher.ts'
import type { Series, Storage } from './promql/series.ts'
import { SampleBlocks } from './sample-blocks.ts'
import { readHistograms, withHistograms } from './select-histograms.ts'

/** What reading may cost. `samplesMax`: of all selections of one query together; `deadlineAt`: epoch ms by `now()`. */
export type ReadLimits = { samplesMax: number; seriesMax: number; deadlineAt: number; now: () => number }

/** Conditions on `tocsin.series` or on rows of its fingerprints, and the values they name. */
export type Selection = { where: string; params: Record<string, unknown> }

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

/** Rows of `samples`, `histograms` or `exemplars` of a selection's series in a time range; columns `fingerprint` and `at`. */
export const itsRows = (chosen: Selection, from: number, to: number): Selection => ({
  where: `team = {team:UUID} AND at >= fromUnixTimestamp64Milli({from:Int64}) AND at <= fromUnixTimestamp64Milli({to:Int64})
    AND fingerprint IN (SELECT fingerprint FROM tocsin.series WHERE ${chosen.where})`,
  params: { ...chosen.params, from: Math.ceil(Math.max(from, TIME_FIRST)), to: Math.floor(Math.min(to, TIME_LAST)) },
})

/**
 * The samples of one team in ClickHouse. A selection is one query for the label sets, one for the float samples and one for the
 * histograms, at the same time. Throws QueryError when it is more than the limits allow, and the warehouse's Problems.
 */
export function clickhouseStorage(ch: Warehouse, team: string, limits: ReadLimits): Storage {
  let held = 0
  const hold = (samples: number) => {
    held += samples
    if (held > limits.samplesMax) throw new QueryError('query processing would load too many samples into memory in query execution')
  }
  return {
    async select(matchers, from, to) {
      if (from > to) return []
      const chosen = selection(team, matchers, from, to)
      const rows = itsRows(chosen, from, to)
      const timeoutMs = Math.max(1, Math.min(60_000, limits.deadlineAt - limits.now()))
      return await inTime(limits, () =>
        withRe2(async () => {
          const [labels, floats, histograms] = await Promise.all([
            readSeries(ch, chosen, matchers, limits.seriesMax, timeoutMs),
            readFloats(ch, rows, hold, timeoutMs),
            readHistograms(ch, rows, hold, timeoutMs),
          ])
          const found: Series[] = []
          for (const [fingerprint, its] of labels) {
            const columns = floats.get(fingerprint)
            const its_histograms = histograms.get(fingerprint)
            if (its_histograms) found.push(withHistograms(its, columns, its_histograms))
            else if (columns) found.push({ labels: its, histograms: null, ...columns })
          }
          // equal sums need equal order
          return found.sort((a, b) => compareLabels(a.labels, b.labels))
        }),
      )
    },
  }
}

/** Label sets by fingerprint. The matchers have the last word: RE2 in two languages need not agree on every pattern. */
export async function readSeries(
  ch: Warehouse,
  { where, params }: Selection,
  matchers: readonly Matcher[],
  seriesMax = LIMITS.seriesMax,
  timeoutMs = 30_000,
): Promise<Map<bigint, Labels>> {
  const rows = await ch.rows<{ f: string; n: string; l: Record<string, string> }>(
    `SELECT toString(fingerprint) AS f, any(name) AS n, any(labels) AS l FROM tocsin.series WHERE ${where} GROUP BY fingerprint LIMIT {limit:UInt32}`,
    { ...params, limit: seriesMax + 1 },
    { maxRows: seriesMax + 1, maxBytes: 500_000_000, timeoutMs },
  )
  if (rows.length > seriesMax)
    throw new QueryError(`query would select more than ${seriesMax} series, which is what one selector may select`)
  const regex = matchers.filter((m) => m.op === '=~' || m.op === '!~')
  const found = new Map<bigint, Labels>()
  for (const { f, n, l } of rows) {
    const labels = Labels.of({ [NAME]: n, ...l })
    if (matchesAll(regex, labels)) found.set(BigInt(f), labels)
  }
  return found
}

type Floats = Omit<Series, 'labels' | 'histograms'>

async function readFloats(ch: Warehouse, rows: Selection, hold: (samples: number) => void, timeoutMs: number) {
  const read = async (final: string): Promise<Map<bigint, Floats> | 'twins'> => {
    const found = new Map<bigint, Floats>()
    const stream = await ch.bytes(samplesSql(rows.where, final), rows.params, { timeoutMs })
    const blocks = new SampleBlocks(stream)
    let held = 0
    for await (const { fingerprint, ...columns } of blocks) {
      if (columns.twins) {
        await blocks.cancel()
        hold(-held)
        return 'twins'
      }
      hold(columns.times.length)
      held += columns.times.length
      found.set(fingerprint, columns)
    }
    return found
  }
  const found = await read('')
  if (found !== 'twins') return found
  // a sample that was sent again and not merged yet: FINAL, which costs more, keeps the last of each
  const merged = await read('FINAL')
  return merged === 'twins' ? new Map<bigint, Floats>() : merged
}

/**
 * groupArray puts what is not 0 first when ClickHouse keeps a column sparsely (mostly zeros, as `kind` and `start` are); with a
 * second argument the column is unfolded before. The condition is always true.
 */
const inOrder = (column: string) => `groupArrayIf(${column}, at >= fromUnixTimestamp64Milli({from:Int64}))`
const START = 'toFloat64(toUnixTimestamp64Milli(start))'
const samplesSql = (where: string, final: string) => `SELECT
  fingerprint,
  ${inOrder('toFloat64(toUnixTimestamp64Milli(at))')},
  ${inOrder('value')},
  if(max(kind) = 0, [], ${inOrder('kind')}),
  if(max(start) <= fromUnixTimestamp64Milli(0), [], ${inOrder(START)})
FROM tocsin.samples ${final} WHERE ${where} GROUP BY fingerprint FORMAT RowBinary`

const day = (at: number) => new Date(Math.floor(Math.min(Math.max(at, 0), DAY_LAST) / DAY_MS) * DAY_MS).toISOString().slice(0, 10)

/** What our RE2 accepts and ClickHouse's does not. */
export async function withRe2<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask()
  } catch (e) {
    if ((e as { code?: unknown } | null)?.code === '427')
      throw new QueryError('a pattern is larger than the storage can match', 'execution')
    throw e
  }
}

/** A storage that was too slow is a query that timed out, once its time is over. */
async function inTime<T>({ deadlineAt, now }: ReadLimits, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask()
  } catch (e) {
    if (now() >= deadlineAt) throw new QueryError('query timed out in expression evaluation', 'timeout')
    throw e
  }
}
